"""How pages look, as far as site.yaml says it beyond a theme and a brand colour: a site's own fonts and colours."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from funnelgen.site.base import Model, says
from funnelgen.site.kinds import Colour


def _written(pattern: str, what: str, example: str) -> Meta:
    return Meta(max_length=100, pattern=pattern, extra={"what": what, "help": f"write it as in `{example}`"})


Family = Annotated[str, _written(r"^[A-Za-z][A-Za-z0-9_ -]*$", "the name of a font", "Literata")]
FontFile = Annotated[
    str, _written(r"^[A-Za-z0-9_][A-Za-z0-9_/-]*\.(woff2|woff|ttf|otf)$", "a font's file", "literata.woff2")
]
Weight = Annotated[str, _written(r"^[1-9]\d{0,2}( [1-9]\d{0,2})?$", "a weight", "300 700")]
Token = Annotated[str, _written(r"^[a-z][a-z0-9-]*$", "the name of a token", "accent-ink")]


class Font(Model, frozen=True, kw_only=True):
    """A font of the site's own, in the place of the theme's."""

    family: Annotated[Family, says("What the font is called.", "Literata")]
    file: Annotated[FontFile, says("Its file in theme/fonts/, with all its letters.", "literata.woff2")]
    weight: Annotated[Weight, says("Its weight, or from which to which.", "300 700")]
    style: Annotated[Literal["normal", "italic"], says("Whether it is upright or italic.")] = "normal"
    role: Annotated[Literal["text", "display"], says("Whether it is for text or for headings alone.")] = "text"


class Tokens(Model, frozen=True, kw_only=True):
    """Colours that are not to be derived from the brand colour, by token; each is checked."""

    light: Annotated[dict[Token, Colour], says("On light pages, and on dark ones where `dark` has no other.")] = {}
    dark: Annotated[dict[Token, Colour], says("On dark pages.")] = {}
