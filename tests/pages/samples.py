"""One realistic page of every kind, as the compiler would hand it to the theme."""

# ruff: noqa: E501 (copy is easier to read and to compare unbroken)

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from funnelgen.pages import views as v

OPEN = "/glossary/order-bump/"


def dollars(value: str) -> v.Amount:
    """Return an amount in US dollars from "97.00"."""
    short = value.removesuffix(".00")
    return v.Amount(
        text=f"${value}", short=f"${short}", sign="$", number=short, sign_first=True, value=value, currency="USD"
    )


def page(kind: str, address: str, **parts: Any) -> v.Page:
    """Return a page of the sample site."""
    title = str(parts.pop("title"))
    head = v.Head(
        title=title,
        description=f"{title}, from the sample site of the tests.",
        canonical=f"https://harborlight.example{address}" if kind not in BEHIND_PAYMENT else "",
        noindex=kind in BEHIND_PAYMENT,
    )
    site = v.SiteView(
        name="Harborlight Course Studio",
        home="/",
        email="help@harborlight.example",
        menu=MENU if kind in FREE else (),
        legal=LEGAL,
        statement="HARBORLIGHT",
        seller="Seller: Harborlight Course Studio, 1 Example Wharf, Portland, Maine, USA",
    )
    return v.Page(kind=kind, address=address, lang="en", dir="ltr", head=head, site=site, **parts)


FREE = ("hub", "free", "glossary", "term", "legal", "404")
BEHIND_PAYMENT = ("tripwire", "checkout", "oto", "downsell", "thank-you", "404", "demo")
MENU = (
    v.Link(href="/glossary/", label="Glossary"),
    v.Link(href="/about/", label="About"),
    v.Link(href="/lead-magnet/", label="Free checklist"),
)
LEGAL = tuple(v.Link(href=f"/{name.lower()}/", label=name) for name in ("Terms", "Privacy", "Refunds", "Contact"))


def entries(*items: tuple[str, str, str]) -> tuple[v.Entry, ...]:
    """Return items from (label, title, text)."""
    return tuple(
        v.Entry(label=label, title=title, html=Markup(text if text.startswith("<") else f"<p>{text}</p>"))
        for label, title, text in items
    )


def progress(*names: str, now: int) -> tuple[v.Progress, ...]:
    """Return the steps of the header, `now` counted from 1."""
    states = ("done", "now", "next")
    return tuple(v.Progress(name=name, state=states[(n >= now) + (n > now)]) for n, name in enumerate(names, start=1))


def quote(id: str, who: str, text: str) -> v.Section:
    """Return a quote that says of itself that it is a sample."""
    return v.Section(kind="testimonial", id=id, title=who, html=Markup("<p>{}</p>").format(text), sample=True)


GUARANTEE = v.Section(
    kind="guarantee",
    id="thirty-days-to-decide",
    title="Thirty days to decide",
    html=Markup(
        "<p>Work through all of it. If it isn’t right for you, reply to your receipt within 30 days and the full amount "
        "comes back. No form to fill in.</p>"
    ),
)
MAREK = quote(
    "marek",
    "Marek D., physiotherapist",
    "I had a folder of notes for two years. Five weeks after module one I was teaching it to eleven people.",
)
AIKO = quote(
    "aiko", "Aiko T., voice coach", "Module four made me say the price out loud. That was the whole course for me."
)
FAQ = v.Section(
    kind="faq",
    id="before-you-decide",
    title="Before you decide",
    entries=entries(
        (
            "",
            "When can I start?",
            "Straight away. After payment you land on a page with the course link and the downloads.",
        ),
        ("", "How long does it take?", "Most people need six weeks at two evenings a week. Nothing expires."),
        (
            "",
            "Do I need an audience first?",
            "No. Module two is about finding ten people you already know how to reach.",
        ),
        ("", "What if it isn’t for me?", "Reply to your receipt within thirty days and the full amount comes back."),
    ),
)
PERSON = v.Section(
    kind="person",
    id="hello-im-nora",
    title="Hello, I’m Nora",
    html=Markup(
        "<p>I run Harborlight from a spare room above a boatyard. For nine years I helped other people’s courses get "
        "finished; this is the way through that kept working.</p>"
    ),
)
TICKS = (
    "Six video modules, 3 h 20 min in all",
    "A 48-page workbook to build as you go",
    "Captions, transcripts and audio versions",
    "Yours to keep, with every update",
)
PRICE = v.Price(
    amount=dollars("97.00"), terms="One payment in US dollars. No subscription. Lifetime access, starts at once."
)


