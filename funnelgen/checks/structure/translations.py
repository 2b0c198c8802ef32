"""Stacks that are one funnel in several languages: does each page have its counterpart?"""

from __future__ import annotations

from collections.abc import Iterator

from funnelgen.checks.rule import Finding, Subject, found, misspelt, note
from funnelgen.diagnostics import Span
from funnelgen.funnel.translations import original, page_in
from funnelgen.site.models import Site, Stack
from funnelgen.site.steps import in_order

LEGAL = ("terms", "privacy", "refunds", "imprint", "contact", "withdrawal")


def wrong_translation(subject: Subject) -> Iterator[Finding]:
    """`same_as:` names no stack of which this one could be a translation.

    It leads search engines from a page in one language to the same page in another, so that each reader is shown the
    right one. For that it names another stack, by its file's name; two that name each other say of neither which was
    first; and two in one locale are two funnels for the same readers, between which no search engine could choose.

    Fires:

    ```remove stack.yaml
    ```

    ```yaml stacks/launch.yaml
    audience: people who test
    offers:
      course: {name: The Course, price: 97}
    steps:
      - checkout: course
      - thank-you:
    ```

    ```yaml stacks/kurs.yaml
    audience: Menschen, die prüfen
    locale: de
    same_as: lunch
    offers:
      course: {name: Der Kurs, price: 97}
    steps:
      - checkout: course
      - thank-you:
    ```

    Mended:

    ```remove stack.yaml
    ```

    ```diff stacks/kurs.yaml
    - same_as: lunch
    + same_as: launch
    ```
    """
    site = subject.site
    names = [stack.name for stack in site.stacks if stack.name]
    taken: dict[tuple[str, str], Stack] = {}
    for stack in sorted(site.stacks, key=lambda stack: stack.same_as is not None):
        span = stack.places.at("same_as")
        family = original(site, stack)
        if stack.same_as and stack.same_as not in names:
            help, fix = misspelt(stack.same_as, [name for name in names if name != stack.name], span)
            yield found(f"no stack is called `{stack.same_as}`", span, help, fix=fix)
        elif stack.same_as == stack.name:
            yield found(f"`{stack.name}` is a translation of itself", span, "name the stack that was there first")
        elif stack.same_as and family is stack:
            help = "take `same_as:` away from the one that was there first"
            yield found(f"the translations of `{stack.name}` lead in a circle", span, help)
        elif stack.locale or not stack.places.has("locale"):  # else loading refused it
            other = taken.setdefault((family.name, site.locale_of(stack.name)), stack)
            if other is not stack:
                message = f"`{stack.name}` and `{other.name}` are one funnel, both in `{site.locale_of(stack.name)}`"
                notes = note(other.places.at("locale") if other.locale else Span(other.file), "the other one")
                where = stack.places.at("locale") if stack.locale else span
                yield found(message, where, "give each a `locale:` of its own", notes=notes)


def uneven_translation(subject: Subject) -> Iterator[Finding]:
    """A step of a stack has no counterpart in its translation.

    Two steps are one page in two languages where their ids are the same. Where one has none, its readers in the other
    language are shown nothing in theirs. It may well be meant: a market with one offer fewer. Then allow it, with
    that reason, in the translation.

    Fires:

    ```remove stack.yaml
    ```

    ```yaml stacks/launch.yaml
    audience: people who test
    offers:
      course: {name: The Course, price: 97}
    steps:
      - sales: course
      - checkout: course
      - thank-you:
    ```

    ```yaml stacks/kurs.yaml
    audience: Menschen, die prüfen
    locale: de
    same_as: launch
    offers:
      course: {name: Der Kurs, price: 97}
    steps:
      - checkout: course
      - thank-you:
    ```

    Mended:

    ```remove stack.yaml
    ```

    ```diff stacks/kurs.yaml
    -   - checkout: course
    +   - sales: course
    +   - checkout: course
    ```
    """
    for stack, first in _translated(subject.site):
        own = {step.id: step for step in in_order(stack)}
        theirs = {step.id: step for step in in_order(first)}
        lacking = [id for id in theirs if id not in own]
        if lacking:
            message = f"`{stack.name}` has no counterpart of {_listed(lacking)}"
            notes = note(theirs[lacking[0]].places.span, f"a step of `{first.name}`")
            help = "add the step, with the same id, or allow it with the reason"
            yield found(message, stack.places.at("same_as"), help, stack, notes=notes)
        for id, step in own.items():
            if id not in theirs:
                message = f"`{id}` has no counterpart in `{first.name}`"
                help = f"give it the id of the step that it translates: {_listed(lacking or list(theirs))}"
                yield found(message, step.places.span, help, step, stack)


def foreign_legal(subject: Subject) -> Iterator[Finding]:
    """Pages in one language lead to legal pages in another.

    Who reads and buys in one language is asked to agree to terms in it; terms that a buyer cannot read hardly bind. The
    links in the footer say in which language the page is. A page of the same name in the stack's own folder takes its
    place: `pages/kurs/terms.md` for the pages of `stacks/kurs.yaml`. funnelgen gives no legal advice.

    Fires:

    ```remove stack.yaml
    ```

    ```yaml site.yaml
    name: Small Studio
    legal: {terms: terms}
    ```

    ```markdown pages/terms.md
    What you agree to.
    ```

    ```yaml stacks/kurs.yaml
    audience: Menschen, die prüfen
    locale: de
    offers:
      course: {name: Der Kurs, price: 97}
    steps:
      - checkout: course
      - thank-you:
    ```

    Mended:

    ```remove stack.yaml
    ```

    ```markdown pages/kurs/terms.md
    Wozu Sie ja sagen.
    ```
    """
    site = subject.site
    named = dict.fromkeys(filter(None, (getattr(site.config.legal, key) for key in LEGAL)))
    for stack in site.stacks:
        locale = site.locale_of(stack.name)
        if locale.partition("-")[0] == site.config.locale.partition("-")[0] or not stack.name:
            continue
        foreign = [name for name in named if name in site.pages and page_in(site.pages, name, stack.name) == name]
        if foreign:
            message = f"pages in `{locale}` lead to legal pages in `{site.config.locale}`: {_listed(foreign)}"
            files = " and ".join(f"pages/{stack.name}/{name}.md" for name in foreign[:2])
            more = " and so on" if len(foreign) > 2 else ""
            yield found(message, stack.places.at("locale"), f"write {files}{more}", stack, site.config)


def _translated(site: Site) -> Iterator[tuple[Stack, Stack]]:
    """Every translation, with the stack that it is one of."""
    for stack in site.stacks:
        first = original(site, stack)
        if first is not stack:
            yield stack, first


def _listed(ids: list[str]) -> str:
    return ", ".join(f"`{id}`" for id in ids)
