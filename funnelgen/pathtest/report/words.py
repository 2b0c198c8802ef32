"""Sentences that all reports have in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from funnelgen.pathtest.outcome import Finding, Job, Proof, Setting


def verdict(proof: Proof) -> str:
    """The result in a sentence."""
    number = len(proof.findings)
    faults = counted(number, "fault", "faults")
    if not proof.finished:
        until = f"{faults} until then" if number else "nothing wrong until then"
        return f"interrupted after {len(proof.walked)} of {len(proof.jobs)} walks: {until}"
    return f"{faults if number else 'no buyer gets lost'}: {extent(proof)}"


def extent(proof: Proof) -> str:
    """How much was walked: "all 12 paths, 17 pages, on phone and desktop, with JavaScript and without"."""
    pages = len({address for one in proof.walked for address in one.pages})
    ways = ways_of_looking([job.setting for job in proof.jobs if job.kind != "host"])
    return f"{_paths(proof)}, {counted(pages, 'page', 'pages')}, {ways}"


def _paths(proof: Proof) -> str:
    walked, possible = len(proof.plan.paths), proof.plan.possible
    if walked < possible:
        return f"{walked:,} of {possible:,} paths"
    return f"all {walked:,} paths" if walked != 1 else "the one path"


def ways_of_looking(settings: Iterable[Setting]) -> str:
    """Settings in words: "on phone and desktop, with JavaScript and without"."""
    scripts: dict[str, set[bool]] = {}
    names = []
    for setting in settings:
        scripts.setdefault(setting.device.name, set()).add(setting.javascript)
        names.append(setting.name)
    kinds = list(scripts.values())
    if any(kind != kinds[0] for kind in kinds):
        return f"on {listed(dict.fromkeys(names))}"
    how = "" if kinds == [] or kinds[0] == {True} else ", with JavaScript and without"
    return f"on {listed(scripts)}{' without JavaScript' if kinds and kinds[0] == {False} else how}"


def met(finding: Finding) -> str:
    """Where a fault was met beside the way that is told: "/oto/ on phone and desktop; and on 3 other walks"."""
    others = f"; and on {counted(finding.others, 'other walk', 'other walks')}" if finding.others else ""
    return f"{finding.fault.address} {ways_of_looking(finding.settings)}{others}"


def place(finding: Finding, folder: str = "") -> str:
    """File and line of a fault; `folder` is the site's, as the reader calls it."""
    from funnelgen.diagnostics.github import below

    return f"{below(folder, finding.place.file)}:{finding.place.line}" if finding.place else ""


def detours(jobs: Sequence[Job], kind: str) -> str:
    """Jobs of one kind beside the paths, each counted once however many visitors there are."""
    number = len({job.words for job in jobs if job.kind == kind})
    return {
        "cancel": counted(number, "payment cancelled", "payments cancelled"),
        "back": counted(number, "time back after a payment", "times back after a payment"),
        "page": counted(number, "page opened by itself", "pages opened by themselves"),
        "host": counted(number, "look at the host", "looks at the host"),
    }[kind]


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun."""
    return f"{number:,} {one if number == 1 else many}"


def listed(names: Iterable[str]) -> str:
    """Names as a sentence has them: "a, b and c"."""
    *most, last = [*names] or [""]
    return f"{', '.join(most)} and {last}" if most else last
