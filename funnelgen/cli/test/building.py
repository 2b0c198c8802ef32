"""What is walked: the site as it is built in memory, and which of its paths."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct, structs

from funnelgen.cli.shared import cache_folder, fail, load_and_check, print_findings, site_of

if TYPE_CHECKING:
    from funnelgen.funnel import Funnel
    from funnelgen.funnel.manifest import Manifest, Mode
    from funnelgen.pathtest.plan import Plan
    from funnelgen.site import Site


class Target(Struct, frozen=True, kw_only=True):
    """A built site, and what it was built from."""

    folder: Path
    site: Site
    funnel: Funnel
    files: Mapping[str, bytes]
    manifest: Manifest


def built(folder: Path, mode: Mode | None) -> Target:
    """The site, built in memory. Leaves with the findings where that cannot be."""
    from funnelgen import pipeline
    from funnelgen.diagnostics import has_errors

    checked, mode_chosen = load_and_check(folder, mode)
    found, sources = checked.diagnostics, checked.sources
    if checked.can_build and checked.funnel is not None:
        site = site_of(checked)
        try:
            output = pipeline.build(site, checked.funnel, mode_chosen, cache=cache_folder(), sources=checked.sources)
        except pipeline.Failed as failed:
            found, sources = (failed.diagnostic,), {**checked.sources, **failed.sources}
        else:
            if not has_errors(output.diagnostics):
                return Target(
                    folder=folder, site=site, funnel=checked.funnel, files=output.files, manifest=output.manifest
                )
            found = output.diagnostics
    print_findings(found, sources, folder)
    click.echo("nothing was walked", err=True)
    return fail()


def chosen(plan: Plan, manifest: Manifest, wanted: Sequence[str]) -> Plan:
    """The plan with the paths that were asked for, by number or by words."""
    from funnelgen.pathtest.plan import in_words

    if not wanted:
        return plan
    words = [in_words(manifest, path.moves) for path in plan.paths]
    numbers: list[int] = []
    for asked in wanted:
        if asked.isdecimal():
            found = [int(asked) - 1] if 1 <= int(asked) <= len(words) else []
        else:
            found = [number for number, text in enumerate(words) if asked.casefold() in text.casefold()]
        if not found:
            raise click.BadParameter(
                f"there is no path `{asked}` among {len(words)}; --plan lists them", param_hint="--path"
            )
        numbers += found
    return structs.replace(plan, paths=tuple(plan.paths[number] for number in sorted(set(numbers))))


def list_plan(whole: Plan, plan: Plan, manifest: Manifest) -> None:
    """What would be walked, each path under the number that `--path` takes."""
    from funnelgen.pathtest.plan import coverage, in_words

    numbers = {path: number for number, path in enumerate(whole.paths, 1)}
    for path in plan.paths:
        click.echo(f"{numbers[path]:>4}  {in_words(manifest, path.moves)}")
    if plan.paths == whole.paths:  # who chose some walks those, and nothing beside them
        click.echo("\n" + "\n".join(coverage(plan)))
