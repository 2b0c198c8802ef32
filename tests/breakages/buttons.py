"""Buttons that charge: missing, twice, out of reach, or with another link."""

from __future__ import annotations

from .frame import ON_PHONE, Breakage, free, put, script, style, swap

CHECKOUT, OTO = "checkout/index.html", "oto/index.html"
ACCEPT = '(<a class="btn"[^>]*data-button="oto".*?</a>)'
STRIPE = "https://buy.stripe.com/"

BUTTONS = [
    Breakage(
        "a button to accept twice",
        swap(OTO, ACCEPT, "\\1 \\1"),
        "page opening /oto/",
        "buttons: the charge `oto` has 2 buttons that can be seen, and should have one",
    ),
    Breakage(
        "a button to accept left out",
        swap(OTO, ACCEPT, ""),
        "page opening /oto/",
        "buttons: the charge `oto` has 0 buttons that can be seen, and should have one",
    ),
    Breakage(
        "a button to accept that cannot be seen",
        style(OTO, "[data-fg=accept]{opacity:0}"),
        "page opening /oto/",
        "buttons: the charge `oto` has 0 buttons that can be seen, and should have one",
    ),
    Breakage(
        "a layer over everything, as a consent banner puts one there",
        style(OTO, "body::after{content:'';position:fixed;inset:0;z-index:9;background:rgb(0 0 0/.4)}"),
        "page opening /oto/",
        "buttons: something lies over the button `oto`, or it takes no press",
    ),
    Breakage(
        "a button that takes no press",
        style(OTO, "[data-fg=accept]{pointer-events:none}"),
        "page opening /oto/",
        "buttons: something lies over the button `oto`, or it takes no press",
    ),
    Breakage(
        "a button hidden from screen readers",
        swap(OTO, 'data-button="oto"', 'data-button="oto" aria-hidden="true"'),
        "page opening /oto/",
        "axe: aria-hidden-focus: ARIA hidden element must not be focusable or contain focusable elements…",
        ON_PHONE,
    ),
    Breakage(
        "a button that the keyboard does not reach",
        swap(OTO, 'data-button="oto"', 'data-button="oto" tabindex="-1"'),
        "page opening /oto/",
        "buttons: the keyboard does not reach the button `oto`",
    ),
    Breakage(
        "a button that leads nowhere",
        swap(OTO, 'href="/demo/oto/"', ""),
        "page opening /oto/",
        "buttons: the button `oto` leads to nowhere, and its link is /demo/oto/",
    ),
    Breakage(
        "a button that skips the payment",
        swap(OTO, 'href="/demo/oto/"', 'href="/thank-you/"'),
        "page opening /oto/",
        "buttons: the button `oto` leads to /thank-you/, and its link is /demo/oto/",
    ),
    Breakage(
        "a button that is not marked as one that charges",
        swap(OTO, ' data-button="oto"', ""),
        "page opening /oto/",
        "buttons: a link that is no button leads to the payment /demo/oto/",
    ),
    Breakage(
        "a button of another page's charge",
        put(OTO, '<p><a class="btn" href="/demo/downsell/" data-fg="accept" data-button="downsell">Buy</a></p>'),
        "page opening /oto/",
        "buttons: there is a button `downsell`, whose charge is not for this page as it is ticked",
    ),
    Breakage(
        "a link in the text that pays",
        put(CHECKOUT, '<p><a href="/demo/oto/">See more</a></p>'),
        "page opening /checkout/",
        "buttons: a link that is no button leads to the payment /demo/oto/",
    ),
    Breakage(
        "a button that opens a window of its own",
        swap(OTO, 'data-button="oto"', 'data-button="oto" target="_blank"'),
        "cancel `oto`",
        "ways: a window of its own opens: …",
    ),
    Breakage(
        "a script that leads the press elsewhere",
        script(OTO, "addEventListener('click', e => { e.preventDefault(); location = '/thank-you/'; }, true)"),
        "cancel `oto`",
        "ways: the visitor should be at /demo/oto/, and is at /thank-you/",
    ),
    Breakage(
        "two links swapped",
        swap(CHECKOUT, "test_one(.*)test_two", "test_two\\1test_one"),
        "page opening /checkout/",
        f"buttons: the button `checkout` leads to {STRIPE}test_two, and its link is {STRIPE}test_one",
        site="test",
    ),
    Breakage(
        "two links swapped: the payment itself",
        swap(CHECKOUT, "test_one(.*)test_two", "test_two\\1test_one"),
        "cancel `checkout`",
        "buttons: the button `checkout` opens the payment of `checkout+template`",
        site="test",
    ),
    Breakage(
        "a link of another host that looks alike",
        swap(CHECKOUT, STRIPE + "test_one", "https://buy.stripe.com.pay.example/test_one"),
        "page opening /checkout/",
        "buttons: the button `checkout` leads to https://buy.stripe.com.pay.example/test_one, and its link is …",
        site="test",
    ),
    Breakage(
        "a link with a discount that nobody gave",
        swap(CHECKOUT, "test_one", "test_one?prefilled_promo_code=FREE"),
        "page opening /checkout/",
        f"buttons: the button `checkout` leads to {STRIPE}test_one?prefilled_promo_code=FREE, and its link is …",
        site="test",
    ),
    Breakage(
        "a link with something added that the provider does not take",
        swap(CHECKOUT, "test_one", "test_one?amount=1"),
        "page opening /checkout/",
        f"buttons: the button `checkout` leads to {STRIPE}test_one?amount=1, and its link is {STRIPE}test_one: "
        "`amount` is nothing that may be added",
        site="test",
    ),
    Breakage(
        "another link of the same account",
        free(swap(CHECKOUT, "test_one", "test_other")),
        "cancel `checkout`",
        f"requests: the page asks for {STRIPE}test_other…",
        site="test",
    ),
    Breakage(
        "a picture from the payment provider",
        free(put(CHECKOUT, f'<img src="{STRIPE}pixel" alt="">')),
        "page opening /checkout/",
        f"requests: the page asks for {STRIPE}pixel, which is no payment of the stack",
        site="test",
    ),
    Breakage(
        "a link without encryption",
        swap(CHECKOUT, STRIPE + "test_one", "http://buy.stripe.com/test_one"),
        "page opening /checkout/",
        "buttons: the button `checkout` leads to http://buy.stripe.com/test_one, and its link is …",
        site="test",
    ),
    Breakage(
        "a test link on a live site",
        swap(CHECKOUT, STRIPE + "one", STRIPE + "test_one"),
        "page opening /checkout/",
        f"buttons: the button `checkout` leads to {STRIPE}test_one, and its link is {STRIPE}one",
        site="live",
    ),
]
