"""FG6, output: is what is published light, readable, and all there?"""

from __future__ import annotations

from funnelgen.checks.output import colours, content, drawings, files, fonts, language, pages, pictures, weight
from funnelgen.checks.output.pictures import unreadable
from funnelgen.checks.output.theme import BROKEN_THEME, broken_theme, no_theme
from funnelgen.checks.rule import Rule
from funnelgen.diagnostics import Severity

W, A = Severity.WARNING, Severity.ADVICE

RULES = (
    Rule("FG602", "page-weight", W, weight.page_weight, of_output=True),
    Rule("FG603", "heavy-image", W, pictures.heavy_image),
    Rule("FG605", "duplicate-title", W, pages.duplicate_title, of_output=True),
    Rule("FG606", "low-contrast", W, colours.low_contrast, of_output=True),
    Rule("FG607", "unused-file", A, files.unused_file),
    Rule("FG608", "blocked-content", W, content.blocked_content),
    Rule("FG609", "letters-without-font", A, fonts.letters_without_font, of_output=True),
    Rule("FG610", "font-weight-budget", W, fonts.font_weight_budget, of_output=True),
    Rule("FG611", "unreadable-image", Severity.ERROR, pictures.unreadable_image),
    Rule("FG612", "small-image", W, pictures.small_image, of_output=True),
    Rule("FG613", "untranslated", W, language.untranslated, of_output=True),
    Rule("FG614", "page-too-heavy", Severity.ERROR, weight.page_too_heavy, of_output=True),
    Rule("FG615", "unknown-drawing", W, drawings.unknown_drawing, of_output=True),
)

__all__ = ["BROKEN_THEME", "RULES", "broken_theme", "no_theme", "unreadable"]