def lead_magnet() -> v.Page:
    """Return the opt-in page."""
    return page(
        "lead-magnet",
        "/",
        title="The 12-Point Launch Checklist, free",
        eyebrow=("Free checklist", "One page"),
        headline=Markup("Open the doors <em>on purpose</em>, not by accident"),
        lede=Markup(
            "The 12-Point Launch Checklist shows what is missing before you sell. One page, twelve questions, one evening."
        ),
        art="reset",
        form=v.Form(
            action="/thank-you/",
            method="post",
            name="lead-magnet",
            field="email",
            netlify=True,
            label="Send me the checklist",
            note="You confirm by email first. Then one short letter on Thursdays; leave with one click.",
            privacy=v.Link(href="/privacy/", label="Privacy"),
        ),
        sections=(
            v.Section(
                kind="beats",
                id="what-happens-in-one-evening",
                title="What happens in one evening",
                entries=entries(
                    ("18:30", "Print", "Two sheets, double-sided. Or open it beside your outline."),
                    ("18:40", "Answer", "Twelve questions, four words each. What you can’t answer is what is missing."),
                    ("19:20", "Choose", "Circle the two gaps that would cost you a buyer this month."),
                    ("19:40", "Begin", "Put the first one in the calendar, with a date. Close the folder."),
                ),
            ),
            PERSON,
        ),
        quotes=(
            quote("priya", "Priya N., language teacher", "Question seven found the page I had forgotten to write."),
        ),
    )


def tripwire() -> v.Page:
    """Return the small offer right after the opt-in."""
    return page(
        "tripwire",
        "/starter/",
        title="The Starter Workbook",
        progress=progress("Checklist", "Optional", "Done", now=2),
        status=v.Status(
            title="Your checklist is on its way.",
            text="It is in your inbox within ten minutes, and here at once.",
            links=(v.Link(href="/downloads/launch-checklist.pdf", label="Download the checklist"),),
        ),
        art="mini",
        eyebrow=("While you wait",),
        headline=Markup("The <em>workbook</em> that goes with it"),
        lede=Markup(
            "Twelve short exercises, one for each point of the checklist, with a finished example beside every blank."
        ),
        offer=v.OfferCard(
            title="The Starter Workbook",
            ticks=("PDF, 32 pages, 4.1 MB", "Twelve exercises, ten minutes each", "Two finished examples to copy from"),
            price=v.Price(amount=dollars("9.00"), terms="One payment in US dollars. Download at once, yours to keep."),
            accept=v.PayButton(id="tripwire", href="/pay/tripwire/", label="Get the workbook", amount=dollars("9.00")),
            decline=v.Link(href="/sales/", label="No thanks, take me to the course"),
            risk="Full refund within 30 days.",
            note="You confirm the payment on the next page.",
        ),
        faq=v.Section(
            kind="faq",
            id="two-short-answers",
            title="Two short answers",
            entries=entries(
                (
                    "",
                    "Do I need it to use the checklist?",
                    "No. The checklist works alone; the workbook does the thinking with you.",
                ),
                ("", "Is it part of the course?", "No page of it is. The course has a workbook of its own."),
            ),
        ),
    )


