"""A site with much of everything, and what the other two lack: a membership, photos, a video, long words."""

from __future__ import annotations

from pathlib import Path

from ..photos import photo
from .sites import write_files

MODULES = 12
DELIVERABLES = 9
LONG = "Rechtsschutzversicherungsgesellschaften"
"""A word that no line of a phone has room for beside another."""

SITE = """\
name: The Evening Studio
url: https://evening-studio.internal
locale: en-GB
currency: JPY
tax: included
theme: daybreak
menu: [about, glossary]
description: A place to work on something of one’s own, one evening a week.
seller: {name: The Evening Studio, address: 3 Example Road, email: help@evening-studio.internal, country: JP}
legal: {terms: terms, privacy: privacy, refunds: refunds}
"""
STACK = f"""\
audience: people who test what there is much of

offers:
  circle:
    name: The Evening Circle
    category: membership
    price: 4900
    every: month
    trial: 14
    promise: One quiet evening a week for the thing that you keep putting off.
    shape: A meeting each Thursday evening, and a library.
    includes: [A meeting each Thursday, The whole library, Somebody who reads what you send]
    access: Starts at once, for as long as you stay.
    refund: Full refund within 14 days.
    deliver:
      - {{url: "https://members.evening-studio.internal/circle", label: Open the circle}}
{"".join(f"      - sheet-{n}.txt{chr(10)}" for n in range(1, DELIVERABLES))}
  year:
    name: A Year of Readings
    category: coaching
    pay: 3 x 29000
    promise: Somebody reads what you made, four times a year.
    shape: Four readings with a written answer.
    includes: [Four readings, A written answer each time]
    access: Begins with the first meeting.
    refund: Full refund within 30 days.
    deliver: [{{url: "https://members.evening-studio.internal/year", label: Choose the dates}}]
  one:
    name: One Reading
    category: coaching
    price: 19000
    promise: One reading, one answer.
    shape: One reading with a written answer.
    access: Begins with the first meeting.
    refund: Full refund within 30 days.
    deliver: [{{url: "https://members.evening-studio.internal/one", label: Choose a date}}]

steps:
  - sales: circle
  - checkout: circle
  - oto: year
    downsell: one
  - thank-you:
"""
SALES = f"""\
---
eyebrow: Membership
headline: One evening a week for *what you keep putting off*
subhead: A meeting each Thursday, a library, and somebody who reads what you send.
accept: Join the circle
image: assets/wide.jpg
alt: The six workbooks on a table
description: A meeting each Thursday evening for people who make something beside their work.
---
/// recognise | You may know this

- You have begun three times, and stopped in the second week each time.
- {LONG} is a word that you have to write down often.

///

/// modules | A year of evenings

MONTHS
///

## What a month looks like

Four Thursdays: one to plan, two to work, one to show. A table says when.

| week | what | how long |
|---|---|---|
| first | planning | 60 min |
| second and third | working, with the cameras off | 120 min |
| fourth | showing | 90 min |

![A desk by the window](assets/tall.jpg)

> Nobody has to show anything.

1. Come in.
2. Say what you will do tonight.
3. Do it.

/// beats | An evening, hour by hour

### Arrive | 19:00
Say in one sentence what you will do.

### Work | 19:10
Cameras off.

///

/// video | A short look
    src: https://www.youtube.com/watch?v=dQw4w9WgXcQ
    poster: assets/wide.jpg
    alt: The first evening on a screen
    captions: https://videos.evening-studio.internal/look.txt

A minute and a half.
///

/// note | Time zones

Meetings are at 19:00 in Lisbon, and are recorded.

///

/// fit | Is it for you?

### It fits if you

- have something that you want to make

### It doesn’t if you

- want somebody to make it for you

///

/// testimonial | A potter
    sample: true

I came to plan, and stayed to work.

///

/// person | Who is there
    image: assets/tall.jpg
    alt: Somebody at a desk

Two people who did the same beside their work, for years.
///

/// guarantee | Two weeks to look around

Write within 14 days, and all comes back.

///

/// faq | Before you join

### How do I leave?
In two clicks, on the page where you joined.

### What if I miss an evening?
It is recorded.

///
"""
MONTHS = "".join(
    f"### Month {n} | 4 evenings\nWhat was begun in the month before is shown to the others.\n\n"
    for n in range(1, MODULES + 1)
)
OTO = """\
---
headline: Somebody who *reads it*
accept: Add a year of readings
decline: No thanks, continue without the readings
---
/// compare | With and without

### The circle

- Meetings
- The library

### The year

- Four readings
- A written answer

///
"""
FREE = f"""\
---
headline: About the studio, {LONG} and evenings
description: Who makes the evenings, for whom, and what they cost.
---
/// example | What it costs

    4900 × 12 = 58800

///

| word | meaning | a figure that is long | one more column |
|---|---|---|---|
| {LONG} | an insurer | 1,234,567,890 | `unbreakable_name_of_something` |

See <https://evening-studio.internal/a/very/long/address/that/never/ends/and/goes/on/and/on/for/ever>.
"""
HUB = """\
---
headline: Evenings for what you make
description: A place to work on something of one’s own, one evening a week.
---
/// ways | Ways in

### Join

A meeting each week.

[See the circle](step:sales)

### Read

What the words mean.

[The glossary](page:about)

///
"""
PAGE = "---\nheadline: {}\nupdated: 2026-03-01\n---\n## First\n\nWhat you buy is yours.\n\n## Second\n\nWrite to us.\n"
FILES = {
    "site.yaml": SITE,
    "stack.yaml": STACK,
    "copy/checkout.md": "---\naccept: Continue to payment\n---\n",
    "copy/sales.md": SALES.replace("MONTHS\n", MONTHS),
    "copy/oto.md": OTO,
    "copy/downsell.md": "---\naccept: Add one reading\ndecline: No thanks, continue\n---\n",
    "copy/thank-you.md": "/// next | What happens now\n\n### Today\n\nOpen it.\n\n### Thursday\n\nCome in.\n\n///\n",
    "pages/index.md": HUB,
    "pages/about.md": FREE,
    **{f"pages/{name}.md": PAGE.format(name.title()) for name in ("terms", "privacy", "refunds")},
    "glossary/evening.md": f"---\nterm: Evening\ndefinition: A part of a day.\nalso: [{LONG}]\n---\nAfter work.\n",
    "glossary/reading.md": "---\nterm: Reading\ndefinition: Somebody looks at it.\n---\nAnd answers.\n",
    **{f"downloads/sheet-{n}.txt": f"Sheet {n}\n" for n in range(1, DELIVERABLES)},
}


def write_studio(folder: Path) -> Path:
    """Write the site into a new folder."""
    write_files(folder, FILES)
    (folder / "assets").mkdir()
    (folder / "assets/wide.jpg").write_bytes(photo(2000, 1125))
    (folder / "assets/tall.jpg").write_bytes(photo(1000, 1600))
    return folder
