"""What a page says of itself, what it loads, and how it fits and reads."""

from __future__ import annotations

from .frame import BARE_ON_DESKTOP, ON_PHONE, Breakage, free, gone, put, script, style, swap

SALES, CHECKOUT, OTO, ABOUT = (f"{name}/index.html" for name in "sales checkout oto about".split())
UNDECLARED = "which the site does not declare"

PAGE = [
    Breakage(
        "a page without a language",
        swap(OTO, ' lang="en-US"', ""),
        "page opening /oto/",
        "page: it says no language, and is in `en-US`",
    ),
    Breakage(
        "a page in another language",
        swap(OTO, ' lang="en-US"', ' lang="de"'),
        "page opening /oto/",
        "page: its language is said to be `de`, and is in `en-US`",
    ),
    Breakage(
        "a page that reads from right to left",
        swap(OTO, ' dir="ltr"', ' dir="rtl"'),
        "page opening /oto/",
        "page: it reads from right to left, and `en-US` from left to right",
    ),
    Breakage(
        "a title left out",
        swap(OTO, "<title>.*?</title>", ""),
        "page opening /oto/",
        "page: there is no title, and should be `Three strategy calls, an optional extra`",
    ),
    Breakage(
        "a main heading left out",
        swap(OTO, "<h1>(.*?)</h1>", "<p>\\1</p>"),
        "page opening /oto/",
        "page: it has 0 main headings that can be read, and should have one",
    ),
    Breakage(
        "a second main heading",
        put(OTO, "<h1>Once more</h1>", before='<section class="offer"'),
        "page opening /oto/",
        "page: it has 2 main headings that can be read, and should have one",
    ),
    Breakage(
        "a page behind a payment that search engines may list",
        swap(OTO, '<meta name="robots" content="noindex">', ""),
        "page opening /oto/",
        "page: search engines may list it, and must not",
    ),
    Breakage(
        "a sales page that search engines are told to pass",
        put(SALES, '<meta name="robots" content="noindex">', before="</head>"),
        "page opening /sales/",
        "page: search engines are told to pass",
    ),
    Breakage(
        "a sales page that says that it is a copy of another",
        swap(SALES, 'rel="canonical" href="[^"]*"', 'rel="canonical" href="https://old-shop.example/sales/"'),
        "page opening /sales/",
        "page: search engines are told that it is `https://old-shop.example/sales/`, "
        "and it is `https://launch-your-course.example/sales/`",
    ),
    Breakage(
        "a page that a phone shows as a small desktop",
        swap(OTO, '<meta name="viewport"[^>]*>', ""),
        "page opening /oto/",
        "layout: the page is laid out for a screen of 980 px, and this one has 390",
    ),
    Breakage(
        "a page that cannot be enlarged",
        swap(OTO, "width=device-width,initial-scale=1", "width=device-width,initial-scale=1,user-scalable=no"),
        "page opening /oto/",
        "axe: meta-viewport: Zooming and scaling must not be disabled…",
        ON_PHONE,
    ),
    Breakage(
        "a line that is wider than a phone",
        free(swap(ABOUT, "<h1[^>]*>", '<h1 style="white-space:nowrap">A line that stays one line on every screen, ')),
        "page opening /about/",
        "layout: the page is …",
    ),
    Breakage(
        "a part that is too wide on a desktop only",
        style(OTO, "@media (min-width:60em){h1{position:relative;inset-inline-start:90rem}}"),
        "page opening /oto/",
        'layout: h1 "Build it with three calls beside you" sticks out',
        BARE_ON_DESKTOP,
    ),
    Breakage(
        "a style that was altered without its policy",
        swap(OTO, "<style>", "<style>body{color:red}"),
        "page opening /oto/",
        "console: console error: …",
    ),
    Breakage(
        "a picture that says nothing to who does not see it",
        put(ABOUT, '<img src="/assets/x.svg" width="9" height="9">'),
        "page opening /about/",
        "axe: image-alt: Images must have alternative text…",
        ON_PHONE,
    ),
    Breakage(
        "a field without a label",
        swap("lead-magnet/index.html", '<label for="fg-email">.*?</label>|placeholder="[^"]*"', ""),
        "page opening /lead-magnet/",
        "axe: label: Form elements must have labels…",
        ON_PHONE,
    ),
    Breakage(
        "a name of a field that something else has too",
        put("lead-magnet/index.html", '<p id="fg-email">Another</p>', before="</main>"),
        "page opening /lead-magnet/",
        "axe: duplicate-id-aria: …",
        ON_PHONE,
    ),
    Breakage(
        "words that are too pale, in the dark only",
        style(ABOUT, "@media (prefers-color-scheme:dark){.lede{color:#333!important;background:#222!important}}"),
        "page opening /about/",
        "axe: color-contrast: Elements must meet minimum color contrast ratio thresholds…",
        ON_PHONE,
    ),
    Breakage(
        "a price in no colour at all",
        style(OTO, "[data-fg=price]{color:transparent!important}"),
        "page opening /oto/",
        "price: the price reads nothing that can be read, the stack says $400",
    ),
    Breakage(
        "words that are too pale, with the bump ticked only",
        style(CHECKOUT, "body:has(#bump-1:checked) .total{color:#ccc!important;background:#fff!important}"),
        "cancel `checkout+sales-page-template`",
        "axe: color-contrast: Elements must meet minimum color contrast ratio thresholds…",
    ),
    Breakage(
        "something that moves on and on, for those who asked for less motion",
        style(OTO, "@keyframes z{to{opacity:.5}}h1{animation:z 1s infinite alternate!important}"),
        "page opening /oto/",
        'layout: h1 "Build it with three calls beside you" moves without an end, '
        "though the visitor asked for less motion",
        ON_PHONE,
    ),
]