def sales() -> v.Page:
    """Return the long page of the course."""
    get = v.Link(href="/checkout/", label="Get the course")
    return page(
        "sales",
        "/sales/",
        title="Launch Your Course, a six-module course",
        status=v.Status(
            title="Your checklist is on its way.", text="Look in your inbox in ten minutes.", target="checklist-sent"
        ),
        art="cover",
        eyebrow=("Self-paced course", "Six modules"),
        headline=Markup("Teach what you know to your <em>first ten</em> people"),
        lede=Markup(
            "Launch Your Course takes you from a folder of notes to a small course that is sold, taught and finished, "
            "in about six weeks of evenings."
        ),
        accept=get,
        sections=(
            v.Section(
                kind="recognise",
                id="you-may-recognise-one-of-these",
                title="You may recognise one of these",
                items=(
                    Markup(
                        "You have explained the same thing to so many clients that it is a course already. It just isn’t written down."
                    ),
                    Markup("You started one. It grew to forty lessons, and nobody has seen it."),
                    Markup("You don’t want to become a marketer to sell something that helps."),
                ),
            ),
            v.Section(
                kind="modules",
                id="six-modules-one-small-course",
                title="Six modules, one small course",
                entries=entries(
                    ("28 min", "The promise", "One sentence your course keeps. Everything else is cut."),
                    ("31 min", "Ten people", "Write to ten people you can already reach. No following needed."),
                    ("42 min", "The outline", "Five lessons, each ending with something done."),
                    ("26 min", "Price and date", "Pick both before the course exists, and say why."),
                    ("39 min", "Record", "A quiet room, a phone, two takes at most."),
                    ("34 min", "Launch week", "Seven days, one email a day, a closing date you mean."),
                ),
            ),
            v.Section(
                kind="fit",
                id="is-it-for-you",
                entries=entries(
                    (
                        "",
                        "It fits if you",
                        "<ul><li>already help people one to one</li><li>can give it two evenings a week</li>"
                        "<li>want ten students, not ten thousand</li></ul>",
                    ),
                    (
                        "",
                        "It doesn’t if you",
                        "<ul><li>are still looking for a topic</li><li>want someone to build it for you</li>"
                        "<li>need it live by Friday</li></ul>",
                    ),
                ),
            ),
            v.Section(
                kind="video",
                id="a-look-inside",
                title="A look inside",
                src="https://video.example/launch",
                captions="/assets/launch.txt",
                html=Markup("<p>Three minutes from module three, unedited.</p>"),
            ),
            PERSON,
        ),
        quotes=(MAREK, AIKO),
        offer=v.OfferCard(
            title="What you get",
            ticks=TICKS,
            price=PRICE,
            accept=get,
            risk="Full refund within 30 days.",
            note="You review the order on the next page.",
        ),
        guarantee=GUARANTEE,
        faq=FAQ,
    )


def checkout(bumps: int = 1) -> v.Page:
    """Return the checkout with none, one or two bumps."""
    combinations: tuple[tuple[str, str, str, str], ...] = (("if-0", "97.00", "", "checkout"),)
    if bumps:
        combinations += (("if-1", "124.00", "with the Sales Page Template", "checkout+sales-page-template"),)
    if bumps > 1:
        combinations += (
            ("if-2", "116.00", "with the Email Pack", "checkout+email-pack"),
            ("if-12", "143.00", "with the Template and the Email Pack", "checkout+sales-page-template+email-pack"),
        )
    offered = (
        v.Bump(
            number=1,
            label="Add the Sales Page Template",
            price="+ $27",
            pitch=Markup(
                "<p>A finished sales page with blanks where your course goes. Fill it in over one evening instead of facing an empty one.</p>"
            ),
            note="Optional. One payment, same 30-day guarantee. Ticking this makes the total $124.",
        ),
        v.Bump(
            number=2,
            label="Add the Email Pack",
            price="+ $19",
            pitch=Markup("Seven launch-week emails to rewrite in your own words."),
            note="Optional. One payment, same 30-day guarantee. It adds $19 to the total.",
        ),
    )[:bumps]
    rows: tuple[v.Row, ...] = (v.Row(name="Launch Your Course", amount=dollars("97.00")),)
    rows += (v.Row(name="Sales Page Template", amount=dollars("27.00"), bump=1),)[: min(bumps, 1)]
    rows += (v.Row(name="Email Pack", amount=dollars("19.00"), bump=2),)[: max(bumps - 1, 0)]
    return page(
        "checkout",
        "/checkout/",
        title="Checkout: Launch Your Course",
        progress=progress("Your order", "Payment", "Access", now=1),
        headline=Markup("Review your order"),
        item=v.Item(
            name="Launch Your Course",
            price=PRICE,
            promise="Six modules for turning a rough idea into a small course that is written, priced and ready to teach.",
            ticks=TICKS[:3],
            art="course",
        ),
        bumps=offered,
        summary=v.Summary(
            rows=rows,
            totals=tuple(v.Total(when=when, amount=dollars(value)) for when, value, *_ in combinations),
            label="Total today",
            tax="Local sales tax or VAT, where it applies, is shown on the next page before you pay.",
            safe="Card, Apple Pay or PayPal on a page hosted by Stripe. Nothing is charged until you confirm there.",
        ),
        pay=tuple(
            v.PayButton(
                id=id,
                href=f"/pay/{id}/",
                label="Continue to payment",
                amount=dollars(value),
                when=when,
                without_has=words,
            )
            for when, value, words, id in combinations
        ),
        guarantee=GUARANTEE,
        quotes=(MAREK,),
        faq=v.Section(kind="faq", id="faq", entries=FAQ.entries[:3]),
    )


