"""What is to be known about each problem of reading (family FG0), as `funnelgen.explain` reads it."""

from __future__ import annotations

from collections.abc import Mapping

DOCS: Mapping[str, str] = {
    "FG001": """\
A YAML file, or the front matter of a copy file, cannot be read.

A quote, a bracket, a colon or the indentation is not where YAML needs it, so nothing that the file says can be used
or checked. The place is where it was noticed; the mistake stands there or shortly before. Most often it is a text
with a colon and a space in it, which needs quotes, or a tab, where YAML takes only spaces. Files that would make a
reader work for ever (aliases within aliases, endless nesting) are refused under this code too.

Fires:

```yaml site.yaml
name: Small Studio
description: Courses: small ones
```

Mended:

```diff site.yaml
- description: Courses: small ones
+ description: "Courses: small ones"
```
""",
    "FG002": """\
A value has a YAML tag (`!!int`, `!!python/object`), which is never obeyed.

A tag tells a reader of YAML to turn a text into something else; some readers even run code for it, so that a file
from somebody else could do anything on your computer. Here a value is always the text that you wrote, and its key
decides what it means.

Fires:

```yaml site.yaml
name: !!str Small Studio
```

Mended:

```diff site.yaml
- name: !!str Small Studio
+ name: Small Studio
```
""",
    "FG003": """\
A key is given twice, and only one of its values can count.

Other readers of YAML take the last one without a word. With two prices on one offer that would be the price that the
page shows, while you look at the other.

Fires:

```yaml site.yaml
name: Small Studio
currency: USD
currency: EUR
```

Mended:

```diff site.yaml
- currency: USD
- currency: EUR
+ currency: EUR
```
""",
    "FG004": """\
A key, or a kind of step, does not exist.

A misspelt key would be passed over, and what you wrote under it would be on no page: a refund promise, a price, a way
to say no. Inside brackets a key may also be the rest of a text that a comma cut off: put such a text in quotes. What
follows from a misspelt key is not reported as well: it is read as the key that was most likely meant.

Fires:

```yaml site.yaml
name: Small Studio
sellr: {name: Small Studio Ltd}
```

Mended:

```diff site.yaml
- sellr: {name: Small Studio Ltd}
+ seller: {name: Small Studio Ltd}
```
""",
    "FG005": """\
Something is missing that a page cannot be made without.

A site needs its name, an offer the name that buyers know it by, a step the offer that it shows, and something to
deliver a file or an address. Nothing sensible could stand in its place.

Fires:

```yaml site.yaml
url: https://small.example
```

Mended:

```diff site.yaml
- url: https://small.example
+ name: Small Studio
+ url: https://small.example
```
""",
    "FG006": """\
A key has a value that it cannot have.

An amount is digits with at most one point and no sign of a currency, so that no reader can take it for another
number; an id and an address have lower-case letters, digits and hyphens; a web address begins with `https://`; some
keys know only a few words. A value that is not understood is refused, not guessed: a guess would end up on a page, or
in a price.

Fires:

```yaml site.yaml
name: Small Studio
tax: include
```

Mended:

```diff site.yaml
- tax: include
+ tax: included
```
""",
    "FG007": """\
A file cannot be read: its bytes are no text, or it is far too large, or it may not be opened.

Texts are UTF-8, which every editor can save. A file in another encoding would show its letters wrongly (cafÃ© for
café), and characters that no editor shows could hide something. A text of more than 2 MB is no copy.

Fires:

```bytes copy/sales.md
In the caf\\xe9 around the corner.
```

Mended:

```markdown copy/sales.md
In the café around the corner.
```
""",
    "FG008": """\
The name of a file cannot be one on every computer, cannot become an address, or leads out of the site.

The names of pages become their addresses, so they have lower-case letters, digits and hyphens: capitals and spaces in
an address are mistyped and look alike when they are not. Some names cannot exist on Windows (`aux.png`). A link to a
file outside the folder would publish what does not belong to the site.

Fires:

```markdown pages/About_Us.md
We make small courses.
```

Mended:

```remove pages/About_Us.md
```

```markdown pages/about-us.md
We make small courses.
```
""",
    "FG009": """\
A file that the site needs is missing, or one stands there that nothing reads.

A site has either stack.yaml or, for several audiences, files in stacks/. Files of settings end in `.yaml`: a
`links.yml` would silently not be read, and the site would go online with simulated payments.

Fires:

```yaml links.yml
live: {checkout: "https://buy.stripe.com/abc"}
```

Mended:

```remove links.yml
```

```yaml links.yaml
live: {checkout: "https://buy.stripe.com/abc"}
```
""",
    "FG010": """\
The front matter of a copy file does not begin on the first line, or does not end.

Front matter stands between two lines of three hyphens at the very top. Otherwise your headline and title would be
read as prose and stand on the page as they were typed, or the whole page would be taken for settings.

Fires:

```markdown copy/sales.md
---
headline: Know where to begin

What the course is.
```

Mended:

```diff copy/sales.md
- headline: Know where to begin
+ headline: Know where to begin
+ ---
```
""",
    "FG011": """\
A block, or an option of one, does not exist.

Blocks are how a page knows a quote from a question. One that is misspelt has no place on the page: its words would be
lost, or stand there as typed, slashes and all.

Fires:

```markdown copy/sales.md
/// testimonal | Dana R., course creator
I finished it in five weeks.
///
```

Mended:

```diff copy/sales.md
- /// testimonal | Dana R., course creator
+ /// testimonial | Dana R., course creator
```
""",
    "FG012": """\
A block is not written as one: it has no end, closes nothing, has no items where it needs some, or its options are text.

A block ends with a line of slashes, as many as it began with. Without it, everything below would become part of the
block. The items of a list of questions, modules or steps each begin with a heading, `### …`. Options stand right below
the first line, each indented by four spaces; otherwise `source: email of 3 March` would be part of the quote.

Fires:

```markdown copy/sales.md
/// faq
### How long does it take?
Six weeks.
```

Mended:

```diff copy/sales.md
- Six weeks.
+ Six weeks.
+ ///
```
""",
    "FG013": """\
A paragraph opens brackets by the hundred and closes none, or lists stand dozens deep inside one another.

It is a slip of a paste or a script: nobody could read it. To make a page of it would take seconds or minutes, since
the end of every bracket is looked for, and the page would show the signs and not the words.

Fires:

```markdown copy/sales.md
[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
```

Mended:

```markdown copy/sales.md
What the course is.
```
""",
}
"""By code. A title, why it matters, an example and the same example mended."""
