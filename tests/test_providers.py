"""The contract that every payment provider's module keeps, and the law of what is added to a link."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnelgen.funnel.cart import Line
from funnelgen.money import parse_money, zero
from funnelgen.payments import PROVIDERS, Provider, generic, provider_at, provider_of, stripe
from funnelgen.payments.parameters import ELSEWHERE, ParameterError, code_in, taken, with_parameters, wrongly_added
from funnelgen.site.kinds import wrong_url

from .parameters import Case, cases
from .sites import ROOT

ALL: tuple[Provider, ...] = (*PROVIDERS, generic)
every = pytest.mark.parametrize("provider", ALL, ids=lambda p: p.NAME)
anything = st.text(max_size=300)
campaigns = st.dictionaries(st.sampled_from(["utm_source", "utm_campaign", "utm_term", "host"]), anything)


def link_of(provider: Provider) -> str:
    """A link as the provider gives them out; for the generic one, at a host of the seller's."""
    begins = provider.BEGINS if provider.HOSTS else "https://pay.studio.internal/"
    return re.sub("STORE|ACCOUNT|NAME", "studio", begins) + "a1b2c3"


@every
def test_a_link_that_begins_as_it_says_is_the_providers(provider: Provider) -> None:
    link = link_of(provider)
    assert provider_at(link, ["pay.studio.internal"]) is provider
    assert wrong_url(link) is None
    assert provider.is_test(urlsplit(link)) in (False, None)


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda p: p.NAME)
def test_hosts_belong_to_one_provider_and_lie_in_its_domains(provider: Provider) -> None:
    for host in provider.HOSTS:
        assert any(f".{host.lstrip('.')}".endswith(f".{domain}") for domain in provider.DOMAINS)
        assert all(host not in other.HOSTS for other in PROVIDERS if other is not provider)


def test_a_host_of_ones_own_is_generic_and_no_other_is() -> None:
    assert provider_at("https://pay.studio.internal/a", ["Pay.Studio.Internal"]) is generic
    assert provider_at("https://buy.stripe.com/a", ["buy.stripe.com"]) is stripe
    assert provider_at("https://pay.stranger.internal/a", ["pay.studio.internal"]) is None


@every
def test_it_says_in_words_what_a_seller_does_by_hand(provider: Provider) -> None:
    for words in (provider.WHERE, provider.TEST, provider.RETURN.set_it):
        assert words
        assert not words.endswith(".")
    assert provider.RETURN.session == "" or provider.RETURN.per_link


@every
def test_parameters_have_names_of_their_own_and_limits(provider: Provider) -> None:
    known = provider.PARAMETERS
    parameters = [p for p in (known.email, known.discount, known.reference, *known.campaign.values()) if p]
    assert len({p.name for p in parameters}) == len(parameters)
    assert all(p.longest > 0 and (not p.allowed or re.fullmatch(p.allowed, "a")) for p in parameters)


@every
def test_what_an_embedded_checkout_loads_are_origins_of_the_provider(provider: Provider) -> None:
    if provider.EMBED is None:
        return
    assert set(provider.EMBED.policy) == {"script-src", "frame-src"}
    for origin in (*provider.EMBED.scripts, *provider.EMBED.frames):
        host = origin.removeprefix("https://").removeprefix("*.")
        assert re.fullmatch(r"https://(\*\.)?[a-z.-]+", origin)  # no path, no `;`: it becomes part of a header
        assert any(f".{host}".endswith(f".{domain}") for domain in provider.DOMAINS)


@given(provider=st.sampled_from(ALL), email=anything, discount=anything, reference=anything, campaign=campaigns)
def test_nothing_added_changes_where_a_link_leads(
    provider: Provider, email: str, discount: str, reference: str, campaign: dict[str, str]
) -> None:
    for link in (link_of(provider), link_of(provider) + "?locale=de#pay"):
        try:
            made = with_parameters(
                link, provider, email=email, discount=discount, reference=reference, campaign=campaign
            )
        except ParameterError:
            continue
        before, after = urlsplit(link), urlsplit(made)
        assert after._replace(query="") == before._replace(query="")
        assert parse_qsl(after.query)[: len(parse_qsl(before.query))] == parse_qsl(before.query)
        assert made.isascii()
        assert not re.search(r"[\s<>\"'`\\{}|^]", made)
        assert provider_of(made) is provider_of(link)


