"""Checkouts within the page: what pages say of them, and what the policy then allows, where, and nowhere else."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from funnelgen.pages.promises import GUARD
from funnelgen.payments import PROVIDERS, Provider
from funnelgen.payments.embeds import fits, key_fits, things_in
from funnelgen.pipeline import Failed, Output

from .html import Document
from .sites import ROOT, SMALL, Files, built, pages_of, site

LINKS = {
    "Stripe": ("https://buy.stripe.com/test_abc", "https://buy.stripe.com/test_def"),
    "Paddle": ("https://sandbox-pay.paddle.io/abc", "https://sandbox-pay.paddle.io/def"),
    "Lemon Squeezy": ("https://studio.lemonsqueezy.com/buy/abc", "https://studio.lemonsqueezy.com/buy/def"),
}
THINGS = {
    "Stripe": ("key: pk_test_51abc", "buy_btn_1abc", "buy_btn_1def"),
    "Paddle": ("key: test_51abc", "pri_01abc", "pri_01abc + pri_01def"),
    "Lemon Squeezy": ("", "overlay", "overlay"),
}
EMBEDDING = [provider for provider in PROVIDERS if provider.EMBED]
every = pytest.mark.parametrize("provider", EMBEDDING, ids=lambda p: p.NAME)


def with_embeds(name: str, *, both: bool = True) -> Files:
    """Links of a provider in test mode, with checkouts within the page."""
    (plain, bumped), (key, first, second) = LINKS[name], THINGS[name]
    more = f", checkout+template: {second}" if both else ""
    text = f"test: {{checkout: '{plain}', checkout+template: '{bumped}'}}\n"
    return {"links.yaml": f"{text}embed_test:\n  {key or '# no key'}\n  buttons: {{checkout: {first}{more}}}\n"}


def policy_of(policy: str) -> dict[str, list[str]]:
    """The directives of a policy, each with its sources."""
    return {name: sources for name, *sources in (directive.split() for directive in policy.split("; "))}


def policy_built(output: Output) -> dict[str, list[str]]:
    """The directives of the policy of all pages of a build."""
    (line,) = re.findall(r"Content-Security-Policy: (.*)", output.files["_headers"].decode())
    return policy_of(line)


@every
def test_pages_with_a_checkout_load_its_script_and_all_keep_their_links(provider: Provider, tmp_path: Path) -> None:
    output = built(site(tmp_path, with_embeds(provider.NAME)), "test")
    pages = pages_of(output)
    (script,) = [s for s in Document(pages["checkout/index.html"]).all("script") if s.get("data-provider")]
    assert script.get("data-provider") == provider.NAME
    assert provider.EMBED
    assert script.get("data-script") == provider.EMBED.script
    buttons = json.loads(script.get("data-buttons") or "")
    assert list(buttons) == ["checkout", "checkout+template"]
    assert buttons["checkout+template"]["things"] == things_in(THINGS[provider.NAME][2])
    assert buttons["checkout"]["returns"] == "/thank-you/?paid=checkout"
    assert all(f'href="{link}"' in pages["checkout/index.html"] for link in LINKS[provider.NAME])
    assert [name for name, html in pages.items() if "data-provider" in html] == ["checkout/index.html"]


@every
def test_the_policy_has_what_it_needs_and_other_pages_take_scripts_back(provider: Provider, tmp_path: Path) -> None:
    output = built(site(tmp_path, with_embeds(provider.NAME)), "test")
    policy = policy_built(output)
    assert provider.EMBED
    for directive, origins in provider.EMBED.policy.items():
        assert set(origins) <= set(policy[directive])
    assert policy["script-src"][0] == "'self'"
    for name, html in pages_of(output).items():
        assert (GUARD in html) == (name != "checkout/index.html"), name
        assert "<script" not in html.partition(GUARD)[0] or GUARD not in html


def test_who_paid_comes_back_to_the_copy_of_the_site_that_they_are_on(tmp_path: Path) -> None:
    nowhere = "".join(line for line in str(SMALL["site.yaml"]).splitlines(True) if not line.startswith("url:"))
    page = pages_of(built(site(tmp_path, {**with_embeds("Paddle"), "site.yaml": nowhere}), "test"))[
        "checkout/index.html"
    ]
    (script,) = [s for s in Document(page).all("script") if s.get("data-provider")]
    returns = {id: it["returns"] for id, it in json.loads(script.get("data-buttons") or "").items()}
    assert returns == {
        "checkout": "/thank-you/?paid=checkout",
        "checkout+template": "/thank-you/?paid=checkout%2Btemplate",
    }


@pytest.mark.parametrize("mode", ["demo", "live"])
def test_another_mode_has_none_of_it(mode: str, tmp_path: Path) -> None:
    live = "live: {checkout: https://buy.stripe.com/abc, checkout+template: https://buy.stripe.com/def}\n"
    files = {"links.yaml": live + str(with_embeds("Stripe")["links.yaml"]), "site.yaml": SMALL["site.yaml"]}
    output = built(site(tmp_path, files), "demo" if mode == "demo" else "live")
    assert "frame-src" not in policy_built(output)
    assert not [name for name, data in output.files.items() if b"js.stripe.com" in data or b"http-equiv" in data]


def test_buttons_without_one_are_links(tmp_path: Path) -> None:
    page = pages_of(built(site(tmp_path, with_embeds("Stripe", both=False)), "test"))["checkout/index.html"]
    (script,) = [s for s in Document(page).all("script") if s.get("data-provider")]
    assert list(json.loads(script.get("data-buttons") or "")) == ["checkout"]


LOADING = '{% if page.embed %}\n{{ script("embed", page.embed) }}\n{% endif %}\n'


@pytest.mark.parametrize(
    ("line", "lost", "remedy"),
    [
        (LOADING, "lost the script that opens checkouts within the page", '`{{ script("embed", page.embed) }}`'),
        (GUARD, "`/lead-magnet/` lost the line that keeps a provider's script off the page", f"`{GUARD}`"),
    ],
    ids=["script", "guard"],
)
def test_a_layout_of_the_sites_own_from_before_there_were_any_is_told(
    line: str, lost: str, remedy: str, tmp_path: Path
) -> None:
    layout = (ROOT / "themes" / "base" / "templates" / "layout.html").read_text(encoding="utf-8")
    assert line in layout
    site(tmp_path, {**with_embeds("Paddle"), "theme/templates/layout.html": layout.replace(line, "")})
    with pytest.raises(Failed) as failed:
        built(tmp_path, "test")
    told = failed.value.diagnostic
    assert told.message.endswith(lost)
    assert told.span
    assert told.span.file == "theme/templates/layout.html"
    assert remedy in (told.help or "")
    assert built(tmp_path, "demo"), "without such a checkout the old one will do"


@every
def test_what_is_named_must_be_what_the_provider_opens(provider: Provider) -> None:
    embed, (key, first, second) = provider.EMBED, THINGS[provider.NAME]
    assert embed
    assert fits(embed, first, 1)
    assert fits(embed, second, 2)
    assert not any(fits(embed, text, 1) for text in ("", "checkout", f"{first}'", f"{first} {first}", f"x{first}"))
    if key:
        public = key.removeprefix("key: ")
        assert key_fits(embed, public, "test")
        assert not key_fits(embed, public, "live")
        assert not key_fits(embed, "sk_" + public, "test")
