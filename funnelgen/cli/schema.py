"""`funnelgen schema`: the JSON Schemas, for editors and for readers of the manifest."""

from __future__ import annotations

import click

NAMES = ["site", "stack", "links", "funnel", "event"]


@click.command(epilog="Example: funnelgen schema stack > stack.schema.json")
@click.argument("name", type=click.Choice(NAMES))
def schema(name: str) -> None:
    """Print the JSON Schema of site.yaml, stack.yaml or links.yaml, of the manifest (`funnel`) or of an `event`."""
    from funnelgen.schemas import schema_text

    click.echo(schema_text(name).encode(), nl=False)
