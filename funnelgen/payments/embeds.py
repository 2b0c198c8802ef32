"""What `embed_live:` in links.yaml may say of a button, by its provider."""

from __future__ import annotations

import re
from typing import Literal

from funnelgen.payments.provider import Embed


def things_in(text: str) -> list[str]:
    """What a line names: `pri_1 + pri_2` is two things."""
    return [thing.strip() for thing in text.split("+")]


def fits(embed: Embed, text: str, lines: int) -> bool:
    """Whether a line names what the provider opens, for a charge of so many lines."""
    things = things_in(text)
    return len(things) == (lines if embed.several else 1) and all(re.fullmatch(embed.thing, it) for it in things)


def key_fits(embed: Embed, key: str, mode: Literal["live", "test"]) -> bool:
    """Whether a public key is one of the provider's, in that mode."""
    return bool(re.fullmatch(embed.key.replace("MODE", mode), key))
