"""What every model has: a place, and words for editors."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct, field

from funnelgen.site.kinds import Line
from funnelgen.site.places import Places


class Model(Struct, frozen=True, kw_only=True):
    """Base of all models."""

    places: Places = field(default_factory=Places)


def says(description: str, *examples: str) -> Meta:
    """The words that an editor shows for a key."""
    return Meta(description=description, examples=list(examples) or None)


Allowed = Annotated[
    dict[str, Annotated[Line, Meta(extra={"help": "write the reason why it is right here"})]],
    says("Warnings that are right here, by the rule's name, each with its reason."),
]
