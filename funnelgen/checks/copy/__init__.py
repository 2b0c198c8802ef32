"""FG3, copy: do words, links, files and terms refer to something that is there?"""

from __future__ import annotations

from funnelgen.checks.copy import files, links, terms, words
from funnelgen.checks.rule import Rule
from funnelgen.diagnostics import Severity

E = Severity.ERROR

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
)
