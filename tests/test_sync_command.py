"""`funnelgen links sync` as a command: what it says, asks and writes, and what it leaves alone in links.yaml."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from funnelgen.cli import cli
from funnelgen.payments.links.written import CannotWrite, with_links

from .sites import checked, site
from .stripe_account.server import KEY, Stripe, running
from .test_sync import ALONE, active


@pytest.fixture
def account() -> Iterator[Stripe]:
    with running() as made:
        yield made
        assert made.wrong == []


@pytest.fixture
def command(account: Stripe, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.setattr("funnelgen.payments.links.account.API", account.url)
    monkeypatch.setenv("STRIPE_API_KEY", KEY)
    return lambda *arguments, input="": CliRunner().invoke(cli, ["links", "sync", *map(str, arguments)], input=input)


def test_the_plan_changes_nothing(account: Stripe, command: Callable[..., Result], tmp_path: Path) -> None:
    folder = site(tmp_path)
    done = command(folder, "--mode", "test", "--plan")
    assert done.exit_code == 0
    assert "test: 6 changes at Stripe\n  + product  course  The Course\n" in done.output
    assert account.products == {}
    assert not (folder / "links.yaml").exists()


def test_it_writes_the_links_and_the_site_is_fine_with_them(
    account: Stripe, command: Callable[..., Result], tmp_path: Path
) -> None:
    folder = site(tmp_path, {"links.yaml": "# ours\n"})
    assert command(folder, "--mode", "test").exit_code == 0
    assert (folder / "links.yaml").read_text().startswith("# ours\n\ntest:\n  checkout: https://buy.stripe.com/test_")
    assert checked(folder, "test").diagnostics == ()
    again = command(folder, "--mode", "test")
    assert again.output == "test: Stripe has what the stack says; nothing to do there\n"
    assert KEY not in again.output


def test_a_lost_file_is_written_again(command: Callable[..., Result], tmp_path: Path) -> None:
    folder = site(tmp_path)
    command(folder, "--mode", "test")
    text = (folder / "links.yaml").read_text()
    (folder / "links.yaml").unlink()
    assert "wrote" in command(folder, "--mode", "test").output
    assert (folder / "links.yaml").read_text() == text


def test_a_file_that_cannot_be_edited_stops_it_before_any_request(
    account: Stripe, command: Callable[..., Result], tmp_path: Path
) -> None:
    done = command(site(tmp_path, {"links.yaml": "test: {oto: https://buy.stripe.com/test_1}\n"}), "--mode", "test")
    assert done.exit_code == 1
    assert "one line per link" in done.output
    assert account.requests == []


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("", "`STRIPE_API_KEY` is not set"),
        ("pk_" + "test_0123456789", "holds no secret or restricted key"),
        ("rk_" + "live_0123456789", "holds a live key, and `--mode test` needs a test key"),
    ],
)
def test_the_key_must_fit(
    command: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str, said: str
) -> None:
    monkeypatch.setenv("STRIPE_API_KEY", key)
    done = command(site(tmp_path), "--mode", "test")
    assert done.exit_code == 2
    assert said in done.output
    assert not key or key not in done.output


@pytest.fixture
def live(account: Stripe, command: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """The command with a key of the live mode."""
    key = "rk_" + "live_0123456789"
    monkeypatch.setattr("tests.stripe_account.server.KEY", key)
    monkeypatch.setenv("STRIPE_API_KEY", key)
    return lambda *arguments, input="": command(*arguments, "--mode", "live", input=input)


def test_without_the_extra_it_says_how_to_get_it(
    command: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.startswith("funnelgen.payments.links.account")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "stripe", None)
    done = command(site(tmp_path), "--mode", "test")
    assert done.exit_code == 1
    assert done.output == "Error: this command needs stripe: pip install 'funnelgen[stripe]'\n"


def test_live_asks_first(account: Stripe, live: Callable[..., Result], tmp_path: Path) -> None:
    folder = site(tmp_path)
    done = live(folder, input="n\n")
    assert done.exit_code == 1
    assert "links charge real money? [y/N]" in done.output
    assert "nothing was changed" in done.output
    assert account.products == {}
    assert live(folder, input="y\n").exit_code == 0
    assert len(account.links) == 2
    assert "[y/N]" not in live(folder).output  # nothing to do, so nothing to ask


def test_live_where_nobody_can_answer(account: Stripe, live: Callable[..., Result], tmp_path: Path) -> None:
    folder = site(tmp_path)
    done = live(folder)
    assert done.exit_code == 1
    assert "help: look at `--plan`, then give `--yes`" in done.output
    assert account.products == {}
    assert live(folder, "--yes").exit_code == 0


def test_links_that_pages_may_have_stay_until_the_next_run(
    account: Stripe, command: Callable[..., Result], tmp_path: Path
) -> None:
    """Whoever has the page open must be able to pay: so a link goes only after another has been published."""
    folder = site(tmp_path)
    command(folder, "--mode", "test")
    (folder / "stack.yaml").write_text(ALONE)
    (folder / "copy" / "checkout.md").write_text("Your order.\n")
    done = command(folder, "--mode", "test", "--deactivate")
    assert "~ price    course\n      - 97.00 USD, tax exclusive\n      + 127.00 USD, tax exclusive\n" in done.output
    assert "- link     checkout+template  https://buy.stripe.com/test_00000000000001" in done.output
    assert (
        "still active, though no button has them now:\n  https://buy.stripe.com/test_00000000000000  (checkout, 97.00"
        in done.output
    )
    assert "when the pages with the new links are online, run this again" in done.output
    assert active(account.links) == ["plink_0", "plink_2"]
    again = command(folder, "--mode", "test", "--deactivate", "--plan")
    assert again.output == (
        "test: 2 changes at Stripe\n"
        "  - link     checkout  https://buy.stripe.com/test_00000000000000, 97.00 USD\n"
        "  - price    course  97.00 USD, tax exclusive\n"
    )
    assert command(folder, "--mode", "test", "--deactivate").exit_code == 0
    assert active(account.links) == ["plink_2"]


@pytest.mark.parametrize("added", ["?locale=de", "/", "?prefilled_promo_code=SPRING&utm_source=mail#pay"])
def test_what_is_added_to_a_link_leaves_it_the_same_link(
    command: Callable[..., Result], account: Stripe, tmp_path: Path, added: str
) -> None:
    """It stays in links.yaml, and pages that have it are not cut off from it by a changed price."""
    folder = site(tmp_path)
    command(folder, "--mode", "test")
    bare = "checkout: https://buy.stripe.com/test_00000000000000"
    file = folder / "links.yaml"
    file.write_text(file.read_text().replace(f"{bare}\n", f"{bare}{added}\n"))
    before = file.read_text()
    assert f"{bare}{added}\n" in before
    assert command(folder, "--mode", "test").output == "test: Stripe has what the stack says; nothing to do there\n"
    assert file.read_text() == before
    (folder / "stack.yaml").write_text(ALONE)
    (folder / "copy" / "checkout.md").write_text("Your order.\n")
    done = command(folder, "--mode", "test", "--deactivate")
    assert "- link     checkout  " not in done.output
    assert active(account.links) == ["plink_0", "plink_2"]
    assert f"{bare}{added}\n" not in file.read_text()


def test_a_variable_is_told_what_to_hold(
    command: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = site(tmp_path, {"links.yaml": "test:\n  checkout: ${LINK_CHECKOUT}\n"})
    done = command(folder, "--mode", "test")
    assert "wrote" in done.output
    assert (
        "set the variable `LINK_CHECKOUT` to https://buy.stripe.com/test_00000000000000 where the site is built\n"
        in done.output
    )
    assert "  checkout: ${LINK_CHECKOUT}\n" in (folder / "links.yaml").read_text()
    monkeypatch.setenv("LINK_CHECKOUT", "https://buy.stripe.com/test_00000000000000")
    assert "LINK_CHECKOUT" not in command(folder, "--mode", "test").output
    monkeypatch.setenv("LINK_CHECKOUT", "https://buy.stripe.com/test_00000000000000?locale=de")
    assert "LINK_CHECKOUT" not in command(folder, "--mode", "test").output


def test_json_has_the_changes_and_the_links(command: Callable[..., Result], tmp_path: Path) -> None:
    folder = site(tmp_path)
    told = json.loads(command(folder, "--mode", "test", "--plan", "--format", "json").output)
    assert told["changes"][0] == {
        "action": "create",
        "what": "product",
        "name": "course",
        "id": "",
        "before": [],
        "after": ["The Course"],
    }
    assert told["links"] == {}
    told = json.loads(command(folder, "--mode", "test", "--format", "json").output)
    assert told["links"]["checkout"] == "https://buy.stripe.com/test_00000000000000"
    assert len(told["changes"]) == 6


def test_what_was_edited_meanwhile_stays(account: Stripe, command: Callable[..., Result], tmp_path: Path) -> None:
    folder = site(tmp_path)
    account.between = lambda number: (folder / "links.yaml").write_text("# mine\n") if number == 5 else None
    assert command(folder, "--mode", "test").exit_code == 0
    assert (folder / "links.yaml").read_text().startswith("# mine\n\ntest:\n  checkout: ")


def test_another_sync_at_the_same_time_is_told_of(
    account: Stripe, command: Callable[..., Result], tmp_path: Path
) -> None:
    folder = site(tmp_path)

    def archive(number: int) -> None:
        if number == 9:
            next(iter(account.products.values()))["active"] = False

    account.between = archive
    done = command(folder, "--mode", "test")
    assert done.exit_code == 1
    assert "another sync may be running" in done.output
    assert not (folder / "links.yaml").exists()
    assert command(folder, "--mode", "test").exit_code == 0


def test_a_broken_site_is_not_synced(account: Stripe, command: Callable[..., Result], tmp_path: Path) -> None:
    done = command(site(tmp_path, {"stack.yaml": "steps:\n  - checkout: nothing\n"}), "--mode", "test")
    assert done.exit_code == 1
    assert "mend the site first" in done.output
    assert account.requests == []


# --- links.yaml ------------------------------------------------------------------------------------------------------

NEW = {"checkout": "https://buy.stripe.com/test_1", "oto": "https://buy.stripe.com/test_2"}


def test_a_file_that_is_not_there_is_written() -> None:
    text = "test:\n  checkout: https://buy.stripe.com/test_1\n  oto: https://buy.stripe.com/test_2\n"
    assert with_links("", "test", NEW) == text
    assert with_links(text, "test", NEW) == text


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_only_the_links_change(end: str, mark: str) -> None:
    before = """\