def oto() -> v.Page:
    """Return the upgrade."""
    return page(
        "oto",
        "/oto/",
        title="Three strategy calls, an optional extra",
        progress=progress("Order", "Optional extra", "Access", now=2),
        status=v.Status(
            title="Your order is confirmed.", text="The receipt is in your inbox. This page is an optional extra."
        ),
        art="calls",
        eyebrow=("Before you start",),
        headline=Markup("Build it with <em>three calls</em> beside you"),
        lede=Markup(
            "Three private strategy calls with me, fifty minutes each, used whenever you get stuck in the next ninety days."
        ),
        sections=(
            v.Section(
                kind="beats",
                id="what-the-calls-are-for",
                entries=entries(
                    ("Call 1", "Shape", "Choose the one promise your course makes, and cut what doesn’t serve it."),
                    (
                        "Call 2",
                        "Price",
                        "Set the price, the dates and the first ten invitations. You send three while we talk.",
                    ),
                    ("Call 3", "Launch", "Read your launch week together, email by email, and fix the weak one."),
                ),
            ),
        ),
        offer=v.OfferCard(
            title="Three 1:1 strategy calls",
            ticks=(
                "A recording and written notes after each call",
                "Your questions answered by email in between",
                "Free to move a call up to 24 hours ahead",
            ),
            price=v.Price(
                amount=dollars("400.00"),
                terms="One payment, three calls to use within ninety days. Booked one by one they are $180 each.",
            ),
            accept=v.PayButton(id="oto", href="/pay/oto/", label="Add the three calls", amount=dollars("400.00")),
            decline=v.Link(href="/downsell/", label="No thanks, continue without the calls"),
            note="You confirm the payment on the next page.",
            risk="Full refund until the first call.",
        ),
        quotes=(
            quote(
                "joanne",
                "Joanne F., speech therapist",
                "In the second call we cut my outline in half. That is why it got finished.",
            ),
        ),
        faq=v.Section(
            kind="faq",
            id="two-fair-questions",
            title="Two fair questions",
            entries=entries(
                (
                    "",
                    "When do the calls take place?",
                    "You pick times from my calendar after payment: weekdays between 8 am and 6 pm Central European Time.",
                ),
                (
                    "",
                    "What if I finish the course first?",
                    "Use the remaining calls on anything in your practice. They stay valid for ninety days.",
                ),
            ),
        ),
    )


def downsell() -> v.Page:
    """Return the smaller alternative to the upgrade."""
    return page(
        "downsell",
        "/downsell/",
        title="Quick Wins Video Library, an optional extra",
        progress=progress("Order", "Optional extra", "Access", now=2),
        status=v.Status(title="Your order is confirmed.", text="Nothing was added. This is the last optional page."),
        eyebrow=("Without the calls",),
        headline=Markup("The same answers, <em>on video</em> instead of live"),
        lede=Markup(
            "Twenty-four short recordings of the questions that come up in the calls, sorted by the week in which they come up."
        ),
        sections=(
            v.Section(
                kind="compare",
                id="what-stays-what-goes",
                entries=entries(
                    (
                        "",
                        "What stays",
                        "<ul><li>the twenty-four questions asked most</li><li>the worked examples</li><li>lifetime access</li></ul>",
                    ),
                    ("", "What goes", "<ul><li>the live calls</li><li>feedback on your own pages</li></ul>"),
                ),
            ),
        ),
        offer=v.OfferCard(
            title="Quick Wins Video Library",
            ticks=("24 videos, 4 to 9 minutes each", "Captions and transcripts", "A search that finds the answer"),
            price=v.Price(amount=dollars("79.00"), terms="One payment in US dollars. Lifetime access, starts at once."),
            accept=v.PayButton(id="downsell", href="/pay/downsell/", label="Add the library", amount=dollars("79.00")),
            decline=v.Link(href="/thank-you/", label="No thanks, take me to my course"),
            risk="Full refund within 30 days.",
        ),
    )


