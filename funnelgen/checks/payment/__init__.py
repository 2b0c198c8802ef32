"""FG4, payment: does every button charge, with the right kind of link, in the right mode?"""

from __future__ import annotations

from funnelgen.checks.payment import codes, days, embeds, hosts, links, placeholders, prose, secrets, waiting
from funnelgen.checks.rule import Rule
from funnelgen.diagnostics import Severity

E, W = Severity.ERROR, Severity.WARNING

RULES = (
    Rule("FG401", "missing-site-url", E, placeholders.missing_site_url),
    Rule("FG402", "missing-link", E, links.missing_link),
    Rule("FG403", "unknown-button", E, links.unknown_button),
    Rule("FG404", "insecure-link", E, links.insecure_link),
    Rule("FG405", "test-link-live", E, hosts.test_link_live),
    Rule("FG406", "live-link-test", E, hosts.live_link_test),
    Rule("FG407", "unknown-host", E, hosts.unknown_host),
    Rule("FG408", "same-link", E, links.same_link),
    Rule("FG409", "published-secret", E, secrets.published_secret),
    Rule("FG410", "example-address", E, placeholders.example_address),
    Rule("FG411", "shared-mode-link", W, links.shared_mode_link),
    Rule("FG412", "idle-host", W, hosts.idle_host),
    Rule("FG413", "placeholder-link", E, placeholders.placeholder_link),
    Rule("FG414", "missing-variable", E, links.missing_variable),
    Rule("FG415", "discount-not-carried", E, codes.discount_not_carried),
    Rule("FG416", "foreign-code", E, codes.foreign_code),
    Rule("FG417", "sale-dates", W, days.sale_dates),
    Rule("FG418", "idle-closing", W, days.idle_closing),
    Rule("FG419", "nowhere-to-wait", E, waiting.nowhere_to_wait),
    Rule("FG420", "wrong-embed", E, embeds.wrong_embed),
    Rule("FG421", "payment-in-copy", W, prose.payment_in_copy),
)
