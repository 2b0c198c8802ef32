"""Ways from page to page: the order, the payment and back, forms, links, pages that are not there."""

from __future__ import annotations

from .frame import ON_PHONE, Breakage, both, free, gone, put, script, style, swap, trade, write

LEAD, SALES, CHECKOUT, OTO = (f"{name}/index.html" for name in "lead-magnet sales checkout oto".split())
DEMO, THANKS = "demo/oto/index.html", "thank-you/index.html"
BUMP = '<input type="checkbox" id="bump-1"'
TICKED = "cancel `checkout+sales-page-template`"
ENTRY = "path oto, declined → downsell, declined"

ORDER = [
    Breakage(
        "a bump that comes ticked",
        swap(CHECKOUT, BUMP, f"{BUMP} checked"),
        "page opening /checkout/",
        "bumps: 1 bumps are ticked, and should be 0",
    ),
    Breakage(
        "a bump that a script ticks",
        script(CHECKOUT, "addEventListener('load', () => document.querySelector('#bump-1').click())"),
        "page opening /checkout/",
        "bumps: 1 bumps are ticked, and should be 0",
        ON_PHONE,
    ),
    Breakage(
        "a bump without effect on the total",
        swap(CHECKOUT, '(<p class="total".*?)class="if-0"(.*?)class="if-1"', "\\1\\2hidden"),
        TICKED,
        "summary: the total reads $97.00, the stack says $124.00",
    ),
    Breakage(
        "a bump without effect on the button",
        style(CHECKOUT, ".pay .if-0{display:flex!important}.pay .if-1{display:none!important}"),
        TICKED,
        "buttons: the charge `checkout+sales-page-template` has 0 buttons that can be seen, and should have one",
    ),
    Breakage(
        "a bump that needs JavaScript",
        both(
            style(CHECKOUT, ".pay .if-0{display:flex!important}.pay .if-1{display:none!important}"),
            put(CHECKOUT, "<script>document.styleSheets[1].disabled = true</script>", before="<main"),
        ),
        "path bump ticked",
        "buttons: the charge `checkout+sales-page-template` has 0 buttons that can be seen, and should have one",
    ),
    Breakage(
        "a bump's box left out",
        swap(CHECKOUT, '<div class="bump">.*?</div>\n</div>', ""),
        "page opening /checkout/",
        "bumps: no box to tick says `Sales Page Template` and $27",
    ),
    Breakage(
        "a bump's box that cannot be ticked",
        swap(CHECKOUT, BUMP, f"{BUMP} disabled"),
        "page opening /checkout/",
        "bumps: no box to tick says `Sales Page Template` and $27",
    ),
    Breakage(
        "an order that is torn after the browser's back button",
        script(
            CHECKOUT,
            "addEventListener('pageshow', () => { const n = +sessionStorage.n || 0; sessionStorage.n = n + 1; if (n)"
            " document.querySelectorAll('[data-fg=total]').forEach(e => e.textContent = '$0.00') })",
        ),
        "back `checkout`",
        "summary: the total reads $0.00, the stack says $97.00",
    ),
    Breakage(
        "a page that the browser's back button does not leave",
        script(OTO, "for (let n = 0; n < 3; n++) history.pushState(n, '')"),
        "back `checkout`",
        "page: this is a page of kind `oto`, and should be one of kind `checkout`",
    ),
]