# Ours.
live:
  checkout: https://buy.stripe.com/own   # real money

test:   # from our test account
    # the main one
    checkout: "https://buy.stripe.com/test_old"   # was 97
    downsell: https://buy.stripe.com/test_d
# the end
"""
    after = before.replace('"https://buy.stripe.com/test_old"', "https://buy.stripe.com/test_1").replace(
        "test_d\n", "test_d\n    oto: https://buy.stripe.com/test_2\n"
    )
    assert with_links(mark + before.replace("\n", end), "test", NEW) == mark + after.replace("\n", end)


def test_a_variable_stays() -> None:
    text = "test:\n  checkout: ${LINK}\n  oto: https://buy.stripe.com/test_2\n"
    assert with_links(text, "test", NEW) == text


def test_an_empty_section_is_filled() -> None:
    assert with_links("test:\nlive:\n", "test", {"oto": "https://x.y/z"}) == "test:\n  oto: https://x.y/z\nlive:\n"


@pytest.mark.parametrize("text", ["test: {checkout: a}\n", "test: [a]\n", "test: x\n", "a: [\n", "- a\n"])
def test_what_is_no_list_of_lines_is_left_alone(text: str) -> None:
    with pytest.raises(CannotWrite):
        with_links(text, "test", NEW)


@pytest.mark.parametrize(
    ("arguments", "goes_on"),
    [(("sync",), ": it goes on from where it stopped"), (("sync", "--plan"), ""), (("verify",), "")],
)
def test_stripe_that_is_not_there(
    arguments: tuple[str, ...], goes_on: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Only what makes something can go on with it."""
    monkeypatch.setattr("funnelgen.payments.links.account.API", "http://127.0.0.1:9")
    monkeypatch.setattr("stripe.HTTPClient.MAX_DELAY", 0)
    monkeypatch.setenv("STRIPE_API_KEY", KEY)
    folder = site(tmp_path, {"links.yaml": "test:\n  checkout: https://buy.stripe.com/test_abc\n"})
    done = CliRunner().invoke(cli, ["links", *arguments, str(folder), "--mode", "test"])
    assert done.exit_code == 1
    assert done.output == (
        "error: Stripe cannot be reached, or takes too long to answer\n"
        f"help: is this machine online? then run the command again{goes_on}\n"
    )