@given(provider=st.sampled_from(ALL), campaign=campaigns)
def test_what_arrives_of_a_campaign_is_what_the_provider_takes(provider: Provider, campaign: dict[str, str]) -> None:
    made = with_parameters(link_of(provider), provider, campaign=campaign)
    limits = {p.name: p for p in provider.PARAMETERS.campaign.values()}
    for name, value in parse_qsl(urlsplit(made).query, keep_blank_values=True):
        assert 0 < len(value) <= limits[name].longest
        assert not limits[name].allowed or re.fullmatch(f"(?:{limits[name].allowed})+", value)


@every
def test_adding_twice_changes_nothing(provider: Provider) -> None:
    def added(link: str) -> str:
        return with_parameters(link, provider, email="a@b.internal", discount="SPRING", reference="j-1")

    assert added(added(link_of(provider))) == added(link_of(provider))


def test_what_stripe_gets() -> None:
    made = with_parameters(
        "https://buy.stripe.com/a1",
        stripe,
        email="ann+x@b.internal",
        discount="SPRING",
        reference="j_4f-9",
        campaign={"utm_campaign": "Spring sale!", "utm_source": "…"},
    )
    assert made == (
        "https://buy.stripe.com/a1?prefilled_email=ann%2Bx%40b.internal&prefilled_promo_code=SPRING"
        "&client_reference_id=j_4f-9&utm_campaign=Spring-sale"
    )


def test_what_the_seller_wrote_into_the_link_stays() -> None:
    link = "https://buy.stripe.com/a1?prefilled_promo_code=OWN"
    assert with_parameters(link, stripe, discount="SPRING") == link


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("a" * 201, "`client_reference_id` has 201 characters, and Stripe takes 200"),
        ("a b", "has ` `"),
        ("a\n", "U+000A"),
    ],
)
def test_a_reference_that_stripe_would_drop_is_refused(reference: str, said: str) -> None:
    with pytest.raises(ParameterError, match=re.escape(said)) as refused:
        with_parameters("https://buy.stripe.com/a1", stripe, reference=reference)
    assert refused.value.remedy


@cases
def test_the_table_of_what_is_added(case: Case) -> None:
    given = {"email": case.email, "reference": case.reference}
    provider = provider_of(case.link)
    assert provider is not None
    if case.refused:
        with pytest.raises(ParameterError):
            with_parameters(case.link, provider, **given, campaign=case.campaign)
        given[case.refused] = ""
    made = with_parameters(case.link, provider, **given, campaign=case.campaign)
    assert made == case.made
    assert wrongly_added(case.link, made, provider) == ""


@every
def test_names_stand_in_addresses_as_they_are(provider: Provider) -> None:
    for parameter in taken(provider):
        assert re.fullmatch(r"[\w\[\].-]+", parameter.name)
        assert parameter.what in ("email", "reference") or parameter.what.startswith("utm_")
        assert re.fullmatch(parameter.letters, "0-9"), "the journey's id arrives"
        assert parameter.longest >= 43


STRIPE = "https://buy.stripe.com/a1"


