"""The way past an offer: gone, hidden, hard to take, or leading elsewhere."""

from __future__ import annotations

from .frame import ON_PHONE, Breakage, style, swap

OTO = "oto/index.html"
DECLINE = '(<a class="decline".*?</a>)'
UNSEEN = "decline: there are 0 ways to decline that can be seen, and should be 1"
COVERED = "decline: something lies over the way to decline, or it takes no press"

DECLINES = [
    Breakage(
        "a decline left out",
        swap(OTO, DECLINE, ""),
        "page opening /oto/",
        UNSEEN,
    ),
    Breakage(
        "a decline folded away",
        swap(OTO, DECLINE, "<details><summary>More</summary>\\1</details>"),
        "page opening /oto/",
        UNSEEN,
    ),
    Breakage(
        "a decline that fades to nothing",
        style(OTO, ".decline{opacity:0}"),
        "page opening /oto/",
        UNSEEN,
    ),
    Breakage(
        "a decline twice",
        swap(OTO, DECLINE, "\\1 \\1"),
        "page opening /oto/",
        "decline: there are 2 ways to decline that can be seen, and should be 1",
    ),
    Breakage(
        "a decline that leads back",
        swap(OTO, 'href="/downsell/"', 'href="/checkout/"'),
        "page opening /oto/",
        "decline: declining leads to /checkout/, and must to /downsell/",
    ),
    Breakage(
        "a decline that skips the downsell",
        swap(OTO, 'href="/downsell/"', 'href="/thank-you/"'),
        "page opening /oto/",
        "decline: declining leads to /thank-you/, and must to /downsell/",
    ),
    Breakage(
        "a decline that buys",
        swap(OTO, 'href="/downsell/"', 'href="/demo/oto/"'),
        "page opening /oto/",
        "decline: declining leads to /demo/oto/, and must to /downsell/",
    ),
    Breakage(
        "a decline that is no link",
        swap(OTO, 'href="/downsell/"', ""),
        "page opening /oto/",
        "decline: declining leads to nowhere, and must to /downsell/",
    ),
    Breakage(
        "a decline as a button without effect",
        swap(OTO, '<a class="decline"[^>]*>(.*?)</a>', '<button type="button" data-fg="decline">\\1</button>'),
        "path oto, declined",
        "decline: declining leads to nowhere, and must to /downsell/",
        ON_PHONE,
    ),
    Breakage(
        "a decline that the keyboard does not reach",
        swap(OTO, 'data-fg="decline"', 'data-fg="decline" tabindex="-1"'),
        "page opening /oto/",
        "decline: the keyboard does not reach the way to decline",
    ),
    Breakage(
        "a decline on a part of the page that is switched off",
        swap(OTO, DECLINE, "<div inert>\\1</div>"),
        "page opening /oto/",
        "decline: the keyboard does not reach the way to decline",
    ),
    Breakage(
        "a decline that is too low for a thumb",
        style(OTO, ".decline{min-block-size:0!important;padding:0!important;font-size:14px;line-height:20px}"),
        "page opening /oto/",
        "decline: the way to decline is 20 px high, and must be 44",
    ),
    Breakage(
        "a decline in letters that nobody can read",
        style(OTO, ".decline{font-size:3px!important;min-block-size:44px!important}"),
        "page opening /oto/",
        "decline: the words of the way to decline are 3 px high, and nobody can read them",
    ),
    Breakage(
        "a decline whose words are moved out of the page",
        style(OTO, ".decline{text-indent:-9999px;overflow:hidden}"),
        "page opening /oto/",
        "decline: the way to decline says nothing",
    ),
    Breakage(
        "a decline without words",
        swap(OTO, '(data-fg="decline">)[^<]*', "\\1"),
        "page opening /oto/",
        "decline: the way to decline says nothing",
    ),
    Breakage(
        "a decline in the colour of the page",
        style(OTO, ".decline{color:#fff!important;background:#fff!important}"),
        "page opening /oto/",
        "axe: color-contrast: Elements must meet minimum color contrast ratio thresholds…",
        ON_PHONE,
    ),
    Breakage(
        "a decline that something covers",
        style(
            OTO,
            ".offer-b{position:relative}.offer-b::after{content:'';position:absolute;inset:50% 0 0;background:#fff}",
        ),
        "page opening /oto/",
        COVERED,
    ),
    Breakage(
        "a decline that takes no press",
        style(OTO, ".decline{pointer-events:none}"),
        "page opening /oto/",
        COVERED,
    ),
    Breakage(
        "a decline beside the screen",
        style(OTO, ".decline{position:absolute;left:-9999px}"),
        "page opening /oto/",
        COVERED,
    ),
    Breakage(
        "a decline below the second screen of a phone",
        style(OTO, ".decline{margin-block-start:2000px!important}"),
        "page opening /oto/",
        "decline: the way to decline ends …",
    ),
]
