"""Pictures and videos: are they there for those who cannot see or hear them?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from funnelgen.checks.rule import Finding, Subject, found
from funnelgen.checks.texts import Text, items_of, options_of
from funnelgen.site.writing import Copy, Term

_IMAGE = re.compile(r"!\[((?:[^\[\]]|\[[^\[\]]{0,300}\]){0,1000})\](?=[(\[])")
_NO_WORDS = re.compile(
    r"(?:image|img|picture|pic|photo|bild|foto|imagen|imagem|screenshot|untitled|dsc)?[\s_.-]*\d*"
    r"|[^\s]+\.(?:jpe?g|png|gif|webp|avif|svg)",
    re.IGNORECASE,
)
_SAY = "say in a few words what it shows"


def missing_alt(subject: Subject) -> Iterator[Finding]:
    """A picture has no words for those who cannot see it.

    Screen readers, search engines and a phone with a slow line have the alternative text in the picture's place. WCAG
    2.2 asks for it at its lowest level (1.1.1), and the European Accessibility Act (Directive 2019/882) asks online
    shops for that, but for the smallest. A file's name ("IMG_1234.jpg") or "photo" is no text.

    A picture that only decorates may have an empty text in HTML. Copy cannot tell that apart from a forgotten one, and
    what decorates is the theme's business, so an empty text is found as well. A block's `alt: ""` is taken at its word;
    elsewhere write `allow: {missing-alt: it only decorates}`.

    Fires:

    ```markdown copy/sales.md
    ---
    image: assets/cover.svg
    ---
    ![](assets/cover.svg)
    ```

    ```text assets/cover.svg
    <svg xmlns="http://www.w3.org/2000/svg"/>
    ```

    Mended:

    ```markdown copy/sales.md
    ---
    image: assets/cover.svg
    alt: The workbook, open at page two
    ---
    ![Six modules as a path](assets/cover.svg)
    ```
    """
    files = subject.site.files  # one that is not there has a finding of its own
    for stack in subject.site.stacks:
        for offer in stack.offers.values():
            if offer.image in files and _says_nothing(offer.alt):
                key = "alt" if offer.alt else "image"
                yield found(_message(offer.alt), offer.places.at(key), f"add `alt:`: {_SAY}", offer)
    for copy in (*subject.site.copy.values(), *subject.site.pages.values()):
        front = copy.front
        if front.image in files and _says_nothing(front.alt):
            key = "alt" if front.alt else "image"
            yield found(_message(front.alt), front.places.at(key), f"add `alt:`: {_SAY}", front)
    for item in items_of(subject.site):
        yield from _in_blocks(subject, item)
    for text in subject.bodies:
        for image in _IMAGE.finditer(text.prose):
            if _says_nothing(image[1]):
                place = text.at(image.start(), len(image[0]))
                yield found(_message(image[1].strip()), place, f"{_SAY}, between the brackets", text.about)


def missing_captions(subject: Subject) -> Iterator[Finding]:
    """A video has no captions or transcript.

    Many people watch without sound: in a train, beside a sleeping child, or because they do not hear. WCAG 2.2 asks for
    captions at its lowest level (1.2.2). Where they are part of the video itself, say so in an `allow:`.

    Fires:

    ```markdown copy/sales.md
    /// video | A short look
        src: https://video.example.org/look

    A minute and a half.
    ///
    ```

    Mended:

    ```markdown copy/sales.md
    /// video | A short look
        src: https://video.example.org/look
        captions: https://video.example.org/look.txt

    A minute and a half.
    ///
    ```
    """
    for item in items_of(subject.site):
        for block in item.blocks:
            if block.name == "video" and block.options.get("src") and not block.options.get("captions"):
                help = "add `captions:` with the captions' file (.vtt), or the transcript's file or address"
                yield found("a video without captions", block.span, help, item.front)


def _in_blocks(subject: Subject, item: Copy | Term) -> Iterator[Finding]:
    """The pictures that blocks name as options."""
    for block in item.blocks:
        for option in ("image", "poster"):
            path, alt = block.options.get(option), block.options.get("alt")
            if path in subject.site.files and alt != "" and _says_nothing(alt):
                text = Text(
                    alt or str(path), options_of(item, block), "", subject.sources, role=option, about=item.front
                )
                place = text.at(0, len(text.text))
                yield found(_message(alt), place, f"add `alt:` below it: {_SAY}", item.front)


def _says_nothing(alt: str | None) -> bool:
    return not alt or bool(_NO_WORDS.fullmatch(alt.strip()))


def _message(alt: str | None) -> str:
    return f"`{alt}` does not say what the picture shows" if alt else "a picture without words for it"
