"""The map as Mermaid in Markdown: what GitHub and GitLab draw in a pull request."""

from __future__ import annotations

from collections.abc import Iterator

from funnelgen.map.view import Card, Exit, FunnelMap

MARK = "<!-- made by funnelgen map -->"
_ARROWS = {"submit": "-.->", "continue": "-->", "accept": "==>", "decline": "-.->"}
_STYLE = {
    "submit": "stroke:#7a68e8",
    "continue": "stroke:#5d7da3",
    "accept": "stroke:#1f9d71",
    "decline": "stroke:#c96a3d",
}


def as_mermaid(map: FunnelMap) -> str:
    """One flowchart in a fenced block, with a mark that says what made it."""
    return "\n".join([MARK, "```mermaid", *_chart(map), "```", ""])


def _chart(map: FunnelMap) -> Iterator[str]:
    numbers = {card.id: n for n, card in enumerate(card for stack in map.stacks for card in stack.cards)}
    drawn: dict[str, list[int]] = {}
    count = 0
    yield "flowchart LR"
    for number, stack in enumerate(map.stacks):
        indent = "  "
        if len(map.stacks) > 1:
            yield f'  subgraph s{number} ["{_quoted(stack.name)}"]'
            indent = "    "
        for card in stack.cards:
            yield indent + _node(numbers[card.id], card)
        for card in stack.cards:
            for exit in card.exits:
                target = map.card(exit.target)
                there = f"n{numbers[target.id]}" if target else f'x{exit.edge}{{{{"nowhere"}}}}'
                yield f'{indent}n{numbers[card.id]} {_ARROWS[exit.name]}|"{_label(exit)}"| {there}'
                drawn.setdefault(exit.name, []).append(count)
                count += 1
        if len(map.stacks) > 1:
            yield "  end"
    for name, edges in drawn.items():
        yield f"  linkStyle {','.join(str(n) for n in edges)} {_STYLE[name]}"


def _node(number: int, card: Card) -> str:
    """A page; where the path begins and where it ends are rounded."""
    words = f"<b>{_quoted(card.label)}</b><br>{_quoted(card.name)}"
    if card.findings:
        words += f"<br>{len(card.findings)} finding{'s' if len(card.findings) > 1 else ''}"
    begin, end = ('(["', '"])') if card.is_entry or card.is_end else ('["', '"]')
    return f"n{number}{begin}{words}{end}"


def _label(exit: Exit) -> str:
    """What the way is called, and what its buttons charge."""
    sums = [charge.amount for charge in exit.charges if charge.amount]
    said = f"{sums[0]} to {sums[-1]}" if len(sums) > 2 else " or ".join(sums)
    return _quoted(f"{exit.name} {said}".strip())


def _quoted(text: str) -> str:
    """A text inside quotes: whatever Mermaid, its Markdown or HTML could take for their own becomes a number."""
    return "".join(letter if _is_plain(letter) else f"#{ord(letter)};" for letter in " ".join(text.split()))


def _is_plain(letter: str) -> bool:
    return letter.isalnum() or letter in " .,:-$€£¥" or (ord(letter) > 0x2000 and letter.isprintable())
