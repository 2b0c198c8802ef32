"""What is written in a way of its own: an amount, a payment plan, something to deliver, a step."""

from __future__ import annotations

import re
from typing import Any

from msgspec import inspect

from funnelgen.money import Money, MoneyError, parse_money
from funnelgen.site import yamltree
from funnelgen.site.decode import Reader
from funnelgen.site.kinds import Path as PathText
from funnelgen.site.models import Deliverable, Instalments, Step
from funnelgen.site.places import Places
from funnelgen.site.steps import decode_step


def _money(reader: Reader, node: yamltree.Node, name: str, places: Places) -> Money | None:
    del places
    if not isinstance(node, yamltree.Scalar):
        reader.refuse("FG006", f"`{name}` is an amount", node.span, "write digits, as in `97`")
        return None
    try:
        return parse_money(node.text.strip(), reader.currency)
    except MoneyError as error:
        reader.refuse("FG006", f"`{name}`: {error}", node.span, error.remedy)
        return None


def _instalments(reader: Reader, node: yamltree.Node, name: str, places: Places) -> Instalments | None:
    help = "write the number of payments and the amount of each, as in `3 x 33`"
    match = (
        re.fullmatch(r"([2-9]|[1-5][0-9]|60) ?[x×] ?(\S+)", node.text.strip())
        if isinstance(node, yamltree.Scalar)
        else None
    )
    if match is None:
        reader.refuse("FG006", f"`{name}` is not a payment plan", node.span, help)
        return None
    each = _money(reader, yamltree.Scalar(match[2], node.span), name, places)
    return Instalments(times=int(match[1]), each=each, places=Places(node.span)) if each else None


def _deliverable(reader: Reader, node: yamltree.Node, name: str, places: Places) -> Deliverable | None:
    """A bare text is a file; keys give a file or an address, and a label."""
    if isinstance(node, yamltree.Scalar):
        file = reader.value(_PATH, node, name, places)
        return Deliverable(file=file, places=Places(node.span)) if file else None
    made: Deliverable = reader.model(Deliverable, node, "something to deliver")
    if bool(made.file) == bool(made.url):
        help = "write `file: NAME` for a file in downloads/, or `url: https://…`"
        reader.refuse("FG005", "something to deliver is a file or a `url`", node.span, help)
        return None
    return made


_PATH = inspect.type_info(PathText)
DECODERS: dict[type, Any] = {Money: _money, Instalments: _instalments, Deliverable: _deliverable, Step: decode_step}
"""By the type that they make."""
