"""`funnelgen links sync` when something goes wrong: stopped anywhere, refused, told to wait, run twice at once."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from funnelgen.cli import cli
from funnelgen.payments.links.account import Account, AccountError
from funnelgen.payments.links.found import idle_links
from funnelgen.payments.links.plan import plan
from funnelgen.payments.links.wanted import Wanted

from .sites import SMALL, site
from .stripe_account.server import KEY, SLOW, Fault, Stripe, running
from .test_sync import ALONE, active, state, sync, wanted_of, written

FAULTS: tuple[Fault, ...] = (
    "dropped before",
    "dropped after",
    "slow before",
    "slow after",
    "500",
    "429",
    "409",
    "403",
)
ASKS = str(SMALL["site.yaml"]) + "payment: {promotion_codes: true}\n"
CODE = ALONE.replace("offers:", "discount: {code: SPRING, percent: 20}\noffers:", 1)
LESS = CODE.replace("percent: 20", "percent: 10")


@pytest.fixture
def account() -> Iterator[Stripe]:
    with running() as made:
        yield made
        assert made.wrong == []


def stopped(account: Stripe, want: Wanted, number: int, fault: Fault, *, deactivate: bool = False) -> None:
    """A sync that meets a fault at its request `number`."""
    account.faults[len(account.requests) + number] = fault
    with pytest.raises(AccountError):
        sync(account, want, deactivate=deactivate, timeout=SLOW / 2 if fault.startswith("slow") else 60)
    account.settle()
    account.faults.clear()


@pytest.mark.parametrize("fault", FAULTS)
def test_stopped_at_any_request_it_ends_the_same(fault: Fault, tmp_path: Path) -> None:
    want = wanted_of(site(tmp_path))
    with running() as whole:
        sync(whole, want)
    for number in range(len(whole.requests)):
        with running() as broken:
            stopped(broken, want, number, fault)
            sync(broken, want)
            assert state(broken) == state(whole), f"stopped at request {number}"
            assert sync(broken, want) == []
            assert broken.wrong == []


@pytest.mark.parametrize("fault", ["dropped after", "500"])
def test_stopped_at_any_change_it_ends_the_same(fault: Fault, tmp_path: Path) -> None:
    """A price that moves its lookup key, codes that come and change, and what is switched off."""
    old = wanted_of(site(tmp_path / "old"))
    new = wanted_of(site(tmp_path / "new", {"stack.yaml": ALONE, "site.yaml": ASKS}))
    codes = wanted_of(site(tmp_path / "codes", {"site.yaml": ASKS}))
    code = wanted_of(site(tmp_path / "code", {"stack.yaml": CODE}))
    less = wanted_of(site(tmp_path / "less", {"stack.yaml": LESS}))
    for first, then in ((old, codes), (old, new), (new, code), (code, less)):
        with running() as whole:
            sync(whole, first)
            before = len(whole.requests)
            sync(whole, then, deactivate=True)
        for number in range(len(whole.requests) - before):
            with running() as broken:
                sync(broken, first)
                stopped(broken, then, number, fault, deactivate=True)
                sync(broken, then, deactivate=True)
                assert state(broken) == state(whole), f"stopped at request {number}"
                assert sync(broken, then, deactivate=True) == []
                assert broken.wrong == []


SMALLEST = (
    "offers:\n  club: {name: Club, price: 20, every: month, trial: 14}\nsteps:\n  - checkout: club\n  - thank-you:\n"
)
COMMAND = """
import sys
from funnelgen.payments.links import account
account.API = sys.argv.pop(1)
from funnelgen.cli import run
run()
"""


def command_of(account: Stripe, folder: Path) -> subprocess.Popen[bytes]:
    """The command in a process of its own, at the local Stripe."""
    arguments = [sys.executable, "-c", COMMAND, account.url, "links", "sync", str(folder), "--mode", "test"]
    return subprocess.Popen(arguments, env={**os.environ, "STRIPE_API_KEY": KEY}, stdout=subprocess.DEVNULL)


def test_killed_at_any_request_the_next_run_ends_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STRIPE_API_KEY", KEY)
    with running() as whole:
        folder = site(tmp_path / "whole", {"stack.yaml": SMALLEST})
        assert command_of(whole, folder).wait() == 0
    text = (folder / "links.yaml").read_text()
    for number in range(len(whole.requests)):
        with running() as account:
            folder = site(tmp_path / str(number), {"stack.yaml": SMALLEST, "links.yaml": "# ours\n"})
            process = command_of(account, folder)
            account.between = killer(process, number)
            assert process.wait() == -signal.SIGKILL
            account.settle()
            assert (folder / "links.yaml").read_text() == "# ours\n"
            monkeypatch.setattr("funnelgen.payments.links.account.API", account.url)
            assert CliRunner().invoke(cli, ["links", "sync", str(folder), "--mode", "test"]).exit_code == 0
            assert state(account) == state(whole), f"killed at request {number}"
            assert (folder / "links.yaml").read_text() == f"# ours\n\n{text}"


def killer(process: subprocess.Popen[bytes], number: int) -> Callable[[int], object]:
    """Kills the process when it makes its request `number`, which is then done or not, as it happens."""
    return lambda now: process.kill() if now == number else None


def test_two_at_once_end_with_the_same_links(tmp_path: Path) -> None:
    """Whatever the other does between two requests of ours, both write the same links, which charge what they must."""
    want = wanted_of(site(tmp_path))
    with running() as alone:
        sync(alone, want)
    for number in range(len(alone.requests)):
        with running() as account:
            account.between = other_at(account, want, number)
            with suppress(AccountError):  # what we were about to make may be there meanwhile
                sync(account, want)
            sync(account, want)
            links = written(account, want)
            for link in links.values():
                account.pay(link)
            assert [charge["amount"] for charge in account.charges] == [9700, 12400], f"the other came at {number}"
            assert len(account.products) == 2
            found = Account(KEY, api=account.url).find(want)
            assert {link.button for link in idle_links(want, found)} <= set(links)
            sync(account, want, deactivate=True)
            assert sorted(account.links[id]["url"] for id in active(account.links)) == sorted(links.values())
            assert sync(account, want, deactivate=True) == []
            assert account.wrong == []


def other_at(account: Stripe, want: Wanted, number: int) -> Callable[[int], object]:
    """Somebody else who runs the whole sync right before a request."""

    def between(now: int) -> object:
        if now == number:
            account.between = lambda later: None
            sync(account, want)
        return None

    return between


@pytest.mark.parametrize("fault", ["429", "409", "500", "dropped after", "dropped before"])
def test_it_waits_and_tries_again(
    account: Stripe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Fault
) -> None:
    waits: list[float] = []
    monkeypatch.setattr("time.sleep", waits.append)
    want = wanted_of(site(tmp_path))
    account.faults = dict.fromkeys((0, 4, 5, 11), fault)
    own = Account(KEY, api=account.url)
    found = own.find(want)
    own.make(want, found, plan(want, found), lambda change: None)
    assert len(account.links) == 2
    assert account.faults == {}
    assert len([wait for wait in waits if wait > 0]) >= 4
    assert sync(account, want) == []


def test_who_is_told_to_wait_longer_waits_longer(
    account: Stripe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr("funnelgen.payments.links.account.client.time.sleep", waits.append)
    account.faults = {0: "429", 1: "429"}
    account.retry_after = "7"
    Account(KEY, api=account.url).find(wanted_of(site(tmp_path)))
    assert [wait for wait in waits if wait >= 1] == [7.0, 7.0]


# --- the command, and its key ----------------------------------------------------------------------------------------


@pytest.fixture
def command(account: Stripe, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.setattr("funnelgen.payments.links.account.API", account.url)
    monkeypatch.setattr("funnelgen.payments.links.account.client.RETRIES", 0)
    monkeypatch.setenv("STRIPE_API_KEY", KEY)
    return lambda name, *arguments: CliRunner().invoke(cli, ["links", name, *map(str, arguments), "--mode", "test"])


@pytest.mark.parametrize("name", ["sync", "verify"])
def test_a_key_that_may_not_is_told_what_it_needs(
    account: Stripe, command: Callable[..., Result], tmp_path: Path, name: str
) -> None:
    folder = site(tmp_path, {"links.yaml": "test:\n  checkout: https://buy.stripe.com/test_1\n"})
    account.faults[0] = "403"
    done = command(name, folder)
    assert done.exit_code == 1
    assert "Having the 'rak_product_write' permission would allow this request to continue." in done.output
    assert "help: give the restricted key Products, Prices and Payment Links (for a `discount:`" in done.output
    assert "as well): Write to sync, Read to verify" in done.output


@pytest.mark.parametrize("fault", [None, "403", "500", "dropped after"])
@pytest.mark.parametrize("number", [0, 4, 8])
def test_the_key_is_in_no_output_file_log_or_exception(
    account: Stripe,
    command: Callable[..., Result],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    fault: Fault | None,
    number: int,
) -> None:
    monkeypatch.setattr("stripe.log", "debug")
    caplog.set_level(logging.DEBUG)
    if fault:
        account.faults[number] = fault
    folder = site(tmp_path)
    said = []
    for arguments in (("sync", folder), ("sync", folder, "--plan", "--deactivate"), ("verify", folder)):
        done = command(*arguments)
        assert done.exit_code in (0, 1)
        said.append(done.output)
        while (error := done.exception) is not None:
            said += [repr(error), str(vars(error))]
            if error.__cause__ is None and error.__context__ is None:
                break
            done.exception = error.__cause__ or error.__context__
    files = "".join(path.read_bytes().decode("latin-1") for path in folder.rglob("*") if path.is_file())
    assert "Request to Stripe api" in caplog.text  # so there was something to look through
    assert KEY not in "".join(said) + files + caplog.text
    assert KEY.rpartition("_")[2] not in "".join(said) + files + caplog.text
