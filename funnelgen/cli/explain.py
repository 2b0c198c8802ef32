"""`funnelgen explain`: what a rule is about, why, and how its mistake is mended."""

from __future__ import annotations

import shutil

import click

from funnelgen.cli.shared import paint


@click.command(epilog="Example: funnelgen explain FG204")
@click.argument("rule", required=False)
def explain(rule: str | None) -> None:
    """Explain RULE, named by its code or its name; without one, or for a family (FG2), list them."""
    from funnelgen.explain import as_text, documented, matching, not_found
    from funnelgen.explain import explain as parts_of

    found = matching(rule) if rule else documented()
    if not found:
        raise click.UsageError(not_found(rule or ""))
    width = min(shutil.get_terminal_size((100, 24)).columns, 100)
    if len(found) == 1:
        click.echo(as_text(found[0], paint, width))
        return
    longest = max(len(kind.name) for kind in found)
    for kind in found:
        line = f"{kind.code}  {kind.name:<{longest}}  {kind.severity.value:<7}  {parts_of(kind).title}"
        click.echo(line if len(line) <= width else line[: width - 1] + "…")