@pytest.mark.parametrize(
    ("made", "wrong"),
    [
        (STRIPE, ""),
        (STRIPE + "?client_reference_id=4f-9&utm_source=mail", ""),
        (STRIPE + "?prefilled_email=ann%40small.internal", ""),
        ("https://buy.stripe.com/a2", ELSEWHERE),
        ("http://buy.stripe.com/a1", ELSEWHERE),
        ("https://buy.stripe.com:444/a1", ELSEWHERE),
        ("https://evil.internal/a1?utm_source=mail", ELSEWHERE),
        (STRIPE + "#there", ELSEWHERE),
        (STRIPE + "?utm_source=mail&utm_source=more", "`utm_source` is there twice"),
        (STRIPE + "?redirect=//evil.internal", "`redirect` is nothing that may be added"),
        (STRIPE + "?prefilled_promo_code=FREE", "`prefilled_promo_code` is nothing that may be added"),
        (STRIPE + "?utm_source=a%20b", "would drop the value of `utm_source`"),
        (STRIPE + "?utm_source=", "would drop the value of `utm_source`"),
        (STRIPE + "?client_reference_id=" + "a" * 201, "would drop the value of `client_reference_id`"),
    ],
)
def test_what_may_not_be_added_is_told(made: str, wrong: str) -> None:
    told = wrongly_added(STRIPE, made, stripe)
    assert wrong in told if wrong else told == ""


def test_what_the_link_has_itself_must_stay() -> None:
    link = STRIPE + "?prefilled_promo_code=OWN&locale=de"
    assert wrongly_added(link, link + "&utm_source=mail", stripe) == ""
    for made in (STRIPE, STRIPE + "?locale=de&prefilled_promo_code=OWN", link.replace("OWN", "FREE")):
        assert wrongly_added(link, made, stripe) == "what the link has itself is changed"
    assert wrongly_added(link, link + "&prefilled_promo_code=FREE", stripe) == "`prefilled_promo_code` is there twice"


@pytest.mark.parametrize("link", ["", "/demo/checkout/", "https://pay.studio.internal/a1"])
def test_nothing_may_be_added_to_a_link_of_nobody(link: str) -> None:
    assert wrongly_added(link, link, provider_of(link)) == ""
    assert (
        wrongly_added(link, link + "?utm_source=mail", provider_of(link)) == "`utm_source` is nothing that may be added"
    )


ONCE, MONTHLY = parse_money("97", "USD"), parse_money("33", "USD")
BILLED: dict[str, Line] = {
    "once": Line(offer="a", name="A", price=ONCE, today=ONCE),
    "every month": Line(offer="a", name="A", price=MONTHLY, today=MONTHLY, every="month"),
    "in three payments": Line(offer="a", name="A", price=ONCE, today=MONTHLY, times=3),
    "once, after free days": Line(offer="a", name="A", price=ONCE, today=zero("USD"), trial=7),
}


@every
def test_what_it_cannot_charge_is_a_key_of_the_offer_and_words(provider: Provider) -> None:
    for how, line in BILLED.items():
        key, what = provider.cannot_charge(line)
        assert bool(key) == bool(what)
        assert key in ("", "pay", "trial"), how
        assert not what.endswith(".")
    assert provider.cannot_charge(BILLED["once"]) == ("", "")
    assert not provider.PLAN or provider.cannot_charge(BILLED["in three payments"]) == ("", "")
    assert not provider.PLAN.endswith(".")


@every
def test_the_code_that_a_link_carries_is_read_from_it(provider: Provider) -> None:
    link = link_of(provider)
    assert code_in(link, provider) == ""
    if provider.PARAMETERS.discount:
        assert code_in(with_parameters(link, provider, discount="SPRING-20"), provider) == "SPRING-20"
    if provider.PARAMETERS.code_in_path:
        assert code_in(f"{link}/SPRING-20?email=a", provider) == "SPRING-20"


@every
def test_the_guide_has_it_with_what_its_module_says(provider: Provider) -> None:
    guide = (ROOT / "docs" / "payments.md").read_text(encoding="utf-8")
    if provider is generic:
        return
    known = provider.PARAMETERS
    code = "as a parameter" if known.discount else "at the end of the link" if known.code_in_path else "not known"
    plan = provider.PLAN or ("no" if provider.cannot_charge(BILLED["in three payments"])[1] else "not known")
    assert f"| {provider.NAME} | {provider.TEST} |" in guide
    assert provider.RETURN.set_it in guide
    assert f"| {provider.NAME} | {code} | {plan} |" in guide