def thank_you() -> v.Page:
    """Return the page on which everything bought is handed over."""
    return page(
        "thank-you",
        "/thank-you/",
        title="Thank you. Your course and downloads",
        art="done",
        headline=Markup("Thank you. <em>It’s all here.</em>"),
        status=v.Status(
            title="Payment received.",
            text="Your receipt and these same links are on their way by email. Your statement will show HARBORLIGHT.",
        ),
        deliverables=(
            v.DeliverableGroup(
                title="",
                items=(
                    v.Deliverable(
                        name="Launch Your Course",
                        about="Six modules. Opens in your browser.",
                        href="/members/",
                        download=False,
                        icon="course",
                        label="Open",
                    ),
                    v.Deliverable(
                        name="The launch workbook",
                        about="PDF, 48 pages, 6.2 MB",
                        href="/d/workbook.pdf",
                        download=True,
                        icon="doc",
                        label="Download",
                    ),
                ),
            ),
            v.DeliverableGroup(
                title="If you added the Sales Page Template",
                items=(
                    v.Deliverable(
                        name="Sales Page Template",
                        about="ZIP, 3 files, 1.2 MB",
                        href="/d/template.zip",
                        download=True,
                        icon="box",
                        label="Download",
                    ),
                ),
            ),
        ),
        sections=(
            v.Section(
                kind="next",
                id="what-happens-next",
                title="What happens next",
                entries=entries(
                    ("Today", "Watch the welcome", "Nine minutes. It tells you which module to skip."),
                    ("Tomorrow", "Module one by email", "A reminder with the first exercise attached."),
                    ("Day 7", "A note from me", "I ask one question. Reply, and I read it myself."),
                ),
            ),
        ),
        cross_sell=v.CrossSell(
            eyebrow="If you want company",
            title="The Alumni Circle",
            text="A small room for people building their first course: two live calls a month, a quiet forum, and my notes "
            "on one page of your work every month.",
            price=v.Price(
                amount=dollars("49.00"),
                per="a month",
                terms="Charged today, then on this date every month until you cancel. Cancel it yourself in two clicks; you "
                "keep the month you paid for.",
            ),
            ticks=(),
            accept=v.PayButton(id="thank-you", href="/pay/thank-you/", label="Join the Alumni Circle"),
            note="Not now? There is nothing to click. The door stays open.",
            art="circle",
        ),
    )


def hub() -> v.Page:
    """Return the site's front page."""
    return page(
        "hub",
        "/hub/",
        title="Harborlight Course Studio",
        art="reset",
        headline=Markup("Small courses, <em>finished</em>"),
        lede=Markup(
            "For people who help others one to one and want to teach ten at a time. No following needed, no forty lessons."
        ),
        sections=(
            v.Section(
                kind="ways",
                id="three-ways-in",
                entries=entries(
                    (
                        "Free",
                        "The launch checklist",
                        "<p>Twelve questions that show what is missing before you sell.</p><p><a href='/'>Get the checklist</a></p>",
                    ),
                    (
                        "$97",
                        "Launch Your Course",
                        "<p>From a folder of notes to a taught course in six weeks of evenings.</p><p><a href='/sales/'>See the course</a></p>",
                    ),
                    (
                        "By application",
                        "Strategy calls",
                        "<p>Three private calls while you build. Twelve people a year.</p><p><a href='/about/'>How they work</a></p>",
                    ),
                ),
            ),
            PERSON,
            v.Section(
                kind="prose",
                id="words",
                html=Markup(
                    "<h2 id='words-used-here'>Words used here</h2><p>A <a class='term' href='/glossary/tripwire/'>tripwire</a> is not a trap, and an "
                    "<a class='term' href='/glossary/order-bump/'>order bump</a> should never be ticked for you. The "
                    "<a href='/glossary/'>glossary</a> explains 41 words of this trade in one sentence each.</p>"
                ),
            ),
        ),
    )


