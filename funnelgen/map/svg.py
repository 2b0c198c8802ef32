"""The map as one SVG: for a README, a slide, a pull request. Light or dark as its reader has it; no script, no font."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from markupsafe import escape

from funnelgen.diagnostics import Diagnostic, Severity
from funnelgen.map.drawings import drawing
from funnelgen.map.grid import Sizes
from funnelgen.map.routes import Box, Layout, Route
from funnelgen.map.view import LAYERS, Card, Exit, FunnelMap, StackMap, layout_of
from funnelgen.map.ways import SIGNS, path_of, tip_of, width_of
from funnelgen.measure.rates import NOTICE, say_rate
from funnelgen.measure.tables import say_amount
from funnelgen.own import own_text

PADDING, TITLE, STACK, LINE, KEY, SUMS = 28, 72, 12, 20, 40, 122
"""Pixels: the margin, the head of the picture, the name of a stack, a line of text, the legend, the forecast."""

MOST_BLOCKS, MOST_FINDINGS = 6, 12
"""What a picture has room for."""

LEGEND = {"submit": "submit", "continue": "continue", "accept": "accept: a charge", "decline": "decline"}

_STYLE = """\
text { font: 13px/1.3 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; fill: var(--ink) }
text { unicode-bidi: plaintext }
.ground { fill: var(--bg) }
.card { fill: var(--card); stroke: var(--edge) }
.label { font-size: 12.5px }
.small { font-size: 11px; fill: var(--ink-2) }
.kind { font-size: 11px; fill: var(--ink-2); letter-spacing: .02em }
.name { font-weight: 600 }
.title { font-size: 22px; font-weight: 650; letter-spacing: -.01em }
.about { fill: var(--ink-2) }
.end { text-anchor: end }
.mid { text-anchor: middle }
.sum { font-weight: 650; font-size: 12.5px }
.flag { fill: var(--ink) }
.flagged { fill: var(--bg); font-size: 10.5px; font-weight: 650 }
.lost { stroke: var(--error); stroke-width: 2.4; stroke-linecap: round }
.pin.error { fill: var(--error) }
.pin.warning { fill: var(--warning) }
.pin.advice { fill: var(--advice) }
.pinned { fill: var(--card); font-size: 11px; font-weight: 700; text-anchor: middle }
"""
_WIDE = re.compile("[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60\U0001f000-\U0003ffff]")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def draw_svg(map: FunnelMap) -> str:
    """The whole map as an SVG document."""
    layouts = [layout_of(map, stack, Sizes()) for stack in map.stacks]
    inner = max([layout.width for layout in layouts], default=600)
    width = inner + 2 * PADDING
    parts: list[str] = []
    y = PADDING + TITLE
    for stack, layout in zip(map.stacks, layouts, strict=True):
        head = ": ".join(filter(None, [stack.name, f"for {stack.audience}" if stack.audience else ""]))
        if head:
            parts.append(_text(PADDING, y, fit(head, inner, 13), "name" if stack.name else "about"))
            y += STACK
        parts.append(f'<g transform="translate({PADDING + (inner - layout.width) // 2} {y})">')
        parts += _stack(map, stack, layout)
        parts.append("</g>")
        y += layout.height
        blocks = list(_sums(map, stack, inner))
        parts += [f'<g transform="translate({PADDING} {y + 12})">', *blocks, "</g>"] if blocks else []
        y += SUMS if blocks else 12
    findings = list(_findings(map))
    parts += [_text(PADDING, y + 6 + LINE * n, fit(line, inner, 13), "small") for n, line in enumerate(findings)]
    y += LINE * len(findings)
    height = y + KEY + PADDING - 12
    head = _text(PADDING, PADDING + 20, fit(map.title, inner - 420, 22), "title")
    about = _text(PADDING, PADDING + 42, "Every page, every way out of it, and what each button charges", "small")
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            "<!-- made by funnelgen map -->",
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
            ' role="img" aria-labelledby="funnel-title funnel-desc">',
            f'<title id="funnel-title">{_clean("Funnel map of " + map.title)}</title>',
            f'<desc id="funnel-desc">{_clean(" ".join(described(map)))}</desc>',
            f"<style>\n{stylesheet()}{_STYLE}</style>",
            f'<rect class="ground" width="{width}" height="{height}" rx="14"/>',
            head,
            about,
            *parts,
            *_legend(PADDING, height - PADDING - 2),
            "</svg>\n",
        ]
    )


def stylesheet() -> str:
    """The colours of the map, its drawings and ways; the page has the same."""
    return own_text(Path(__file__).with_name("palette.css"))


def described(map: FunnelMap) -> Iterator[str]:
    """The map in sentences, for those who cannot see it."""
    for stack in map.stacks:
        for card in stack.cards:
            yield f"{card.label}, {card.name}{' (start)' if card.is_entry else ''}: {'; '.join(_told(map, card))}."


def _told(map: FunnelMap, card: Card) -> Iterator[str]:
    for exit in card.exits:
        sums = ", ".join(f"{c.amount} {c.label if c.label[0] == '+' else ''}".strip() for c in exit.charges if c.amount)
        target = map.card(exit.target)
        where = "nowhere" if target is None else "back here" if target is card else f"{target.label} {target.name}"
        yield f"{exit.name}{f' ({sums})' if sums else ''} leads to {where}"
    if card.is_end:
        yield "the path ends"


def fit(text: str, width: float, size: float) -> str:
    """As much of a text as has room in `width` pixels, by a measure that errs on the wide side."""
    room = width / size
    for number, letter in enumerate(text):
        room -= 1.05 if _WIDE.match(letter) else 0.74 if letter.isupper() or letter in "mwMW@%—" else 0.56
        if room < 0:
            return text[: max(number - 1, 1)].rstrip() + "…"
    return text


def broken(text: str, width: float, size: float) -> list[str]:
    """A text in two lines at most, broken between words where it can be."""
    first = ""
    for word in text.split():
        longer = f"{first} {word}".strip()
        if fit(longer, width, size) != longer:
            break
        first = longer
    rest = text[len(first) :].strip()
    return [first, *([fit(rest, width, size)] if rest else [])] if first else [fit(text, width, size)]


def _stack(map: FunnelMap, stack: StackMap, layout: Layout) -> Iterator[str]:
    exits = {exit.edge: exit for card in stack.cards for exit in card.exits}
    boxes = {box.node: box for box in layout.boxes}
    for route in layout.routes:
        exit = exits[stack.edges[route.edge]]
        target = map.card(exit.target)
        line = f'<path class="way {exit.name}" d="{path_of(route.points)}" stroke-width="{width_of(exit.share)}"'
        where = target.name if target else "nowhere"
        yield f'{line} data-edge="{exit.edge}"><title>{_clean(f"{exit.name} to {where}")}</title></path>'
        yield tip_of(exit.name, route, lost=target is None)
    sizes = Sizes()
    for card in stack.cards:
        yield from _card(card, boxes[card.id], sizes)


def _card(card: Card, box: Box, sizes: Sizes) -> Iterator[str]:
    yield f'<g transform="translate({box.x} {box.y})" data-page="{_clean(card.id)}">'
    yield f'<rect class="card" width="{box.width}" height="{box.height}" rx="12"/>'
    yield _text(12, 25, card.label, "kind")
    for number, line in enumerate(broken(card.name, box.width - 24, 13)):
        yield _text(12, 43 + 17 * number, line, "name")
    yield f'<g transform="translate(8 {sizes.head - 4})">{drawing(card.kind)}</g>'
    y = sizes.head + sizes.picture
    for exit in card.exits:
        yield from _exit(exit, y, box.width, sizes)
        y += sizes.row * len(exit.charges)
    if not card.exits:
        yield _text(12, y + 16, card.closed or "the path ends here", "small")
    yield from _flags(card, box)
    yield "</g>"


def _exit(exit: Exit, y: int, width: int, sizes: Sizes) -> Iterator[str]:
    for number, charge in enumerate(exit.charges):
        middle = y + sizes.row * number + sizes.row // 2
        if not number:
            yield f'<g transform="translate(19 {middle})">{SIGNS[exit.name]}</g>'
        share = "" if number else charge.share
        room = width - 50 - 8.6 * len(charge.amount) - 6.8 * len(share)
        if room < 52:  # then the share is the one to go: the name and the amount say more
            share, room = "", room + 6.8 * len(share)
        label = _clean(fit(charge.label, room, 12.5))
        aside = f'<tspan class="small" dx="5">{_clean(share)}</tspan>' if share else ""
        yield f'<text class="label" x="32" y="{middle + 4.5:g}">{label}{aside}</text>'
        if charge.amount:
            yield _text(width - 12, middle + 4.5, fit(charge.amount, 96, 12.5), "sum end")


def _flags(card: Card, box: Box) -> Iterator[str]:
    words = ["Start"] if card.is_entry else []
    words += ["End"] if card.is_end else []
    for number, word in enumerate(words):
        x = 10 + 50 * number
        yield f'<rect class="flag" x="{x}" y="-9" width="44" height="18" rx="9"/>'
        yield _text(x + 22, 4, word, "flagged mid")
    if card.findings:
        worst = severity_of(card.findings)
        yield f"<g><title>{_clean(' '.join(f'{d.code}: {d.message}.' for d in card.findings))}</title>"
        yield f'<path class="pin {worst}" transform="translate({box.width - 14} 0)" d="{PINS[worst]}"/>'
        yield f"{_text(box.width - 14, 4, str(len(card.findings)), 'pinned')}</g>"


PINS = {
    # Each in a shape of its own: an octagon stops, a triangle warns, a circle tells.
    "error": "M-5-12h10l7 7v10l-7 7h-10l-7-7v-10z",
    "warning": "M0-14q2 0 3 2l11 19q2 5-3 5h-22q-5 0-3-5l11-19q1-2 3-2z",
    "advice": "M-12 0a12 12 0 1 0 24 0a12 12 0 1 0-24 0z",
}


def severity_of(findings: Sequence[Diagnostic]) -> str:
    """The gravest of some findings."""
    found = {finding.severity for finding in findings}
    return next(s.value for s in (Severity.ERROR, Severity.WARNING, Severity.ADVICE) if s in found)


def _sums(map: FunnelMap, stack: StackMap, width: int) -> Iterator[str]:
    """The forecast as a row of blocks: what each layer adds, and the average order with it."""
    made = stack.forecast
    if made is None or made.expected.aov is None:
        return

    def say(minor: int | None) -> str:
        return say_amount(minor, made.plan.currency, map.locale)

    shown = made.layers if len(made.layers) <= MOST_BLOCKS else [*made.layers[: MOST_BLOCKS - 1], made.layers[-1]]
    block = min(236, (width - 12 * (len(shown) - 1)) // len(shown))
    for number, layer in enumerate(shown):
        x = (block + 12) * number
        about = f"{LAYERS[layer.question.layer]}, {say_rate(layer.rate or 0)}" if layer.question else "Everybody"
        yield f'<rect class="card" x="{x}" width="{block}" height="66" rx="10"/>'
        yield _text(x + 12, 20, about, "kind")
        yield _text(x + 12, 38, fit(("+ " if layer.question else "") + layer.name, block - 24, 12.5), "label")
        yield _text(x + 12, 57, say(layer.aov), "sum")
    left = "" if len(shown) == len(made.layers) else f" {len(made.layers) - len(shown)} layers are not shown."
    margin = f"; margin after delivery {say(made.expected.margin)}" if made.plan.knows_costs else ""
    words = f"Average order, layer by layer{margin}.{left} {NOTICE[0].upper()}{NOTICE[1:]}."
    yield _text(0, 88, fit(words, width, 11), "small")


def _findings(map: FunnelMap) -> Iterator[str]:
    said = dict.fromkeys(d for stack in map.stacks for card in stack.cards for d in card.findings)
    found = [*said, *map.findings]
    for d in found[:MOST_FINDINGS]:
        place = f" ({d.span.file}:{d.span.line})" if d.span else ""
        yield f"{d.code} {d.severity.value}: {d.message}{place}"
    if len(found) > MOST_FINDINGS:
        yield f"and {len(found) - MOST_FINDINGS} more; `funnelgen check` has them all"


def _legend(x: int, y: int) -> Iterator[str]:
    for name, text in LEGEND.items():
        yield f'<g transform="translate({x + 8} {y})">{SIGNS[name]}</g>'
        yield f'<path class="way {name}" d="M{x + 20} {y}H{x + 48}" stroke-width="2.4"/>'
        yield f'<g transform="translate({x + 54} {y})">{_tip(name)}</g>'
        yield _text(x + 62, y + 4, text, "small")
        x += 76 + round(len(text) * 6.2) + 18
    yield _text(x, y + 4, "the thicker the line, the more go there", "small")


def _tip(name: str) -> str:
    return tip_of(name, Route(edge=0, points=((-1, 0), (0, 0))), lost=False)


def _text(x: float, y: float, text: str, kind: str = "") -> str:
    return f'<text x="{x:g}" y="{y:g}"{f" class={chr(34)}{kind}{chr(34)}" if kind else ""}>{_clean(text)}</text>'


def _clean(text: str) -> str:
    """A text as XML takes it."""
    return str(escape(_NO_XML.sub("\ufffd", text)))