WAYS = [
    Breakage(
        "a payment that returns to another page",
        swap(DEMO, 'href="/thank-you/', 'href="/downsell/'),
        "cancel `oto`",
        "simulated: paying leads to /downsell/?paid=oto&session_id=demo, "
        "and must to /thank-you/?paid=oto&session_id=demo",
    ),
    Breakage(
        "a payment that returns without its session",
        swap(DEMO, "&amp;session_id=demo", ""),
        "cancel `oto`",
        "simulated: paying leads to /thank-you/?paid=oto, and must to /thank-you/?paid=oto&session_id=demo",
    ),
    Breakage(
        "a payment that returns as another",
        swap(DEMO, "paid=oto", "paid=downsell"),
        "cancel `oto`",
        "simulated: paying leads to /thank-you/?paid=downsell&session_id=demo, and must to …",
    ),
    Breakage(
        "a cancelled payment that goes on",
        swap(DEMO, 'href="/oto/"', 'href="/thank-you/"'),
        "cancel `oto`",
        "simulated: cancelling leads to /thank-you/, and must to /oto/",
    ),
    Breakage(
        "a payment that cannot be cancelled",
        swap(DEMO, '<a [^>]*data-demo="cancel">.*?</a>', ""),
        "cancel `oto`",
        "simulated: cancelling leads to nowhere, and must to /oto/",
    ),
    Breakage(
        "a form without action",
        swap(LEAD, ' action="[^"]*"', ""),
        "page opening /lead-magnet/",
        "onwards: the form has no action: it would be sent to its own page",
    ),
    Breakage(
        "a form that leads to another page",
        swap(LEAD, 'action="[^"]*"', 'action="/about/"'),
        "page opening /lead-magnet/",
        "onwards: the form leads to /about/, and must to /sales/",
    ),
    Breakage(
        "a form that gives the address to somebody else",
        free(swap(LEAD, 'action="[^"]*"', 'action="https://list.example/join"')),
        ENTRY,
        "requests: the page asks for https://list.example/join?, which the site does not declare",
        ON_PHONE,
    ),
    Breakage(
        "a form of somebody else's that is never sent",
        both(
            swap(LEAD, 'action="[^"]*"', 'action="https://list.example/join"'),
            script(LEAD, "addEventListener('submit', (event) => event.preventDefault(), true)"),
        ),
        ENTRY,
        "ways: the form's button sends nothing to list.example",
        ON_PHONE,
    ),
    Breakage(
        "a form that writes the email into the address of the next page",
        swap(LEAD, 'id="fg-email" type="email"', 'id="fg-email" type="email" name="email"'),
        "page opening /lead-magnet/",
        "onwards: the form would write what is entered into the next page's address, where others can read it",
    ),
    Breakage(
        "a form left out",
        swap(LEAD, "<form.*?</form>", ""),
        "page opening /lead-magnet/",
        "onwards: there are 0 forms, and should be one",
    ),
    Breakage(
        "a form without its button",
        swap(LEAD, '<button class="btn" type="submit">.*?</button>', ""),
        ENTRY,
        "ways: …",
        ON_PHONE,
    ),
    Breakage(
        "the way from the sales page to the checkout left out",
        swap(SALES, 'href="/checkout/"', 'href="/about/"'),
        "page opening /sales/",
        "onwards: no link leads on to /checkout/",
    ),
    Breakage(
        "a page that is missing",
        gone(OTO),
        "path oto, accepted",
        "page: this is a page of kind `404`, and should be one of kind `oto`",
    ),
    Breakage(
        "a page that is missing, opened by itself",
        gone("privacy/index.html"),
        "page opening /privacy/",
        "ways: /privacy/ is answered with 404",
    ),
    Breakage(
        "a page that is empty",
        write(OTO, ""),
        "page opening /oto/",
        "page: this is no page that funnelgen made, and should be one of kind `oto`",
    ),
    Breakage(
        "a page of which only half arrived",
        lambda files: {**files, OTO: files[OTO][: files[OTO].index(b'<section class="offer"')]},
        "page opening /oto/",
        "buttons: the charge `oto` has 0 buttons that can be seen, and should have one",
    ),
    Breakage(
        "two pages that stand in each other's place",
        trade(OTO, "downsell/index.html"),
        "page opening /oto/",
        "page: this is a page of kind `downsell`, and should be one of kind `oto`",
    ),
    Breakage(
        "an address that leads to another page",
        both(gone(OTO), write("_redirects", "/oto/ /thank-you/ 302\n")),
        "page opening /oto/",
        "page: this is a page of kind `thank-you`, and should be one of kind `oto`",
    ),
    Breakage(
        "addresses that lead to each other for ever",
        both(gone(OTO), write("_redirects", "/oto/ /oto-2/ 302\n/oto-2/ /oto/ 302\n")),
        "page opening /oto/",
        "ways: the visitor could not go on: Page.goto: net::ERR_TOO_MANY_REDIRECTS…",
    ),
    Breakage(
        "a page that goes elsewhere by itself after a while",
        put(OTO, '<meta http-equiv="refresh" content="60;url=/thank-you/">', before="</head>"),
        "page opening /oto/",
        "onwards: the page goes elsewhere by itself: 60;url=/thank-you/",
    ),
    Breakage(
        "links that start from another host",
        free(put(SALES, '<base href="https://elsewhere.example/">', before="<title")),
        "page opening /sales/",
        "onwards: its links start from https://elsewhere.example/",
    ),
    Breakage(
        "a download that is missing",
        gone("files/*/launch-week-calendar.pdf"),
        "page opening /thank-you/",
        "links: /files/…",
        ON_PHONE,
    ),
    Breakage(
        "a link to a page that there is not",
        put(THANKS, '<p><a href="/welcome/">Begin here</a></p>'),
        "page opening /thank-you/",
        "links: /welcome/ is answered with 404",
        ON_PHONE,
    ),
    Breakage(
        "a page behind a payment that shows nothing to who opens it directly",
        script(THANKS, "if (!location.search) document.documentElement.hidden = true"),
        "page opening /thank-you/",
        "page: it has 0 main headings that can be read, and should have one",
        ON_PHONE,
    ),
]