def free() -> v.Page:
    """Return a free page."""
    return page(
        "free",
        "/about/",
        title="About Harborlight",
        headline=Markup("How Harborlight works"),
        lede=Markup("One course, a few calls, and a letter on Thursdays. That is the whole studio."),
        sections=(
            v.Section(
                kind="prose",
                id="prose-1",
                html=Markup(
                    "<h2 id='what-you-can-expect'>What you can expect</h2><p>Everything is written down: what a thing costs, how long it takes, what happens "
                    "when it doesn’t fit. If a page leaves a question open, that is a mistake of ours; <a href='mailto:help@harborlight.example'>tell us</a>.</p>"
                    "<ul><li>Answers within two working days.</li><li>No countdowns, and no “last chance”.</li><li>Refunds without a form.</li></ul>"
                    "<h3 id='in-numbers'>In numbers</h3><table><thead><tr><th scope='col'>What</th><th scope='col' class='num'>How much</th></tr></thead>"
                    "<tbody><tr><th scope='row'>Courses</th><td class='num'>1</td></tr><tr><th scope='row'>Letters a month</th><td class='num'>4</td></tr></tbody></table>"
                ),
            ),
            v.Section(
                kind="note",
                id="note-1",
                title="A word on tools",
                html=Markup(
                    "<p>The course works with whatever you have. A phone, a quiet room and a shared folder are enough for the first ten people.</p>"
                ),
            ),
            v.Section(
                kind="includes",
                id="what-is-free",
                title="What is free here",
                items=(
                    Markup("The launch checklist"),
                    Markup("The glossary, 41 words"),
                    Markup("The letter on Thursdays"),
                ),
            ),
            PERSON,
        ),
        free_offer=FREE_OFFER,
    )


FREE_OFFER = v.FreeOffer(
    title="Know what is missing",
    text="The 12-Point Launch Checklist is free: one page, twelve questions, one evening.",
    link=v.Link(href="/lead-magnet/", label="Get the checklist"),
)


def legal() -> v.Page:
    """Return a legal page."""
    names = ("What you buy", "Payment", "Refunds", "How to cancel", "Who we are")
    text = "".join(
        f"<h2 id='{name.lower().replace(' ', '-')}'>{name}</h2><p>You buy access to the material described on the sales page, for your own use. "
        "We keep it available for as long as we run the site, and tell you a month ahead if that ends.</p><p>Prices are in US dollars. "
        "The payment page shows local tax before you confirm. Questions go to help@harborlight.example.</p>"
        for name in names
    )
    return page(
        "legal",
        "/terms/",
        title="Terms of sale",
        headline=Markup("Terms of sale"),
        updated="November 21, 2026",
        contents=tuple(v.Link(href=f"#{name.lower().replace(' ', '-')}", label=name) for name in names),
        sections=(v.Section(kind="prose", id="prose-1", html=Markup(text)),),
    )


def glossary() -> v.Page:
    """Return the glossary's index."""
    words = {
        "A": (("Average order value", "What one buyer pays in all, on average, over every step of the path."),),
        "D": (
            ("Decline path", "Where a buyer goes who says no, which must be as easy to find as the yes."),
            ("Downsell", "A smaller version of an offer, shown once to those who declined the larger one."),
        ),
        "O": (
            ("One-time offer", "An upgrade shown on a page of its own, directly after a payment."),
            (
                "Order bump",
                "A small extra offered with one checkbox inside the checkout and charged in the same payment.",
            ),
        ),
        "T": (
            ("Take rate", "The share of those who saw an offer and accepted it."),
            ("Tripwire", "A small first purchase, offered right after an opt-in."),
        ),
    }
    return page(
        "glossary",
        "/glossary/",
        title="Glossary: the words of this trade",
        headline=Markup("The words of this trade"),
        lede=Markup("Seven terms, one sentence each, and two minutes more for those who want them."),
        letters=tuple(
            v.Letter(
                letter=letter,
                terms=tuple(
                    (v.Link(href=f"/glossary/{name.lower().replace(' ', '-')}/", label=name), definition)
                    for name, definition in words.get(letter, ())
                ),
            )
            for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        ),
        free_offer=FREE_OFFER,
    )