LOADED = [
    Breakage(
        "a script that throws",
        script(OTO, "throw new Error('oh')"),
        "page opening /oto/",
        "console: a script failed: oh",
        ON_PHONE,
    ),
    Breakage(
        "a promise that nobody keeps",
        script(OTO, "Promise.reject(new Error('oh'))"),
        "page opening /oto/",
        "console: a script failed: oh",
        ON_PHONE,
    ),
    Breakage(
        "a script that the policy does not allow",
        put(OTO, "<script>document.title = 'mine'</script>", before="</head>"),
        "page opening /oto/",
        "console: console error: …",
        ON_PHONE,
    ),
    Breakage(
        "a box that a script opens",
        script(OTO, "addEventListener('load', () => alert('Wait! Only today!'))"),
        "page opening /oto/",
        "console: a box opens over the page: Wait! Only today!",
        ON_PHONE,
    ),
    Breakage(
        "a picture of a tracker",
        put(OTO, '<img src="https://tracker.example/pixel.gif" alt="">'),
        "page opening /oto/",
        f"requests: the page asks for https://tracker.example/pixel.gif, {UNDECLARED}",
    ),
    Breakage(
        "a script from elsewhere",
        free(put(OTO, '<script src="https://tracker.example/t.js"></script>', before="</head>")),
        "page opening /oto/",
        f"requests: the page asks for https://tracker.example/t.js, {UNDECLARED}",
        ON_PHONE,
    ),
    Breakage(
        "a font from elsewhere",
        free(put(OTO, '<link rel="stylesheet" href="https://fonts.example/css?family=X">', before="</head>")),
        "page opening /oto/",
        f"requests: the page asks for https://fonts.example/css?family=X, {UNDECLARED}",
    ),
    Breakage(
        "a frame from elsewhere",
        free(put(OTO, '<iframe title="Chat" src="https://chat.example/box"></iframe>')),
        "page opening /oto/",
        f"requests: the page asks for https://chat.example/box, {UNDECLARED}",
    ),
    Breakage(
        "a connection to elsewhere that is made beforehand",
        put(OTO, '<link rel="preconnect" href="https://tracker.example">', before="</head>"),
        "page opening /oto/",
        f"requests: the page connects to https://tracker.example/, {UNDECLARED}",
    ),
    Breakage(
        "a picture without encryption",
        free(put(OTO, '<img src="http://pictures.example/a.png" alt="">')),
        "page opening /oto/",
        "secure: http://pictures.example/a.png is not encrypted (mixed content)",
    ),
    Breakage(
        "a picture that is missing",
        put(OTO, '<img src="/assets/none.png" alt="" width="9" height="9">'),
        "page opening /oto/",
        "requests: /assets/none.png is answered with 404",
    ),
    Breakage(
        "a font that is missing",
        gone("assets/figtree.*"),
        "page opening /oto/",
        "requests: /assets/figtree.…",
    ),
    Breakage(
        "a press that tells somebody else",
        free(swap(OTO, 'data-button="oto"', 'data-button="oto" ping="https://tracker.example/press"')),
        "cancel `oto`",
        f"requests: the page asks for https://tracker.example/press, {UNDECLARED}",
    ),
]
