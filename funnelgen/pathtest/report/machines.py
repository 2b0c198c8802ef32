"""What was found, for machines: JSON and JUnit."""

from __future__ import annotations

from typing import Annotated, Literal
from xml.etree.ElementTree import Element, SubElement, indent, tostring

import msgspec
from msgspec import Meta, Struct

from funnelgen.funnel.manifest import Mode
from funnelgen.pathtest.outcome import Proof
from funnelgen.pathtest.report.words import verdict

VERSION: Literal[1] = 1
"""Raised when a field changes its meaning or goes; new fields do not raise it."""


class ReportedFault(Struct, frozen=True, kw_only=True):
    """Something that is wrong, once for all the walks that met it."""

    check: Annotated[str, Meta(description="which check says so")]
    page: Annotated[str, Meta(description="the address of the page that shows it")]
    path: Annotated[str, Meta(description="how the visitor got there, in words")]
    message: str
    settings: Annotated[tuple[str, ...], Meta(description="on which devices, with JavaScript or without")]
    others: Annotated[int, Meta(description="how many other walks met it")]
    file: Annotated[str | None, Meta(description="of the site, from its folder")] = None
    line: int | None = None
    picture: Annotated[str | None, Meta(description="the picture's file")] = None
    trace: Annotated[str | None, Meta(description="the trace's file, for `playwright show-trace`")] = None
    again: Annotated[bool | None, Meta(description="whether it came again; null where nobody tried")] = None


class ReportedWalk(Struct, frozen=True, kw_only=True):
    """One thing that a visitor did from its beginning to its end."""

    kind: Literal["path", "cancel", "back", "page", "host"]
    what: str
    setting: str
    pages: Annotated[tuple[str, ...], Meta(description="the addresses that were seen")]
    faults: Annotated[int, Meta(description="how many were met, told here or by an earlier walk")]


class Report(Struct, frozen=True, kw_only=True):
    """What `funnelgen test --json` writes."""

    version: Literal[1] = VERSION
    site: str
    mode: Mode
    verdict: str
    finished: Annotated[bool, Meta(description="false where the test was interrupted")]
    planned: Annotated[int, Meta(description="how many walks there were to do")]
    faults: tuple[ReportedFault, ...]
    walks: tuple[ReportedWalk, ...]


def as_json(proof: Proof) -> bytes:
    """Everything, as `schema/proof.schema.json` says."""

    def kept(name: str) -> str | None:
        return f"{proof.folder}/{name}" if name else None

    report = Report(
        site=proof.manifest.site.name,
        mode=proof.manifest.mode,
        verdict=verdict(proof),
        finished=proof.finished,
        planned=len(proof.jobs),
        faults=tuple(
            ReportedFault(
                check=one.fault.check,
                page=one.fault.address,
                path=one.fault.where,
                message=one.fault.what,
                settings=tuple(setting.name for setting in one.settings),
                others=one.others,
                file=one.place.file if one.place else None,
                line=one.place.line if one.place else None,
                picture=kept(one.picture),
                trace=kept(one.trace),
                again=one.again,
            )
            for one in proof.findings
        ),
        walks=tuple(
            ReportedWalk(
                kind=one.job.kind,
                what=one.job.words,
                setting=one.job.setting.name,
                pages=one.pages,
                faults=len(one.faults),
            )
            for one in proof.walked
        ),
    )
    return msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n"


def as_junit(proof: Proof) -> bytes:
    """A test case for each walk, as CI systems read it."""
    failed = sum(bool(one.faults) for one in proof.walked)
    many = str(len(proof.walked))
    name = _allowed(proof.manifest.site.name)
    suite = Element("testsuite", name=name, tests=many, failures=str(failed), errors="0")
    for one in proof.walked:
        case = SubElement(suite, "testcase", classname=one.job.setting.name, name=_allowed(one.job.words))
        if one.faults:
            text = "\n".join(f"{fault.where}: {fault.what} [{fault.check}]" for fault in one.faults)
            failure = SubElement(case, "failure", message=_allowed(one.faults[0].what))
            failure.text = _allowed(text)
    indent(suite)
    data: bytes = tostring(suite, encoding="utf-8", xml_declaration=True)
    return data + b"\n"


def _allowed(text: str) -> str:
    """Text without the control characters that XML has no way to write."""
    return "".join(c for c in text if c in "\t\n" or ord(c) >= 0x20)
