"""Checkouts that open within the page."""

from __future__ import annotations

from collections.abc import Iterator

from funnelgen.checks.rule import Finding, Subject, found, note
from funnelgen.diagnostics.suggest import did_you_mean
from funnelgen.payments import provider_of
from funnelgen.payments.embeds import fits, key_fits, things_in
from funnelgen.payments.provider import Embed
from funnelgen.site.links import Embedded, LinkMode
from funnelgen.site.variables import variable_in

_MODES: tuple[LinkMode, ...] = ("live", "test")


def wrong_embed(subject: Subject) -> Iterator[Finding]:
    """A checkout that should open within the page cannot: it names nothing that its provider would open.

    Under `embed_live:` stands by button what opens in the page: Stripe's buy button, Paddle's prices, or `overlay` for
    Lemon Squeezy. Each needs its payment link as well, for visitors whose browsers load nothing from elsewhere; that
    link tells which provider it is. Stripe and Paddle want their public key, of the same mode. All of one mode have one
    provider, and each charge has a thing of its own to open. With a `discount:` the code has to come along: Lemon
    Squeezy's overlay opens the link with it, the checkouts of Stripe and Paddle in a page would charge the whole price.

    Fires:

    ```yaml links.yaml
    live:
      checkout: https://buy.stripe.com/abc
      checkout+template: https://buy.stripe.com/def
    embed_live:
      key: pk_test_51abc
      buttons: {checkout: "https://buy.stripe.com/abc"}
    ```

    Mended:

    ```diff links.yaml
    -   key: pk_test_51abc
    -   buttons: {checkout: "https://buy.stripe.com/abc"}
    +   key: pk_live_51abc
    +   buttons: {checkout: buy_btn_1abc}
    ```
    """
    for mode in _MODES:
        embedded = subject.site.links.embedded(mode)
        if embedded.buttons:
            yield from _wrong_key(subject, mode, embedded)
            for id in embedded.buttons:
                yield from _wrong_button(subject, mode, embedded, id)
            yield from _same_thing(subject, mode, embedded)


def _wrong_key(subject: Subject, mode: LinkMode, embedded: Embedded) -> Iterator[Finding]:
    names = {one[0]: one[1] for id in embedded.buttons if (one := _embed(subject, mode, id))}
    if len(names) > 1:
        place = embedded.places.key("buttons")
        yield found(f"checkouts of {' and '.join(sorted(names))} in {mode} pages", place, "keep those of one provider")
        return
    for name, embed in names.items():
        key, place = embedded.key, embedded.places.at("key") or embedded.places.key("buttons")
        begins = embed.key.partition("_[")[0].replace("MODE", mode)
        if embed.key and not key:
            yield found(f"{name} needs its public key for this", place, f"add `key: {begins}_…` above `buttons:`")
        elif embed.key and not key_fits(embed, key or "", mode):
            help = f"copy the one that begins with `{begins}_`; it is made to stand in pages"
            yield found(f"this is no public key of {name}'s {mode} mode", place, help)


def _wrong_button(subject: Subject, mode: LinkMode, embedded: Embedded, id: str) -> Iterator[Finding]:
    place, buttons = embedded.places.at(f"buttons.{id}"), subject.funnel.buttons
    if id not in buttons:
        yield found(f"no button is called `{id}`", embedded.places.key(f"buttons.{id}"), did_you_mean(id, buttons))
        return
    link = subject.site.links.of(mode).get(id, "")
    known = _embed(subject, mode, id)
    if not link:
        help = f"add its link under `{mode}:`; it is used where the provider's script does not come"
        yield found(f"`{id}` has no {mode} link beside its checkout in the page", place, help)
    elif known is None and not variable_in(link):
        provider = provider_of(link)
        who = provider.NAME if provider else "this provider"
        yield found(
            f"{who} has no checkout that opens within a page", place, "leave this button out: its link is enough"
        )
    elif known and not fits(known[1], embedded.buttons[id], len(buttons[id].charge.lines)):
        help = f"write {known[1].named}"
        yield found(f"`{embedded.buttons[id]}` is nothing that {known[0]} opens for `{id}`", place, help)
    elif known and (code := buttons[id].charge.code) and not known[1].takes_code:
        message = (
            f"{known[0]}'s checkout in the page does not carry the code `{code}`: `{id}` would cost the whole price"
        )
        help = "leave this button out, since its link carries the code" if _carries(link) else "leave this button out"
        yield found(message, place, f"{help}; or leave `discount:` out of the stack")


def _carries(link: str) -> bool:
    provider = provider_of(link)
    return bool(provider and provider.PARAMETERS.discount)


def _same_thing(subject: Subject, mode: LinkMode, embedded: Embedded) -> Iterator[Finding]:
    """What opens for two buttons. A word such as `overlay` opens each button's own link, and may stand at all."""
    first: dict[tuple[str, ...], str] = {}
    for id, text in embedded.buttons.items():
        known, button = _embed(subject, mode, id), subject.funnel.buttons.get(id)
        if button is None or known is None or text == known[1].thing:
            continue
        if not fits(known[1], text, len(button.charge.lines)):
            continue  # which is said
        other = first.setdefault(tuple(sorted(things_in(text))), id)
        if other != id:
            place, notes = (
                embedded.places.at(f"buttons.{id}"),
                note(embedded.places.at(f"buttons.{other}"), "here first"),
            )
            help = "give each button what opens its own charge"
            yield found(f"`{id}` opens in the page what `{other}` opens", place, help, notes=notes)


def _embed(subject: Subject, mode: LinkMode, id: str) -> tuple[str, Embed] | None:
    """The provider of a button's link, by name, and what it opens within pages."""
    provider = provider_of(subject.site.links.of(mode).get(id, ""))
    return (provider.NAME, provider.EMBED) if provider and provider.EMBED else None
