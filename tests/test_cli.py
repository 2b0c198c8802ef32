"""The command line as people and CI use it: the installed `funnelgen`, run in a process of its own."""

from __future__ import annotations

import json
import os
import pty
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from funnelgen import __version__

from .sites import EXAMPLE, ROOT, SMALL, site, stack

FUNNELGEN = Path(sys.executable).with_name("funnelgen")
ESCAPE = "\x1b["
BROKEN = {"stack.yaml": str(SMALL["stack.yaml"]).replace("bump: template", "bump: tempalte")}
WARNED = {"copy/spare.md": "Words.\n"}


def run(*arguments: object, cwd: Path = ROOT, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run `funnelgen` with its output in pipes."""
    known = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR", "CONTEXT")}
    command = [str(FUNNELGEN), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, env={**known, **(env or {})}, check=False)


# --- what it says of itself ------------------------------------------------------------------------------------------


def test_the_version() -> None:
    done = run("--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"funnelgen {__version__}\n", "")


def test_python_runs_it_as_well() -> None:
    done = subprocess.run([sys.executable, "-m", "funnelgen", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"funnelgen {__version__}\n"


@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_the_help_names_every_command_and_where_to_start(flag: str) -> None:
    done = run(flag)
    assert done.returncode == 0
    assert done.stdout.startswith("Usage: funnelgen [OPTIONS] COMMAND [ARGS]...")
    assert all(
        re.search(rf"^  {name} +\S", done.stdout, re.MULTILINE)
        for name in ("build", "check", "explain", "map", "forecast", "schema")
    )
    assert "Start with: funnelgen build sites/launch-your-course" in done.stdout


@pytest.mark.parametrize("command", ["build", "check", "explain", "map", "forecast", "schema"])
def test_each_command_shows_an_example(command: str) -> None:
    done = run(command, "--help")
    assert done.returncode == 0
    assert done.stdout.startswith(f"Usage: funnelgen {command} ")
    assert f"Example: funnelgen {command} " in done.stdout


def test_without_a_command_it_says_what_there_is() -> None:
    done = run()
    assert done.returncode == 2
    assert "Usage: funnelgen" in done.stdout + done.stderr


def test_a_mistyped_command_is_understood() -> None:
    done = run("biuld")
    assert done.returncode == 2
    assert "there is no command `biuld`; did you mean `build`?" in done.stderr


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["build", "--help"], ["check", "--help"]])
def test_asking_for_help_loads_nothing_heavy(arguments: list[str]) -> None:
    script = (
        "import sys\nsys.argv = ['funnelgen', *sys.argv[1:]]\nfrom funnelgen.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\nprint('MODULES', *{m.split('.')[0] for m in sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True)
    modules = set(done.stdout.rpartition("MODULES ")[2].split())
    assert not modules & {"jinja2", "markdown", "yaml", "msgspec", "babel", "playwright", "watchdog", "multiprocessing"}


# --- check -----------------------------------------------------------------------------------------------------------


def test_a_site_that_is_fine(tmp_path: Path) -> None:
    done = run("check", site(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{tmp_path} is fine in demo mode: no findings\n"
    assert run("check", tmp_path, "--quiet").stdout == ""


def test_a_site_with_a_warning_is_still_fine_for_ci(tmp_path: Path) -> None:
    done = run("check", site(tmp_path, WARNED))
    assert done.returncode == 0
    assert "warning[FG115]: `copy/spare.md` belongs to no step" in done.stderr
    assert done.stderr.endswith(f"\n1 warning in {tmp_path}\n")


def test_a_site_with_an_error_is_not(tmp_path: Path) -> None:
    done = run("check", site(tmp_path, BROKEN))
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == (
        "error[FG101]: no offer is called `tempalte`\n"
        "  --> stack.yaml:23:11\n"
        "   |\n"
        "23 |     bump: tempalte\n"
        "   |           ^^^^^^^^\n"
        "   |\n"
        "   = help: did you mean `template`?\n"
        "   = rule: unknown-offer (funnelgen explain FG101)\n"
        f"\n1 error in {tmp_path}\n"
        f"1 of them can be mended for you: funnelgen check {tmp_path} --fix\n"
    )


def test_strict_fails_on_warnings(tmp_path: Path) -> None:
    assert run("check", site(tmp_path, WARNED), "--strict").returncode == 1
    assert run("check", tmp_path, "--strict", "--ignore", "stray-copy").returncode == 0


def test_rules_are_chosen_by_code_family_and_name(tmp_path: Path) -> None:
    folder = site(tmp_path, {**BROKEN, **WARNED})
    chosen = {
        ("--select", "stray-copy"): {"FG115"},
        ("--select", "FG101,fg115"): {"FG101", "FG115"},
        ("--select", "structure"): {"FG101", "FG115"},
        ("--select", "FG2"): set(),
        ("--ignore", "FG101"): {"FG115"},
        ("--select", "FG1", "--ignore", "stray-copy"): {"FG101"},
    }
    for options, codes in chosen.items():
        done = run("check", folder, "--format", "json", *options)
        assert {json.loads(line)["code"] for line in done.stdout.splitlines()} == codes, options
        assert done.returncode == ("FG101" in codes)


def test_a_rule_that_there_is_not_is_wrong_usage(tmp_path: Path) -> None:
    done = run("check", site(tmp_path), "--select", "stray-cpoy")
    assert done.returncode == 2
    assert "no rule is called `stray-cpoy`; did you mean `stray-copy`?" in done.stderr


def test_what_can_be_mended_is_offered_shown_and_mended(tmp_path: Path) -> None:
    folder = site(tmp_path, BROKEN)
    assert run("check", folder).stderr.endswith(f"1 of them can be mended for you: funnelgen check {folder} --fix\n")
    before = (folder / "stack.yaml").read_text()
    shown = run("check", folder, "--diff")
    assert (shown.returncode, (folder / "stack.yaml").read_text()) == (1, before)
    done = run("check", folder, "--fix")
    assert done.returncode == 0
    assert "-    bump: tempalte\n+    bump: template\n" in shown.stdout
    assert shown.stdout in done.stdout
    assert (folder / "stack.yaml").read_text() == before.replace("tempalte", "template")


def test_a_machine_gets_findings_alone_while_a_site_is_mended(tmp_path: Path) -> None:
    done = run("check", site(tmp_path, {**BROKEN, **WARNED}), "--fix", "--format", "json")
    assert [json.loads(line)["code"] for line in done.stdout.splitlines()] == ["FG115"]
    assert "+    bump: template" in done.stderr


def test_a_file_that_cannot_be_written_is_said_and_stays(tmp_path: Path) -> None:
    folder = site(tmp_path, BROKEN)
    before = (folder / "stack.yaml").read_bytes()

    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))

    command = [str(FUNNELGEN), "check", str(folder), "--fix"]
    done = subprocess.run(command, capture_output=True, text=True, preexec_fn=no_room, check=False)
    assert done.returncode == 1
    assert "stack.yaml` cannot be written: File too large\nhelp: " in done.stderr
    assert (folder / "stack.yaml").read_bytes() == before
    assert [path.name for path in folder.iterdir() if "new" in path.name] == []


# --- explain ---------------------------------------------------------------------------------------------------------


def test_a_rule_is_explained() -> None:
    done = run("explain", "oto-price-range")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("FG204 oto-price-range (warning)\n\n")
    assert run("explain", "fg204").stdout == done.stdout


def test_all_rules_are_listed() -> None:
    done = run("explain")
    assert done.returncode == 0
    assert re.search(r"^FG001 +yaml-syntax +error ", done.stdout, re.MULTILINE)
    assert max(map(len, done.stdout.split("\n"))) <= 100
    family = run("explain", "price").stdout.splitlines()
    assert family
    assert all(line.startswith("FG2") for line in family)


def test_a_misspelt_rule_is_understood() -> None:
    done = run("explain", "oto-price-rang")
    assert done.returncode == 2
    assert "no rule is called `oto-price-rang`; did you mean `oto-price-range`?" in done.stderr


# --- check, otherwise ------------------------------------------------------------------------------------------------


def test_check_writes_nothing(tmp_path: Path) -> None:
    site(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    run("check", tmp_path)
    assert sorted(tmp_path.rglob("*")) == before


def test_the_current_folder_is_checked_where_none_is_named(tmp_path: Path) -> None:
    assert run("check", cwd=site(tmp_path)).stdout == ". is fine in demo mode: no findings\n"


@pytest.mark.parametrize("command", ["check", "build"])
def test_a_folder_that_is_no_site_is_wrong_usage_and_says_what_to_do(tmp_path: Path, command: str) -> None:
    for folder, words in ((tmp_path, "is not a site: it has no site.yaml"), (tmp_path / "x", "there is no folder")):
        done = run(command, folder)
        assert done.returncode == 2
        assert done.stdout == ""
        assert words in done.stderr
        assert "name the folder that has site.yaml" in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [["--mode", "prod"], ["--format", "xml"], ["--nope"], ["a", "b"]])
def test_wrong_usage(arguments: list[str]) -> None:
    done = run("check", *arguments)
    assert done.returncode == 2
    assert "Try 'funnelgen check -h' for help." in done.stderr or "Usage:" in done.stderr


def test_findings_for_machines(tmp_path: Path) -> None:
    done = run("check", site(tmp_path, {**BROKEN, **WARNED}), "--format", "json")
    assert done.returncode == 1
    assert done.stderr == ""
    read = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(d["code"], d["severity"], d["span"]["file"]) for d in read] == [
        ("FG115", "warning", "copy/spare.md"),
        ("FG101", "error", "stack.yaml"),
    ]
    fine = run("check", EXAMPLE, "--format", "json")
    assert (fine.returncode, fine.stdout) == (0, "")


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "cp1252"])
def test_text_of_any_script_reaches_a_terminal_of_any_encoding(tmp_path: Path, encoding: str) -> None:
    env = {"PYTHONIOENCODING": encoding}
    for changes, code in (({"site.yaml": "name: 名前 🎓\n"}, 0), ({"site.yaml": "name: x\n名前: 🎓\n"}, 1)):
        site(tmp_path, changes)
        for command in (["check"], ["check", "--format", "json"], ["build"]):
            done = run(*command, tmp_path, env=env)
            assert done.returncode == code, done.stderr
            assert "Traceback" not in done.stderr


def test_live_mode_is_checked_on_request_and_on_netlify(tmp_path: Path) -> None:
    site(tmp_path, {"links.yaml": "live: {checkout: 'https://buy.stripe.com/a'}\n"})
    assert "live mode has no link for `checkout+template`" in run("check", tmp_path, "--mode", "live").stderr
    assert run("check", tmp_path, "--mode", "demo").returncode == 0
    assert run("check", tmp_path, env={"CONTEXT": "production"}).returncode == 1
    assert run("check", tmp_path, env={"CONTEXT": "deploy-preview"}).returncode == 0


# --- build -----------------------------------------------------------------------------------------------------------


def test_a_build_ends_with_a_summary(tmp_path: Path) -> None:
    done = run("build", site(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == f"built Small Studio in demo mode: {tmp_path / 'dist'}"
    assert re.fullmatch(r"  pages     9 \(4 funnel, 2 free, 2 simulated checkout, 1 for what is not found\)", lines[2])
    assert lines[3] == "  paths     2 through the funnel, 2 ways to pay"
    assert re.fullmatch(r"  heaviest  /\S* \d+\.\d KB, \d+\.\d KB as it travels", lines[4])
    assert re.fullmatch(r"  time      \d+\.\d\d s", lines[5])
    assert "    - links.yaml has no live payment link for checkout, checkout+template" in lines
    assert (tmp_path / "dist/index.html").is_file()
    assert (tmp_path / ".funnelgen/funnel.json").is_file()


def test_a_summary_says_how_to_look_at_it_where_one_stands(tmp_path: Path) -> None:
    site(tmp_path / "my site")
    command = "funnelgen serve 'my site' --open"
    program = Path(sys.executable).with_name("funnelgen")
    elsewhere = {"PATH": os.defpath}
    assert f"  look at it:  {program.parent}/{command}" in run("build", "my site", cwd=tmp_path, env=elsewhere).stdout
    activated = {"PATH": f"{program.parent}{os.pathsep}{os.defpath}"}
    assert f"  look at it:  {command}" in run("build", "my site", cwd=tmp_path, env=activated).stdout
    assert "look at it" not in run("build", "my site", "--mode", "test", cwd=tmp_path).stdout


def test_a_summary_names_all_that_is_not_on_sale_and_the_one_way_to_pay(tmp_path: Path) -> None:
    stack = str(SMALL["stack.yaml"]).replace("  template:\n", "  template:\n    sold_out: true\n")
    lines = run("build", site(tmp_path, {"stack.yaml": stack})).stdout.splitlines()
    assert lines[3].endswith("through the funnel, 1 way to pay")
    assert "  not on sale: template (sold out)" in lines


def test_a_summary_says_in_which_stack_something_is_not_on_sale(tmp_path: Path) -> None:
    steps = "  - checkout: course\n    bump: template\n  - thank-you:\n"
    shut, open_ = stack(steps).replace("  template:\n", "  template:\n    sold_out: true\n"), stack(steps)
    apart = dict.fromkeys(("stack.yaml", "copy/lead-magnet.md", "copy/sales.md", "copy/checkout.md"))
    for first, second, told in (
        (shut, open_, "coaches/template (sold out)"),
        (open_, shut, "teachers/template (sold out)"),
        (shut, shut, "template (sold out)"),
    ):
        stacks = {"stacks/coaches.yaml": first, "stacks/teachers.yaml": second}
        done = run("build", site(tmp_path, {**apart, **stacks}))
        assert f"  not on sale: {told}" in done.stdout.splitlines(), done.stderr


def test_a_quiet_build_says_nothing(tmp_path: Path) -> None:
    done = run("build", site(tmp_path), "-q")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_build_elsewhere(tmp_path: Path) -> None:
    done = run("build", site(tmp_path / "site"), "--out", tmp_path / "out")
    assert done.returncode == 0
    assert (tmp_path / "out/index.html").is_file()
    assert not (tmp_path / "site/dist").exists()


def test_a_site_with_an_error_is_not_built_and_the_last_build_stays(tmp_path: Path) -> None:
    run("build", site(tmp_path))
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    site(tmp_path, BROKEN)
    done = run("build", tmp_path)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.endswith("nothing was built\n")
    after = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    assert {p.name for p in before if before[p] != after.get(p)} == {"stack.yaml"}


def test_a_target_that_would_be_lost_is_refused(tmp_path: Path) -> None:
    site(tmp_path / "site")
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos/cat.jpg").write_bytes(b"cat")
    for target in (tmp_path / "photos", tmp_path / "site", tmp_path, Path("/"), tmp_path / "site/copy"):
        done = run("build", tmp_path / "site", "--out", target)
        assert done.returncode == 1
        assert done.stderr.startswith("Error: `")
        assert "help: " in done.stderr
        assert "Traceback" not in done.stderr
    assert (tmp_path / "photos/cat.jpg").read_bytes() == b"cat"
    assert not (tmp_path / "site/dist").exists()


def test_a_broken_template_of_the_sites_own_is_a_finding_not_a_bug(tmp_path: Path) -> None:
    site(tmp_path, {"theme/templates/sections/price.html": "{{ price.nothing }}"})
    done = run("build", tmp_path)
    assert done.returncode == 1
    assert "theme/templates/sections/price.html" in done.stderr
    assert done.stderr.endswith("nothing was built\n")
    assert "Traceback" not in done.stderr


def test_the_example_is_built_without_a_finding(tmp_path: Path) -> None:
    done = run("build", "sites/launch-your-course", "--out", tmp_path / "dist", cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")


# --- schema ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["site", "stack", "links", "funnel"])
def test_schemas_are_printed(name: str) -> None:
    done = run("schema", name)
    assert done.returncode == 0
    assert json.loads(done.stdout)["$schema"].endswith("2020-12/schema")


def test_a_schema_that_there_is_not() -> None:
    assert run("schema", "stock").returncode == 2


# --- colours ---------------------------------------------------------------------------------------------------------


def on_a_terminal(*arguments: object, env: Mapping[str, str] | None = None) -> str:
    """What `funnelgen` writes to a terminal."""
    here, there = pty.openpty()
    known = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR")}
    process = subprocess.Popen(
        [str(FUNNELGEN), *map(str, arguments)], stdout=there, stderr=there, stdin=there, env={**known, **(env or {})}
    )
    os.close(there)
    out = b""
    while True:
        try:
            part = os.read(here, 65536)
        except OSError:  # the terminal's other end was closed
            break
        if not part:
            break
        out += part
    process.wait()
    os.close(here)
    return out.decode()


def test_a_terminal_gets_colours(tmp_path: Path) -> None:
    assert ESCAPE in on_a_terminal("check", site(tmp_path, BROKEN))


def test_no_color_and_pipes_get_none(tmp_path: Path) -> None:
    site(tmp_path, BROKEN)
    assert ESCAPE not in on_a_terminal("check", tmp_path, env={"NO_COLOR": "1"})
    done = run("check", tmp_path)
    assert ESCAPE not in done.stdout + done.stderr
    assert ESCAPE not in run("build", site(tmp_path)).stdout
    # Not just any escape: on a slow machine a progress bar hides the cursor, which is no colour.
    assert not re.search(r"\x1b\[[0-9;]*m", on_a_terminal("build", tmp_path, env={"NO_COLOR": "1"}))


def test_force_color_gives_colours_to_a_pipe(tmp_path: Path) -> None:
    site(tmp_path, BROKEN)
    assert ESCAPE in run("check", tmp_path, env={"FORCE_COLOR": "1"}).stderr
    assert ESCAPE not in run("check", tmp_path, env={"FORCE_COLOR": "1", "NO_COLOR": "1"}).stderr
    assert ESCAPE not in run("check", tmp_path, "--format", "json", env={"FORCE_COLOR": "1"}).stdout


# --- interruptions and bugs ------------------------------------------------------------------------------------------

DRIVER = """
import os, signal, sys
import funnelgen.pipeline
from funnelgen.__main__ import main

def build(*arguments, **named):
    {what}

funnelgen.pipeline.build = build
sys.argv = ["funnelgen", *sys.argv[1:]]
main()
"""


def driven(what: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """A build in which something happens that a user cannot bring about."""
    command = [sys.executable, "-c", DRIVER.format(what=what), "build", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_ctrl_c_ends_with_130_and_leaves_nothing(tmp_path: Path) -> None:
    done = driven("os.kill(os.getpid(), signal.SIGINT)", site(tmp_path))
    assert done.returncode == 130
    assert "interrupted" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "dist").exists()


def test_ctrl_c_in_a_large_build_ends_all_of_its_processes(tmp_path: Path) -> None:
    terms = {f"glossary/t-{n}.md": f"---\nterm: Term {n}\ndefinition: x\n---\n{'word ' * 2000}\n" for n in range(600)}
    process = subprocess.Popen(
        [str(FUNNELGEN), "build", str(site(tmp_path, terms))],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    others = min(os.cpu_count() or 1, 4) - 1
    while children.exists() and process.poll() is None and len(children.read_text().split()) < others:
        time.sleep(0.01)
    time.sleep(0.1)  # in the moment of a fork Python swallows an interrupt
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate()
    assert process.returncode == 130, said
    assert said.count("interrupted") == 1
    assert "Traceback" not in said
    assert not (tmp_path / "dist").exists()


def test_a_bug_ends_with_3_and_asks_for_a_report(tmp_path: Path) -> None:
    done = driven("raise ZeroDivisionError('ours')", site(tmp_path))
    assert done.returncode == 3
    assert "ZeroDivisionError: ours" in done.stderr
    assert "met a bug of its own; please report it with the lines above" in done.stderr
    assert not (tmp_path / "dist").exists()


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    many = stack("  - thank-you:\n" + "".join(f"    a{n}: x\n" for n in range(3000)))
    site(tmp_path, {"stack.yaml": many})
    script = f"'{FUNNELGEN}' check '{tmp_path}' --format json | head -1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] in ("0", "1")
