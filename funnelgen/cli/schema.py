"""`funnelgen schema`: the JSON Schemas, for editors and for readers of the manifest."""

from __future__ import annotations

import click

NAMES = ["site", "stack", "links", "funnel", "event", "proof"]


@click.command(epilog="Example: funnelgen schema stack > stack.schema.json")
@click.argument("name", type=click.Choice(NAMES))
def schema(name: str) -> None:
    """Print the JSON Schema of site.yaml, stack.yaml, links.yaml, the manifest (`funnel`), an `event` or a `proof`."""
    from funnelgen.schemas import schema_text

    click.echo(schema_text(name).encode(), nl=False)
