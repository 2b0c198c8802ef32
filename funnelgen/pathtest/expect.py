"""What must hold on every page. A check is a function that says what is wrong, and a line in CHECKS.

Checks are pure: they compare what a visitor sees with what the manifest says, and never ask the page again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import msgspec

from funnelgen.funnel.manifest import ManifestButton
from funnelgen.pathtest.facts import Facts, headline_price, return_address
from funnelgen.pathtest.page_checks import identity, layout, secure
from funnelgen.pathtest.sight import Sight
from funnelgen.payments import provider_of
from funnelgen.payments.parameters import ELSEWHERE, wrongly_added

Check = Callable[[Sight, Facts], Iterator[str]]

SMALLEST_TARGET = 44  # CSS pixels, as Apple's and Google's guidelines ask for
SMALLEST_LETTERS = 9
NOTHING = "nothing that can be read"
MOST_SCREENS = 2
"""Within so many screens of a phone the way past an offer must be seen."""


def check_page(sight: Sight, facts: Facts) -> Iterator[tuple[str, str]]:
    """What is wrong with a page: the check's name, and a sentence."""
    for name, check in CHECKS.items():
        yield from ((name, wrong) for wrong in check(sight, facts))


def amounts(sight: Sight, facts: Facts) -> Iterator[str]:
    """Every amount is one that the page may show, in the form that the stack gives it."""
    if facts.knows_no_price:
        return
    forms: dict[str, set[str]] = {}
    for amount in facts.amounts:
        forms.setdefault(amount.value, set()).update((_bare(amount.text), _bare(amount.short)))
    known = ", ".join(dict.fromkeys(amount.short for amount in facts.amounts)) or "none"
    for shown in sight.amounts:
        if shown.value not in forms:
            yield f"it shows `{shown.text}` ({shown.value}), and the stack has for this page: {known}"
        elif _bare(shown.text) not in forms[shown.value]:
            yield f"it shows {f'`{shown.text}`' if shown.text else NOTHING} where the stack says {shown.value}"
        if shown.currency != facts.manifest.site.currency:
            yield f"it shows `{shown.text}` in `{shown.currency}`, and the site sells in {facts.manifest.site.currency}"


def price(sight: Sight, facts: Facts) -> Iterator[str]:
    """The price of the offer stands there once, with its terms."""
    if facts.offer is None or facts.node is None:
        return
    if not any(sight.terms):
        yield "there are no terms beside the price"
    due, before = headline_price(facts.offer).short, facts.offer.before
    for struck in (a.text for a in sight.amounts if a.part == "before"):
        if before is None or _bare(struck) != _bare(before.short):
            yield f"`{struck}` is struck out, and {facts.offer.name} cost {before.short if before else due} before"
    if facts.node.kind == "checkout":
        beside = [a.text for a in sight.amounts if not a.part and not a.button]
        wrong = [text for text in beside if _bare(text) != _bare(due)]
        yield from (f"`{text}` stands beside the order, and {facts.offer.name} costs {due}" for text in wrong)
        return
    shown = [a.text for a in sight.amounts if a.part == "price"]
    if len(shown) != 1:
        yield f"the price stands there {len(shown)} times, and should once: {due}"
    elif _bare(shown[0]) != _bare(due):
        yield f"the price reads {shown[0] or NOTHING}, the stack says {due}"


