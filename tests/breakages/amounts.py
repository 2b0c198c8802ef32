"""Amounts that are not those of the stack, in every place where one stands."""

from __future__ import annotations

from .frame import BARE_ON_DESKTOP, Breakage, put, swap

SALES, CHECKOUT, OTO, DOWNSELL = (f"{name}/index.html" for name in "sales checkout oto downsell".split())
DEMO = "demo/checkout/sales-page-template/index.html"
TICKED = "cancel `checkout+sales-page-template`"

AMOUNTS = [
    Breakage(
        "a price altered on a button",
        swap(DOWNSELL, '(data-button="downsell".*?)>\\$79<', "\\1>$69<"),
        "page opening /downsell/",
        "buttons: the button `downsell` says $69, the stack says $79",
    ),
    Breakage(
        "a button without its amount",
        swap(OTO, '<span class="btn-sum">.*?</span>', ""),
        "page opening /oto/",
        "buttons: the button `oto` says no amount, and charges $400",
    ),
    Breakage(
        "a price altered beside the offer",
        swap(OTO, "</span>400</bdi>", "</span>450</bdi>"),
        "page opening /oto/",
        "price: the price reads $450, the stack says $400",
    ),
    Breakage(
        "the offer's price left out",
        swap(OTO, '<bdi class="amt".*?</bdi>', ""),
        "page opening /oto/",
        "price: the price stands there 0 times, and should once: $400",
    ),
    Breakage(
        "a second price beside the offer",
        swap(OTO, '(<p class="price">)(<bdi class="amt".*?</bdi>)', "\\1\\2 <s>\\2</s>"),
        "page opening /oto/",
        "price: the price stands there 2 times, and should once: $400",
    ),
    Breakage(
        "an old price beside the offer, crossed out",
        swap(OTO, '(<p class="price">)', '\\1<s><bdi data-amount="900.00" data-currency="USD">$900</bdi></s> '),
        "page opening /oto/",
        "amounts: it shows `$900` (900.00), and the stack has for this page: $400",
    ),
    Breakage(
        "the terms of a price left out",
        swap(OTO, '(<span class="terms"[^>]*>).*?</span>', "\\1</span>"),
        "page opening /oto/",
        "price: there are no terms beside the price",
    ),
    Breakage(
        "a price altered on the button at the top of the sales page",
        swap(SALES, "(<header.*?)>\\$97<", "\\1>$79<"),
        "page opening /sales/",
        "amounts: it shows `$79` where the stack says 97.00",
        BARE_ON_DESKTOP,
    ),
    Breakage(
        "a price altered below the headline",
        swap(SALES, "(hero-cta.*?)>\\$97<", "\\1>$197<"),
        "page opening /sales/",
        "amounts: it shows `$197` where the stack says 97.00",
    ),
    Breakage(
        "a price in another currency",
        swap(OTO, '(<bdi class="amt"[^>]*data-currency=)"USD"(><span class="cur">)\\$', '\\1"EUR"\\2€'),
        "page opening /oto/",
        "amounts: it shows `€400` in `EUR`, and the site sells in USD",
    ),
    Breakage(
        "a price beside the ordered thing that is another's",
        swap(CHECKOUT, '(class="item-price"><bdi data-amount=)"97.00"([^>]*>)\\$97', '\\1"27.00"\\2$27'),
        "page opening /checkout/",
        "price: `$27` stands beside the order, and Launch Your Course costs $97",
    ),
    Breakage(
        "a price altered in the title",
        swap(CHECKOUT, "<title>[^<]*</title>", "<title>Checkout: Launch Your Course for $79</title>"),
        "page opening /checkout/",
        "page: the title is `Checkout: Launch Your Course for $79`, and should be `Checkout: Launch Your Course`",
    ),
    Breakage(
        "a price altered in structured data",
        swap(SALES, '"price":"97.00"', '"price":"79.00"'),
        "page opening /sales/",
        "data: structured data says 79.00 USD, the stack says 97.00 USD",
    ),
    Breakage(
        "another currency in structured data",
        swap(SALES, '"priceCurrency":"USD"', '"priceCurrency":"EUR"'),
        "page opening /sales/",
        "data: structured data says 97.00 EUR, the stack says 97.00 USD",
    ),
    Breakage(
        "another offer in structured data",
        swap(SALES, '"@type":"Product","name":"[^"]*"', '"@type":"Product","name":"Alumni Circle"'),
        "page opening /sales/",
        "data: structured data calls the offer `Alumni Circle`, the stack `Launch Your Course`",
    ),
    Breakage(
        "structured data left out",
        swap(SALES, '<script type="application/ld\\+json">.*?</script>', ""),
        "page opening /sales/",
        "data: structured data has 0 products, and should have one",
    ),
    Breakage(
        "structured data that is torn",
        swap(SALES, '"@context":"https://schema.org",', '"@context":"https://schema.org,'),
        "page opening /sales/",
        "data: structured data cannot be read",
    ),
    Breakage(
        "structured data of a product on a page that sells nothing",
        put(
            "about/index.html",
            '<script type="application/ld+json">{"@type":"Product","name":"A","offers":{"price":"1.00"}}</script>',
            before="</head>",
        ),
        "page opening /about/",
        "data: structured data has a product on a page that sells none",
    ),
    Breakage(
        "a total that does not follow the bump",
        swap(CHECKOUT, ">\\$124\\.00<", ">$97.00<"),
        TICKED,
        "summary: the total reads $97.00, the stack says $124.00",
    ),
    Breakage(
        "a total altered",
        swap(CHECKOUT, '(data-fg="total"[^>]*>)\\$97\\.00<', "\\1$79.00<"),
        "page opening /checkout/",
        "summary: the total reads $79.00, the stack says $97.00",
    ),
    Breakage(
        "an amount altered in a row of the summary",
        swap(CHECKOUT, "<td>(<bdi[^>]*>)\\$97\\.00<", "<td>\\1$79.00<"),
        "page opening /checkout/",
        "summary: the summary says $79.00 for `Launch Your Course`, the stack says $97.00",
    ),
    Breakage(
        "a row of the summary left out",
        swap(CHECKOUT, '<tr class="row-1">.*?</tr>', ""),
        TICKED,
        "summary: `Sales Page Template` stands in the summary 0 times, and should once",
    ),
    Breakage(
        "a row in the summary that nobody ordered",
        put(CHECKOUT, "<tr><th>Service fee</th><td>$4.00</td></tr>", before="</tbody>"),
        "page opening /checkout/",
        "summary: the summary has 2 rows, and the charge 1",
    ),
    Breakage(
        "a bump's price altered beside its box",
        swap(CHECKOUT, "\\+ \\$27<", "+ $17<"),
        "page opening /checkout/",
        "bumps: no box to tick says `Sales Page Template` and $27",
    ),
    Breakage(
        "a total altered on the simulated checkout",
        swap(DEMO, '(data-fg="total"[^>]*>)\\$124\\.00<', "\\1$97.00<"),
        TICKED,
        "summary: the total reads $97.00, the stack says $124.00",
    ),
]
