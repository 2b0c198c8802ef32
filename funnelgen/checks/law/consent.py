"""The opt-in form: does it say what happens to the address, and ask before more is sent?"""

from __future__ import annotations

from collections.abc import Iterator

from funnelgen.checks.law.market import front_of, magnets, market_span
from funnelgen.checks.law.words import first, language, sentences
from funnelgen.checks.rule import Finding, Subject, found, note
from funnelgen.checks.texts import Text


def silent_form(subject: Subject) -> Iterator[Finding]:
    """The form of a lead magnet does not say what happens to the address.

    Who gives an address wants to know what comes, how often, and how it stops; then the right people give theirs. In
    the EU and the UK it is the law: the purpose is named where data is collected (article 13 of the GDPR). `note:` in
    the page's copy stands under the form, with a link to `legal.privacy` beside it. A draft is left in peace until it
    goes live or `sells_to` names the EU or the UK. funnelgen gives no legal advice.

    Fires:

    ```yaml site.yaml
    name: Small Studio
    tax: included
    sells_to: [UK]
    legal: {terms: index, privacy: index, refunds: index}
    ```

    ```markdown copy/lead-magnet.md
    ---
    headline: Know where to begin
    ---
    ```

    Mended:

    ```diff copy/lead-magnet.md
    - headline: Know where to begin
    + headline: Know where to begin
    + note: The guide opens on the next page. We keep your address for nothing else.
    ```
    """
    config = subject.site.config
    for node in magnets(subject):
        front = front_of(subject, node)
        if not front or not front.note:
            copy = subject.site.copy.get((node.stack, node.step.id))
            help = f"add `note:` to {copy.file}, with what is sent, how often, and how it stops" if copy else ""
            help = help or "say it in `note:` of the page's copy: what is sent, how often, and how it stops"
            about = (front, node.step) if front else (node.step,)
            message = "the form does not say what happens to the address"
            yield found(message, node.step.places.span, help, *about, only_live=not config.european)


def bundled_consent(subject: Subject) -> Iterator[Finding]:
    """The form of a lead magnet signs visitors up for more than they asked for, where the EU or the UK protects them.

    Further mail needs a consent of its own, freely given: articles 4(11) and 7 of the GDPR, article 13 of Directive
    2002/58/EC, in the UK regulation 22 of the Privacy and Electronic Communications Regulations 2003. A box that comes
    ticked is no consent (Court of Justice, C-673/17), and neither is a sentence under the button. `consent:` in the
    page's copy puts a box beside the form, unticked, with those words; the free thing is given either way. Where the
    letters are the free thing itself, allow it with that reason. funnelgen gives no legal advice.

    Fires:

    ```yaml site.yaml
    name: Small Studio
    tax: included
    sells_to: [UK]
    legal: {terms: index, privacy: index, refunds: index}
    ```

    ```markdown copy/lead-magnet.md
    ---
    note: The guide opens on the next page. After that you get our newsletter.
    ---
    ```

    Mended:

    ```diff copy/lead-magnet.md
    - note: The guide opens on the next page. After that you get our newsletter.
    + note: The guide opens on the next page. We write to you only if you tick the box.
    + consent: Send me the newsletter too, about twice a month.
    ```
    """
    config = subject.site.config
    if not config.european:
        return
    for node in magnets(subject):
        front, spoken = front_of(subject, node), language(subject.site.locale_of(node.stack))
        if not spoken or not front or not front.note or front.consent:
            continue
        place = front.places.at("note")
        text = Text(front.note, place, node.stack, subject.sources, role="note", about=front)
        for start, sentence in sentences(front.note):
            more = first("letter", sentence, spoken)
            if more and not first("none", sentence, spoken):
                span = text.at(start + more.start(), more.end() - more.start())
                notes = note(market_span(subject, "EU", "UK"), "there it needs a consent of its own")
                help = "add `consent:`, the words of a box that comes unticked"
                message = f"`{sentence[more.start() : more.end()]}` comes without being asked for"
                yield found(message, span, help, front, node.step, notes=notes)
                break