def buttons(sight: Sight, facts: Facts) -> Iterator[str]:
    """Each charge has one button, with its amount and its link; nothing else leads to a payment."""
    due = {b.id: b for b in facts.charges}
    for id, button in due.items():
        found = [b for b in sight.buttons if b.id == id]
        if len(found) != 1:
            yield f"the charge `{id}` has {len(found)} buttons that can be seen, and should have one"
        for one in found:
            if wrong := misled(button, one.href):
                why = f": {wrong}" if wrong != ELSEWHERE else ""
                yield f"the button `{id}` leads to {one.href or 'nowhere'}, and its link is {button.link}{why}"
            if one.part != "accept":
                yield f"the button `{id}` is not marked as the one that accepts"
            if not one.focusable:
                yield f"the keyboard does not reach the button `{id}`"
            if not one.reached:
                yield f"something lies over the button `{id}`, or it takes no press"
        on_it = [a.text for a in sight.amounts if a.button == id]
        for text in on_it:
            if _plain(text) != _plain(button.today.short):
                yield f"the button `{id}` says {text or NOTHING}, the stack says {button.today.short}"
        if found and not on_it:
            yield f"the button `{id}` says no amount, and charges {button.today.short}"
    for one in sight.buttons:
        if one.id not in due:
            yield f"there is a button `{one.id}`, whose charge is not for this page as it is ticked"
    links = {b.link for b in facts.manifest.buttons}
    pressed = [b.href for b in sight.buttons]
    beside = [href for href in sight.links if href in links and href not in pressed]
    if beside:
        yield f"a link that is no button leads to the payment {beside[0]}"


def misled(button: ManifestButton, address: str) -> str:
    """What is wrong with an address as that of a button's payment; empty where it is that, with what may be added."""
    link = button.link or ""
    return wrongly_added(link, address, provider_of(link))


def summary(sight: Sight, facts: Facts) -> Iterator[str]:
    """The order summary has a row for each thing, and a total, that are those of the charge."""
    kind = facts.node.kind if facts.node else ""
    charge = facts.simulates or (facts.charges[0] if kind == "checkout" and facts.charges else None)
    if charge is None:
        return
    due = [(line.name, (line.price if line.off else line.today).text) for line in charge.lines]
    rows = [(row[0], row[-1]) for row in sight.rows if row]
    for off in (line.off.text for line in charge.lines if line.off):
        taken = next((row for row in rows if _plain(row[1]) == _plain(f"−{off}")), None)
        if taken is None:
            yield f"no row of the summary takes {off} off, as the code does"
        else:
            rows.remove(taken)
    for name, text in due:
        said = [shown for row, shown in rows if _plain(row) == _plain(name)]
        if len(said) != 1:
            yield f"`{name}` stands in the summary {len(said)} times, and should once"
        elif _plain(said[0]) != _plain(text):
            yield f"the summary says {said[0]} for `{name}`, the stack says {text}"
    if len(rows) > len(due):
        yield f"the summary has {len(rows)} rows, and the charge {len(due)}"
    totals = [a.text for a in sight.amounts if a.part == "total"]
    if len(totals) != 1 or _plain(totals[0]) != _plain(charge.today.text):
        yield f"the total reads {' and '.join(totals) or 'nothing'}, the stack says {charge.today.text}"


def bumps(sight: Sight, facts: Facts) -> Iterator[str]:
    """Each bump has a box with its price, which nobody ticked but the buyer."""
    if sight.ticked != len(facts.bumps):
        yield f"{sight.ticked} bumps are ticked, and should be {len(facts.bumps)}"
    for line in _bump_lines(facts):
        due = (line.today if line.off else line.price).short
        if not any(_plain(due) in _plain(words) for words in sight.bumps if line.name in words):
            yield f"no box to tick says `{line.name}` and {due}"


def simulated(sight: Sight, facts: Facts) -> Iterator[str]:
    """The simulated checkout returns to the declared address, and back to its page."""
    button = facts.simulates
    if button is None:
        return
    due = return_address(button)
    if sight.pay != (due,):
        yield f"paying leads to {' and '.join(sight.pay) or 'nowhere'}, and must to {due}"
    if sight.cancel != (button.page,):
        yield f"cancelling leads to {' and '.join(sight.cancel) or 'nowhere'}, and must to {button.page}"


