"""A wiring in words: as text for the terminal, as Markdown to hand on, as JSON for programs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from textwrap import wrap
from typing import Any

import msgspec

from funnelgen.funnel.cart import Line
from funnelgen.money import format_money
from funnelgen.payments import Provider
from funnelgen.payments.links.wiring import Wire, all_to_do


def as_text(wires: Sequence[Wire], locale: str, width: int = 80) -> str:
    """One mode's wiring for a terminal that is `width` wide: the table of buttons, then what is to do for each.

    What is to do for several is said once, above them. Addresses are never broken.
    """
    needed = [wire for wire in wires if wire.on_sale or wire.link or wire.variable]
    done = sum(not wire.todo for wire in needed)
    rows = [("button", "charges today", "link"), *((w.button, _today(w, locale), _shown(w)) for w in wires)]
    wide = [max(len(row[i]) for row in rows) for i in range(2)]
    table = [f"  {a:<{wide[0]}}  {b:>{wide[1]}}  {c}" for a, b, c in rows]
    are = "button is" if len(needed) == 1 else "buttons are"
    lines = [
        f"{wires[0].mode}: {done} of {len(needed)} {are} wired" if wires else "no button charges",
        "",
        *table,
    ]
    to_do = {text: buttons for text, buttons in all_to_do(wires).items() if len(buttons) > 1}
    for text, buttons in to_do.items():
        which = "each of them" if len(buttons) == len(wires) else ", ".join(buttons)
        lines += ["", *_wrapped("  to do    ", f"for {which}: {text}", width)]
    common = [text for text in wires[0].settings if all(text in w.settings for w in wires)] if len(wires) > 1 else []
    for text in common:
        lines += ["", *_wrapped("  set      ", f"in each of them: {text}", width)]
    for wire in wires:
        lines += ["", f"  {wire.button}, on {wire.page}"]
        for label, text in _details(wire, locale, {*to_do, *common}):
            lines += _wrapped(f"    {label:<7}  ", text, width)
    for p in _providers(wires):
        if p.RETURN.per_link:
            lines += ["", *_wrapped("  ", f"to return, at {p.NAME}: {p.RETURN.set_it}", width)]
    return "\n".join(lines)


def _wrapped(label: str, text: str, width: int) -> list[str]:
    """The text behind its label, in as many lines as it takes."""
    return wrap(
        text,
        width,
        initial_indent=label,
        subsequent_indent=" " * len(label),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _providers(wires: Sequence[Wire]) -> list[Provider]:
    return list({wire.provider.NAME: wire.provider for wire in wires}.values())


def _details(wire: Wire, locale: str, said: Collection[str]) -> Iterator[tuple[str, str]]:
    """What is to be known of a button, but for what is `said` already; each line with its label."""
    for number, line in enumerate(wire.charge.lines):
        yield "" if number else "charges", f"{line.name}: {say_line(line, locale)}"
    if wire.charge.code:
        yield "code", f"{wire.charge.code}, which the page's link carries"
    if wire.returns_to:
        yield "returns", wire.returns_to
    for label, texts in (("set", wire.settings), ("to do", wire.todo), ("look", wire.check)):
        for text in texts:
            if text not in said:
                yield label, text


def as_markdown(wires: Sequence[Wire], locale: str) -> str:
    """One mode's wiring as a list of tasks that somebody else can follow without knowing funnelgen."""
    if not wires:
        return "No button of this site charges anything.\n"
    name = wires[0].provider.NAME
    mode = wires[0].mode
    lines = [
        f"# Payment links, {mode} mode",
        "",
        f"Make one payment link per section, at {name}. Each charges exactly what stands there, and sends buyers back",
        "to the address given, letter for letter. Send back the links with their ids; never send keys or passwords.",
    ]
    for wire in wires:
        lines += ["", f"## `{wire.button}`", ""]
        lines += [f"- charge: {_plain(line.name)}, {say_line(line, locale)}" for line in wire.charge.lines]
        lines += [f"- charged today: {_today(wire, locale)}"]
        if wire.charge.code:
            lines += [f"- accept the code `{wire.charge.code}`, which the page's link carries"]
        if wire.returns_to:
            lines += [
                f"- after payment, go to: `{wire.returns_to}`",
                f"- where to set it: {wire.provider.RETURN.set_it}",
            ]
        lines += [f"- set: {_plain(text)}" for text in wire.settings]
        lines += (
            [f"- link: {wire.link}"]
            if wire.link
            else [f"- link: {'none yet' if wire.on_sale else 'none; not on sale, may wait'}"]
        )
        lines += [f"- [ ] {text}" for text in (*wire.todo, *wire.check)]
    return "\n".join(lines) + "\n"


def as_json(wires: Sequence[Wire]) -> bytes:
    """The wiring of all modes for programs: amounts in minor units, nothing left out."""
    data = {"buttons": [_data(wire) for wire in wires]}
    return msgspec.json.format(msgspec.json.encode(data), indent=2) + b"\n"


def _data(wire: Wire) -> dict[str, Any]:
    return {
        "mode": wire.mode,
        "button": wire.button,
        "page": wire.page,
        "currency": wire.charge.today.currency,
        "today_minor": wire.charge.today.minor_units,
        "code": wire.charge.code or None,
        "lines": [
            {
                "offer": line.offer,
                "name": line.name,
                "price_minor": line.price.minor_units,
                "today_minor": line.today.minor_units,
                "off_minor": line.off.minor_units if line.off else None,
                "every": line.every,
                "trial_days": line.trial,
                "instalments": line.times,
                "most": line.most,
            }
            for line in wire.charge.lines
        ],
        "returns_to": wire.returns_to or None,
        "set": wire.settings,
        "on_sale": wire.on_sale,
        "link": wire.link or None,
        "variable": wire.variable or None,
        "provider": wire.provider.NAME,
        "to_do": wire.todo,
        "look": wire.check,
    }


def say_line(line: Line, locale: str) -> str:
    """What one offer charges: "$49.00 every month, after 14 free days"."""
    if line.times:
        return f"{format_money(line.today, locale)} today, {line.times} payments in all"
    words = format_money(line.price, locale)
    if line.every:
        words += f" every {line.every}"
    if line.off:
        words += f", less {format_money(line.off, locale)} by the code"
    if line.trial:
        words += f", after {line.trial} free day{'s' * (line.trial > 1)}"
    return words


def _today(wire: Wire, locale: str) -> str:
    return format_money(wire.charge.today, locale)


def _shown(wire: Wire) -> str:
    """The link, or why there is none."""
    missing = "to do" if wire.on_sale else "not on sale, may wait"
    return wire.link or (f"${{{wire.variable}}}" if wire.variable else missing)


def _plain(text: str) -> str:
    """A name as Markdown shows it, letter for letter."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>#" else c for c in text)