def term() -> v.Page:
    """Return one glossary term."""
    return page(
        "term",
        OPEN,
        title="Order bump: meaning and an example",
        headline=Markup("Order bump"),
        crumbs=(
            v.Link(href="/glossary/", label="Glossary"),
            v.Link(href="/glossary/#letter-15", label="O"),
            v.Link(href=OPEN, label="Order bump", current=True),
        ),
        term=v.Term(
            name="Order bump",
            kind="noun",
            also=("checkout add-on", "bump offer"),
            definition="A small extra offered with one checkbox inside the checkout and charged in the same payment.",
            differs=(
                v.Difference(
                    term="Upsell", href="/glossary/upsell/", how="comes after the first payment, on a page of its own"
                ),
                v.Difference(
                    term="Cross-sell", href="", how="is another kind of thing, offered once everything is delivered"
                ),
            ),
            part_of=v.Link(href="/", label="The offer stack"),
            related=tuple(
                v.Link(href=f"/glossary/{name.lower()}/", label=name) for name in ("Tripwire", "Take rate", "Downsell")
            ),
            reviewed="November 21, 2026",
            previous=v.Link(href="/glossary/one-time-offer/", label="One-time offer"),
            following=v.Link(href="/glossary/take-rate/", label="Take rate"),
        ),
        sections=(
            v.Section(
                kind="prose",
                id="prose-1",
                html=Markup(
                    "<h2 id='in-practice'>In practice</h2><p>Someone buys a course for $97. Between the order and the pay button stands one box: “Add the sales page "
                    "template, + $27”. If they tick it, the total says $124 before they pay. It is never ticked for them.</p>"
                ),
            ),
            v.Section(
                kind="example",
                id="one-order-with-numbers",
                title="One order, with numbers",
                html=Markup(
                    "<p>100 buyers × <strong>30 in 100</strong> × $27 = <strong>$810</strong> more, from one box.</p>"
                ),
            ),
            v.Section(
                kind="prose",
                id="prose-2",
                html=Markup(
                    "<h2 id='when-to-use-it'>When to use it</h2><p>When the extra saves the buyer work that the main thing causes, and one sentence is enough to see why.</p>"
                ),
            ),
            v.Section(kind="differs", id="how-it-differs"),
            v.Section(
                kind="prose",
                id="prose-3",
                html=Markup(
                    "<h2 id='the-common-mistake'>The common mistake</h2><p>Offering a second course. A bump that needs thinking about belongs on a page of its own, as a <a class='term' href='/glossary/one-time-offer/'>one-time offer</a>.</p>"
                ),
            ),
        ),
        free_offer=FREE_OFFER,
    )


def not_found() -> v.Page:
    """Return the 404."""
    return page(
        "404",
        "/404.html",
        title="This page isn’t here",
        art="mini",
        headline=Markup("This page isn’t here"),
        lede=Markup("The address may have a typing error, or the page has moved."),
        free_offer=FREE_OFFER,
    )


def demo() -> v.Page:
    """Return the simulated payment page."""
    return page(
        "demo",
        "/_demo/checkout/",
        title="Demonstration payment",
        headline=Markup("Where the payment page would be"),
        demo=v.Demo(
            rows=(
                v.Row(name="Launch Your Course", amount=dollars("97.00")),
                v.Row(name="Sales Page Template", amount=dollars("27.00")),
            ),
            total=dollars("124.00"),
            terms=PRICE.terms,
            pay=v.Link(href="/oto/?paid=checkout", label="Pretend to pay $124.00"),
            cancel=v.Link(href="/checkout/", label="Cancel and go back"),
        ),
    )


SAMPLES = {
    sample.kind: sample
    for sample in (
        lead_magnet(),
        tripwire(),
        sales(),
        checkout(),
        oto(),
        downsell(),
        thank_you(),
        hub(),
        free(),
        legal(),
        glossary(),
        term(),
        not_found(),
        demo(),
    )
}