def decline(sight: Sight, facts: Facts) -> Iterator[str]:
    """The way past an offer is there once, leads on, and is as easy to take as the other."""
    due = [facts.address(edge) for edge in facts.edges if edge.name == "decline"]
    if len(sight.declines) != len(due):
        yield f"there are {len(sight.declines)} ways to decline that can be seen, and should be {len(due)}"
    for one, target in zip(sight.declines, due, strict=False):
        if one.href != target:
            yield f"declining leads to {one.href or 'nowhere'}, and must to {target}"
        if not one.focusable:
            yield "the keyboard does not reach the way to decline"
        if not one.reached:
            yield "something lies over the way to decline, or it takes no press"
        if not one.words:
            yield "the way to decline says nothing"
        if one.letters < SMALLEST_LETTERS:
            yield f"the words of the way to decline are {one.letters:.0f} px high, and nobody can read them"
        if one.height < SMALLEST_TARGET - 0.5:
            yield f"the way to decline is {one.height:.0f} px high, and must be {SMALLEST_TARGET}"
        if facts.device.touch and one.bottom > MOST_SCREENS * facts.device.height:
            yield f"the way to decline ends {one.bottom:.0f} px down, below the second {facts.device.name} screen"


def onwards(sight: Sight, facts: Facts) -> Iterator[str]:
    """What costs nothing leads on: a link, or the form of a page that gives something away. Nothing leads astray."""
    if sight.refresh:
        yield f"the page goes elsewhere by itself: {sight.refresh}"
    if sight.base:
        yield f"its links start from {sight.base}"
    for edge in facts.edges:
        target = facts.address(edge)
        if edge.name == "continue" and not any(urlsplit(href).path == target for href in sight.ways):
            yield f"no link leads on to {target}"
        if edge.name != "submit":
            continue
        if len(sight.forms) != 1:
            yield f"there are {len(sight.forms)} forms, and should be one"
        for form in sight.forms:
            if not form.action:
                yield "the form has no action: it would be sent to its own page"
            elif form.action.startswith("/") and urlsplit(form.action).path != target:
                yield f"the form leads to {form.action}, and must to {target}"
            elif form.method == "get" and form.tells:
                yield "the form would write what is entered into the next page's address, where others can read it"


def structured_data(sight: Sight, facts: Facts) -> Iterator[str]:
    """What search engines read says the same price."""
    products = 0
    for text in sight.data:
        try:
            data = msgspec.json.decode(text)
        except msgspec.DecodeError:
            yield "structured data cannot be read"
            continue
        if isinstance(data, dict) and data.get("@type") == "Product":
            products += 1
            yield from _product(data, facts)
    kinds = ("sales", "checkout")
    if facts.offer and facts.page.indexed and facts.page.kind in kinds and products != 1:
        yield f"structured data has {products} products, and should have one"


CHECKS: Mapping[str, Check] = {
    "page": identity,
    "amounts": amounts,
    "price": price,
    "buttons": buttons,
    "summary": summary,
    "bumps": bumps,
    "simulated": simulated,
    "decline": decline,
    "onwards": onwards,
    "data": structured_data,
    "layout": layout,
    "secure": secure,
}
"""Every check by its name, in the order in which a person would look."""


def _product(data: Mapping[str, Any], facts: Facts) -> Iterator[str]:
    offer = data.get("offers")
    if not isinstance(offer, dict):
        yield "structured data has a product without an offer"
        return
    if facts.offer is None:
        if not facts.knows_no_price:
            yield "structured data has a product on a page that sells none"
        return
    said = (offer.get("price"), offer.get("priceCurrency"))
    price = facts.offer.today if facts.offer.off else facts.offer.price
    due = (price.value, facts.manifest.site.currency)
    if said != due:
        yield f"structured data says {said[0]} {said[1]}, the stack says {due[0]} {due[1]}"
    if data.get("name") != facts.offer.name:
        yield f"structured data calls the offer `{data.get('name')}`, the stack `{facts.offer.name}`"


def _bump_lines(facts: Facts) -> Iterator[Any]:
    seen = set()
    for button in facts.all_charges:
        for line in button.lines:
            if line.offer in button.bumps and line.offer not in seen:
                seen.add(line.offer)
                yield line


def _plain(text: str) -> str:
    """Words as they are compared: spaces of any kind are one, marks of direction none."""
    return re.sub(r"[\u200e\u200f\u2066-\u2069]", "", re.sub(r"\s+", " ", text)).strip()


def _bare(amount: str) -> str:
    """An amount as it is compared: a theme may set its sign apart by room instead of by a space."""
    return _plain(amount).replace(" ", "")
