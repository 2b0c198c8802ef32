"""What was found, for people and for machines: a table of pages and checks, sentences, JSON, JUnit."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

import msgspec

from funnelgen.funnel.manifest import Manifest
from funnelgen.pathtest.expect import CHECKS
from funnelgen.pathtest.outcome import Walked, findings

COLUMNS = (*CHECKS, "console", "requests", "links", "axe", "ways")
"""The checks of a page, and what is noticed besides."""


def as_table(manifest: Manifest, walked: Sequence[Walked]) -> str:
    """Pages × checks, with how many faults each has; only the columns in which there is one."""
    seen = {address for one in walked for address in one.pages}
    counts: dict[tuple[str, str], int] = {}
    for one in findings(walked):
        key = one.fault.address, one.fault.check
        counts[key] = counts.get(key, 0) + 1
    columns = [name for name in COLUMNS if any(check == name for _, check in counts)]
    addresses = [p.address for p in manifest.pages if p.address in seen or any(a == p.address for a, _ in counts)]
    rows = [[address, *(str(counts.get((address, name), "·")) for name in columns)] for address in addresses]
    faulty = [row for row in rows if any(cell != "·" for cell in row[1:])]
    if not faulty:
        return ""
    table = [["page", *columns], *faulty]
    widths = [max(len(row[n]) for row in table) for n in range(len(table[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in table]
    rest = len(rows) - len(faulty)
    return "\n".join(
        [*lines, *([f"and {rest} {'page' if rest == 1 else 'pages'} without a fault"] if rest else []), ""]
    )


def as_text(walked: Sequence[Walked]) -> list[str]:
    """Each fault in words: how the visitor got there, what is wrong, and where else it was met."""
    lines = []
    for one in findings(walked):
        met = ", ".join(one.settings)
        more = f"; also {one.others} {'time' if one.others == 1 else 'times'} on other ways" if one.others else ""
        lines.append(f"{one.fault.where}: {one.fault.what} [{one.fault.check}; {met}{more}]")
    return lines


def verdict(walked: Sequence[Walked]) -> str:
    """The result in a sentence."""
    found = findings(walked)
    pages = len({address for one in walked for address in one.pages})
    paths = sum(one.job.kind == "path" for one in walked)
    settings = len({one.job.setting for one in walked})
    went = f"{paths} walks along paths and {len(walked) - paths} visits, {pages} pages, {settings} ways of looking"
    if not found:
        return f"no buyer gets lost: {went}"
    return f"{len(found)} {'fault' if len(found) == 1 else 'faults'}: {went}"


def as_json(manifest: Manifest, walked: Sequence[Walked]) -> bytes:
    """Everything, for machines."""
    data = {
        "version": 1,
        "site": manifest.site.name,
        "mode": manifest.mode,
        "faults": [
            {
                "check": one.fault.check,
                "page": one.fault.address,
                "path": one.fault.where,
                "message": one.fault.what,
                "settings": one.settings,
                "others": one.others,
            }
            for one in findings(walked)
        ],
        "walks": [
            {
                "kind": one.job.kind,
                "what": one.job.words,
                "setting": one.job.setting.name,
                "pages": one.pages,
                "faults": len(one.faults),
            }
            for one in walked
        ],
    }
    return msgspec.json.format(msgspec.json.encode(data), indent=2) + b"\n"


def as_junit(manifest: Manifest, walked: Sequence[Walked]) -> bytes:
    """A test case for each walk, as CI systems read it."""
    failed = sum(bool(one.faults) for one in walked)
    suite = Element("testsuite", name=manifest.site.name, tests=str(len(walked)), failures=str(failed), errors="0")
    for one in walked:
        case = SubElement(suite, "testcase", classname=one.job.setting.name, name=one.job.words)
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
