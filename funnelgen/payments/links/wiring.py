"""The wiring of a funnel's buttons: per button and mode what to charge, where to return, and what is still to do."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec import Struct

from funnelgen.diagnostics.secrets import masked
from funnelgen.funnel.cart import Charge
from funnelgen.funnel.graph import SESSION, Button, Funnel
from funnelgen.payments import Provider, another_way, provider_at, stripe
from funnelgen.payments.addresses import has_no_code, payment_of, stranger
from funnelgen.site.kinds import split_url, wrong_url
from funnelgen.site.links import LinkMode
from funnelgen.site.models import Site
from funnelgen.site.variables import variable_in

MODES: tuple[LinkMode, ...] = ("test", "live")


class Wire(Struct, frozen=True, kw_only=True):
    """One button in one mode. `todo` is what is still to do, `check` what only a look at the provider can tell.

    `settings` are what the link must have beside its charge and its return address.
    """

    mode: LinkMode
    button: str
    page: str  # its address
    charge: Charge
    on_sale: bool  # what is not needs no link yet
    by_hand: bool  # the link cannot charge it so, and the site allows it: its end is not to be found at the provider
    link: str  # empty where there is none
    variable: str  # of the environment, in which the link is to be
    provider: Provider
    returns_to: str  # the whole address; empty where there is none to tell
    settings: tuple[str, ...]
    todo: tuple[str, ...]
    check: tuple[str, ...]


def wiring(site: Site, funnel: Funnel, mode: LinkMode) -> tuple[Wire, ...]:
    """Every button of the funnel in that mode, in the order in which buyers meet them."""
    links = site.links.of(mode)
    usual, shared = _usual(site), _shared(funnel, links)
    return tuple(
        _wire(site, funnel, mode, button, links.get(button.id, ""), usual, shared.get(button.id, ()))
        for button in funnel.buttons.values()
    )


def _shared(funnel: Funnel, links: Mapping[str, str]) -> dict[str, list[str]]:
    """The buttons whose links open one payment, by each of them."""
    by_payment: dict[str, list[str]] = {}
    for id in funnel.buttons:
        link = links.get(id, "")
        if link and not variable_in(link) and not wrong_url(link) and not has_no_code(link):
            by_payment.setdefault(payment_of(link), []).append(id)
    return {id: ids for ids in by_payment.values() if len(ids) > 1 for id in ids}


def all_to_do(wires: Sequence[Wire]) -> dict[str, list[str]]:
    """What is still to do, each thing once, with the buttons that need it."""
    by_text: dict[str, list[str]] = {}
    for wire in wires:
        for text in wire.todo:
            by_text.setdefault(text, []).append(wire.button)
    return by_text


def return_address(site: Site, funnel: Funnel, button: Button, provider: Provider) -> str:
    """Where that provider must send the buyer; empty where the site has no address, or the button no next page.

    The session's placeholder is left out where the provider would not fill it in.
    """
    path = funnel.return_address(button)
    if not site.config.url or path is None:
        return ""
    placeholder = provider.RETURN.session
    path = path.replace(SESSION, placeholder) if placeholder else path.replace(f"&session_id={SESSION}", "")
    return site.config.url.rstrip("/") + path


def _usual(site: Site) -> Provider:
    """The provider of the links there are; Stripe where there are none yet."""
    links = (*site.links.live.values(), *site.links.test.values())
    return next((p for link in links if (p := provider_at(link, site.config.hosts))), stripe)


def _wire(
    site: Site,
    funnel: Funnel,
    mode: LinkMode,
    button: Button,
    written: str,
    usual: Provider,
    shared: Sequence[str],
) -> Wire:
    variable = variable_in(written) or ""
    link = "" if variable else written
    known = provider_at(link, site.config.hosts) if link else usual
    provider = known or usual
    back = return_address(site, funnel, button, provider)
    on_sale = button.id in funnel.open.buttons
    allowed = _allowed(funnel, button)
    return Wire(
        mode=mode,
        button=button.id,
        page=funnel.nodes[button.node].address,
        charge=button.charge,
        on_sale=on_sale,
        by_hand=any(line.offer in allowed and provider.cannot_charge(line)[1] for line in button.charge.lines),
        link=masked(link),  # a key that was pasted here
        variable=variable,
        provider=provider,
        returns_to=back,
        settings=tuple(_settings(site, button.charge)),
        todo=(
            *_unchargeable(button.charge, provider, allowed),
            *(
                _todo(site, mode, link, variable, provider, back, is_known=known is not None)
                if on_sale or written
                else ()
            ),
            *_unshared(shared),
        ),
        check=tuple(_checks(button.charge, link, provider, back, opens=button.id in site.links.embedded(mode).buttons)),
    )


def _settings(site: Site, charge: Charge) -> Iterator[str]:
    if site.config.tax == "added":
        yield "tax on top of the price (exclusive), collected automatically"
    elif site.config.tax == "included":
        yield "tax in the price (inclusive)"
    for line in charge.lines:
        if line.most > 1:
            yield f"buyers choose how many of {line.name}: 1 to {line.most}"
    if site.config.payment.promotion_codes or charge.code:
        yield "buyers may enter promotion codes"
    if site.config.payment.terms:
        yield "buyers must accept your terms"


def _todo(
    site: Site, mode: LinkMode, link: str, variable: str, provider: Provider, back: str, *, is_known: bool
) -> Iterator[str]:
    if not site.config.url:
        yield "write the site's address as `url:` in site.yaml: buyers come back to it"
    elif not back:
        yield "no page follows the payment: say in the stack where buyers go"
    if variable:
        yield f"set the variable `{variable}` to the payment link where the site is built"
    elif not link:
        kind = "test link" if mode == "test" else "link"
        yield f"make a {kind} {provider.WHERE} and write it under `{mode}:` in links.yaml"
    elif wrong_url(link):
        yield "the link is no `https://` address: copy it again"
    elif not is_known:
        yield ": ".join(stranger(link))
    elif has_no_code(link):
        yield f"the link has no code of its own: copy it {provider.WHERE}; it begins with `{provider.BEGINS}`"
    elif mode == "live" and provider.is_test(split_url(link)):
        yield f"this is a test link: copy the one that charges ({provider.TEST})"
    elif mode == "test" and provider.is_test(split_url(link)) is False:
        yield f"this link charges real money: copy a test link ({provider.TEST})"


def _unshared(shared: Sequence[str]) -> Iterator[str]:
    """What to do where buttons have one link, in the same words for each of them."""
    if shared:
        others = ", ".join(f"`{id}`" for id in shared[:-1])
        yield f"{others} and `{shared[-1]}` have one link: give each button the link of its own charge"


def _allowed(funnel: Funnel, button: Button) -> frozenset[str]:
    """The offers of which the site says that another way of billing is right: as in the rule, by offer or step."""
    node = funnel.nodes[button.node]
    if node.step and "link-billing" in node.step.allow:
        return frozenset(line.offer for line in button.charge.lines)
    offers = (node.offer, *node.bumps, node.cross_sell)
    return frozenset(offer.id for offer in offers if offer and "link-billing" in offer.allow)


def _unchargeable(charge: Charge, provider: Provider, allowed: Collection[str]) -> Iterator[str]:
    """What the provider has no way to charge, but for offers that are `allowed` to be billed otherwise."""
    for line in charge.lines:
        key, what = provider.cannot_charge(line)
        if what and line.offer not in allowed:
            yield f"a {provider.NAME} payment link cannot {what}: sell `{line.offer}` {another_way(key)}"


def _checks(charge: Charge, link: str, provider: Provider, back: str, *, opens: bool) -> Iterator[str]:
    """What only a look can tell. `opens` says whether a checkout opens within the page."""
    if opens and provider.EMBED and not provider.EMBED.confirmed:
        yield (
            f"in the page: press it once in test mode, with the browser's console open, since what {provider.NAME}'s "
            "checkout loads is unconfirmed"
        )
    for line in charge.lines:
        if line.times and not provider.cannot_charge(line)[1]:
            yield f"plan: {provider.PLAN or f'try whether it ends after {line.times} payments, which we cannot tell'}"
    if not back:
        return
    if not provider.RETURN.per_link:
        yield f"after payment: {provider.RETURN.set_it}"
    if link and provider.is_test(split_url(link)) is None:
        yield f"mode: {provider.TEST}"
