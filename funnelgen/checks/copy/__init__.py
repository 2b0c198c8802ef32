"""FG3, copy: is what words, links and terms refer to there, and is everything there that a page needs?"""

from __future__ import annotations

from funnelgen.checks.copy import (
    blocks,
    drafts,
    files,
    headings,
    links,
    parts,
    pictures,
    pitch,
    quotes,
    search,
    terms,
    words,
)
from funnelgen.checks.rule import Rule
from funnelgen.diagnostics import Severity

E, W, A = Severity.ERROR, Severity.WARNING, Severity.ADVICE

RULES = (
    Rule("FG301", "unknown-word", E, words.unknown_word),
    Rule("FG302", "broken-link", E, links.broken_link),
    Rule("FG303", "unsafe-link", E, links.unsafe_link),
    Rule("FG304", "raw-html", E, words.raw_html),
    Rule("FG305", "missing-file", E, files.missing_file),
    Rule("FG306", "unknown-page", E, links.unknown_page),
    Rule("FG307", "unknown-term", E, terms.unknown_term),
    Rule("FG308", "undefined-term", E, terms.undefined_term),
    Rule("FG309", "shared-term", E, terms.shared_term),
    Rule("FG310", "bump-pitch", W, pitch.bump_pitch),
    Rule("FG311", "missing-pitch", W, pitch.missing_pitch),
    Rule("FG312", "oto-structure", W, parts.oto_structure),
    Rule("FG313", "thin-offer", W, parts.thin_offer),
    Rule("FG314", "heading-order", W, headings.heading_order),
    Rule("FG315", "missing-alt", W, pictures.missing_alt),
    Rule("FG316", "missing-description", A, search.missing_description),
    Rule("FG317", "long-title", A, search.long_title),
    Rule("FG318", "long-description", A, search.long_description),
    Rule("FG319", "sample-quote", W, quotes.sample_quote),
    Rule("FG320", "unrecorded-quote", A, quotes.unrecorded_quote),
    Rule("FG321", "empty-block", W, blocks.empty_block),
    Rule("FG322", "lost-block", W, blocks.lost_block),
    Rule("FG323", "missing-captions", A, pictures.missing_captions),
    Rule("FG324", "placeholder-text", W, drafts.placeholder_text),
)
