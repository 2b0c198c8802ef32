"""Pictures: can they be read, are they large enough for their place, and light where they stay as they are?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from funnelgen.checks.output.files import Use, uses_of
from funnelgen.checks.rule import Finding, Subject, found
from funnelgen.diagnostics import Diagnostic, Severity
from funnelgen.funnel.graph import Funnel
from funnelgen.site.models import Site
from funnelgen.site.pictures import NoPicture

HEAVIEST = 300_000  # bytes of a picture


def heavy_image(subject: Subject) -> Iterator[Finding]:
    """A picture that is published as it is has more than 300 KB.

    Photos are made small by the build, however large they come. A drawing (SVG) and a moving picture (GIF, WebP) stay
    as they are. Over a slow phone connection (1.6 Mbit/s) 300 KB take a second and a half, paid from the visitor's
    data. The limit is a rule of thumb: a drawing that is heavier holds a photo or was traced from one, and a moving
    picture is a tenth of its size as a video.

    Fires:

    ```yaml site.yaml
    name: Small Studio
    ```

    ```size assets/cover.svg
    1200000 bytes
    ```

    ```markdown copy/sales.md
    ---
    image: assets/cover.svg
    alt: The six workbooks of the course
    ---
    What the course is.
    ```

    Mended:

    ```size assets/cover.svg
    90000 bytes
    ```
    """
    for path, places in _shown(subject).items():
        size = subject.site.files[path].size
        picture = subject.picture(path) if size > HEAVIEST else None
        if picture is None or isinstance(picture, NoPicture) or picture.kind == "photo":
            continue
        shown = f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{-(-size // 1000)} KB"
        message = f"`{path}` has {shown} and is published as it is, {HEAVIEST // 1000} KB is plenty for a picture"
        help = "make a `/// video` of it" if picture.kind == "moving" else "save it as PNG: a build makes that small"
        yield found(message, places[0].place(), help, *(use.about for use in places))


def unreadable_image(subject: Subject) -> Iterator[Finding]:
    """A file that is to be shown as a picture is none, or none that can be read.

    A build makes every photo anew, upright and in the sizes that pages show, so it has to be able to read it: JPEG,
    PNG, WebP, AVIF, GIF, TIFF and BMP, and SVG, which stays as it is. What an iPhone takes by itself (HEIC) few
    browsers show, and nothing reads it everywhere. A picture of more than 120 megapixels would need more memory than
    many hosts give. A file that only breaks off in its middle is found when the site is built.

    Fires:

    ```markdown copy/sales.md
    ---
    image: assets/cover.jpg
    alt: The six workbooks of the course
    ---
    What the course is.
    ```

    ```text assets/cover.jpg
    The place of a picture, saved by mistake.
    ```

    Mended:

    ```picture assets/cover.jpg
    1600 x 1200 pixels
    ```
    """
    for path, places in _shown(subject).items():
        picture = subject.picture(path)
        if isinstance(picture, NoPicture) and subject.site.files[path].readable:
            yield found(f"`{path}` {picture.wrong}", places[0].place(), picture.remedy)


def small_image(subject: Subject) -> Iterator[Finding]:
    """A photo has fewer pixels than its place on the page, so that it looks blurred.

    A photo fills the theme's frame, and is never made larger than it is: what it lacks, the browser makes up. A good
    screen shows twice as many pixels as is asked for here. Pictures between the words of copy have no frame, and stand
    in their own size.

    Fires:

    ```markdown copy/sales.md
    ---
    image: assets/cover.png
    alt: The six workbooks of the course
    ---
    What the course is.
    ```

    ```picture assets/cover.png
    160 x 120 pixels
    ```

    Mended:

    ```picture assets/cover.png
    1600 x 1200 pixels
    ```
    """
    assert subject.built is not None
    wanted: dict[str, int] = {}
    for framed in subject.built.framed:
        picture = subject.picture(framed.path)
        if not isinstance(picture, NoPicture) and picture.kind == "photo":
            shown = framed.shown(picture.width, picture.height)
            if picture.width < shown:
                wanted[framed.path] = max(shown, wanted.get(framed.path, 0))
    places = _shown(subject) if wanted else {}
    for path, width in wanted.items():
        picture = subject.picture(path)
        assert not isinstance(picture, NoPicture)
        message = f"`{path}` is {picture.width} pixels wide, and stands up to {width} wide"
        help = f"take one that is at least {width} pixels wide, {2 * width} for good screens"
        yield found(message, places[path][0].place(), help, *(use.about for use in places[path]))


def unreadable(site: Site, funnel: Funnel, path: str, why: NoPicture, *, sources: Mapping[str, str]) -> Diagnostic:
    """The diagnostic for a picture that a build could not read to its end."""
    subject = Subject(site, funnel, mode="demo", sources=sources, rules=())
    return Diagnostic(
        code="FG611",
        name="unreadable-image",
        severity=Severity.ERROR,
        message=f"`{path}` {why.wrong}",
        span=_shown(subject)[path][0].place(),
        help=why.remedy,
    )


def _shown(subject: Subject) -> Mapping[str, list[Use]]:
    """Where each file is shown as a picture that is there."""
    shown: dict[str, list[Use]] = {}
    for use in uses_of(subject):
        if use.is_picture and use.path in subject.site.files:
            shown.setdefault(use.path, []).append(use)
    return shown
