"""What a site may be given by mistake or malice, number by number: a clear error, nothing written, nothing run.

Each number stands here with one short test or a few; deeper ones stand beside the module that each is about.
"""

from __future__ import annotations

import errno
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from funnelgen.cli import cli
from funnelgen.hosts import netlify
from funnelgen.output import write_output

from .html import Document
from .sites import EXAMPLE, SMALL, Files, built, checked, found, loaded, pages_of, said, site, stack

STACK = str(SMALL["stack.yaml"])
SITE = str(SMALL["site.yaml"])
LAST = {"index.html": b"the last good build"}


def build(folder: Path, *options: object) -> Result:
    """`funnelgen build` in this process; a bug would be an exception of its own."""
    result = CliRunner().invoke(cli, ["build", str(folder), *map(str, options)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def refused(folder: Path, *codes: str) -> str:
    """Build a site that has been built before, and see it refused for these reasons. Gives what was said."""
    write_output(LAST, folder / "dist", site=folder)
    result = build(folder)
    assert result.exit_code == 1
    assert "nothing was built" in result.stderr
    assert "Traceback" not in result.stderr
    for code in codes:
        assert f"error[{code}]" in result.stderr, result.stderr
    is_untouched(folder)
    return result.stderr


def is_untouched(folder: Path) -> None:
    """The last good build is there, and nothing beside it."""
    files = {p.name: p.read_bytes() for p in (folder / "dist").iterdir() if not p.name.startswith(".")}
    assert files == LAST
    assert not list(folder.glob(".dist.*"))


def line_of(words: str, text: str) -> int:
    """The line on which the words stand first, from 1."""
    return text[: text.index(words)].count("\n") + 1


# --- 1 to 4: YAML ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", ["!!python/object/apply:os.system", "!!python/name:os.system", "!!int", "!own"])
def test_1_no_tag_is_obeyed_and_nothing_runs(tmp_path: Path, tag: str) -> None:
    marker = tmp_path / "ran"
    site(tmp_path / "site", {"site.yaml": f"name: x\ndescription: {tag} ['touch {marker}']\n"})
    assert " --> site.yaml:2:14" in refused(tmp_path / "site", "FG002")
    assert not marker.exists()


@pytest.mark.parametrize(
    "yaml",
    [
        "a: &a [x,x,x,x,x,x,x,x,x]\n"
        + "".join(f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
        "a: &a [*a]\n",
        "a: &a {b: {c: *a}}\n",
    ],
    ids=["bomb", "itself", "deep in itself"],
)
def test_2_an_alias_bomb_and_an_alias_of_itself_are_refused_at_once_in_little_memory(tmp_path: Path, yaml: str) -> None:
    site(tmp_path, {"stack.yaml": yaml + STACK})
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    refused(tmp_path, "FG001")
    assert time.process_time() - started < 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # KB


def test_3_a_key_given_twice_names_both_places(tmp_path: Path) -> None:
    site(tmp_path, {"site.yaml": "name: Small Studio\ncurrency: USD\ncurrency: EUR\n"})
    words = refused(tmp_path, "FG003")
    assert " --> site.yaml:3:1" in words
    assert " ::: site.yaml:2:1" in words
    assert "first given here" in words


@pytest.mark.parametrize("price", ["027", "1e3", ".5", "-3", "NaN", "1_000", "12:30:00", "0x1F", "1,000", ".inf"])
def test_4_a_price_is_read_as_it_was_written_and_refused_where_it_is_no_amount(tmp_path: Path, price: str) -> None:
    text = STACK.replace("price: 97", f"price: {price}")
    words = refused(site(tmp_path, {"stack.yaml": text}), "FG006")
    assert f"`{price}` is not an amount" in words
    assert f"stack.yaml:{line_of(price, text)}:12" in words


def test_4_words_that_yaml_takes_for_something_else_stay_words(tmp_path: Path) -> None:
    site(tmp_path, {"site.yaml": "name: no\non: yes\n", "stack.yaml": STACK.replace("people who test", "12:30:00")})
    assert found(tmp_path) == ["FG004 error site.yaml:2:1 site.yaml has no key `on`"]
    site(tmp_path, {"site.yaml": "name: no\n", "stack.yaml": STACK.replace("people who test", "12:30:00")})
    read = loaded(tmp_path)
    assert (read.config.name, read.stacks[0].audience) == ("no", "12:30:00")


# --- 5 to 8: what becomes HTML ---------------------------------------------------------------------------------------


def test_5_a_misspelt_variable_in_copy_is_an_error(tmp_path: Path) -> None:
    site(tmp_path, {"copy/sales.md": 'Only {{ prise("course") }} for {{ site.nmae }}.\n'})
    words = refused(tmp_path, "FG301")
    assert "copy/sales.md:1:6" in words
    assert "copy/sales.md:1:32" in words


def test_5_a_misspelt_variable_in_a_theme_is_an_error(tmp_path: Path) -> None:
    site(tmp_path, {"theme/templates/sections/foot.html": "<footer>\n{{ page.site.nmae }}</footer>\n"})
    assert "theme/templates/sections/foot.html:2:1" in refused(tmp_path, "FG601")


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", 'a" onload="x', "a' onload='x", "a\u2028b", "a{}</style>"]
)
def test_6_what_is_written_is_escaped_for_its_place(tmp_path: Path, text: str) -> None:
    quoted = "'" + text.replace("'", "''") + "'"
    site(
        tmp_path,
        {
            "site.yaml": f"name: {quoted}\nurl: https://small.example\nseller: {{name: {quoted}}}\n",
            "stack.yaml": STACK.replace("The Course", f"{quoted}").replace("A course in six weeks.", quoted),
            "glossary/a.md": f"---\nterm: {quoted}\ndefinition: {quoted}\n---\n",
        },
    )
    output = built(tmp_path)
    assert text not in output.files["_headers"].decode()
    for name, html in pages_of(output).items():
        document = Document(html)
        assert all(e.get("type") == "application/ld+json" for e in document.all("script")), name
        assert all("<" not in e.text and "\u2028" not in e.text for e in document.all("script")), name
        assert not any(key.startswith("on") for e in document.elements for key in e.attributes), name
        assert len(document.all("style")) == 1, name
    assert Document(pages_of(output)["sales/index.html"]).all("title")[0].text == text


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "vbscript:x", "//evil.example"]
)
def test_7_a_link_that_could_run_code_is_refused(tmp_path: Path, link: str) -> None:
    site(tmp_path, {"copy/sales.md": f"See [this]({link}).\n"})
    assert "copy/sales.md:1:12" in refused(tmp_path, "FG303")


def test_7_html_stands_in_copy_only_where_the_site_asks_for_it(tmp_path: Path) -> None:
    copy = {"copy/sales.md": "A <b>bold</b> word.\n"}
    assert "copy/sales.md:1:3" in refused(site(tmp_path / "plain", copy), "FG304")
    output = built(site(tmp_path / "html", {**copy, "site.yaml": SITE + "html: true\n"}))
    assert "A <b>bold</b> word." in pages_of(output)["sales/index.html"]


@pytest.mark.parametrize(
    "code",
    [
        "''.__class__.__mro__",
        "site.__class__",
        "cycler.__init__.__globals__",
        "9**9**9",
        "'a' * 10**9",
        "lipsum()",
        "x()()",
    ],
)
def test_8_template_code_in_copy_reaches_nothing(tmp_path: Path, code: str) -> None:
    site(tmp_path, {"copy/sales.md": f"So {{{{ {code} }}}} here.\n"})
    assert "copy/sales.md:1:4" in refused(tmp_path, "FG301")


@pytest.mark.parametrize("code", ["{% import os %}", "{%- set x = 1 -%}"])
def test_8_so_do_statements_of_templates(tmp_path: Path, code: str) -> None:
    site(tmp_path, {"copy/sales.md": f"So {code} here.\n"})
    assert "copy/sales.md:1:4" in refused(tmp_path, "FG301")


# --- 9 to 12: where things stand -------------------------------------------------------------------------------------

PATHS = [
    "../up.pdf",
    "/etc/passwd",
    "a\\b.pdf",
    '"a\\0b.pdf"',
    "nul.pdf",
    "a/../../b.pdf",
    "C:/b.pdf",
    f"{'x' * 300}.pdf",
]


@pytest.mark.parametrize("path", PATHS)
def test_9_a_file_outside_the_site_or_that_no_system_can_have_is_refused(tmp_path: Path, path: str) -> None:
    text = STACK.replace("deliver: course.pdf", f"deliver: {path}")
    words = refused(site(tmp_path, {"stack.yaml": text}), "FG006")
    assert f"stack.yaml:{line_of(path, text)}:14" in words


@pytest.mark.parametrize("id", ["../up", "/etc", "a\\b", '"a\\0b"', "nul", "x" * 300, "Up", "a b"])
def test_9_so_is_an_id_and_an_address(tmp_path: Path, id: str) -> None:
    site(tmp_path, {"stack.yaml": stack(f"  - sales: course\n    id: {id}\n  - checkout: course\n  - thank-you:\n")})
    refused(tmp_path, "FG006")
    address = f'"/{id}/"' if '"' not in id else f'"/{id[1:-1]}/"'
    steps = f"  - sales: course\n    path: {address}\n  - checkout: course\n  - thank-you:\n"
    refused(site(tmp_path, {"stack.yaml": stack(steps.replace("\\b", "\\\\b"))}), "FG006")


@pytest.mark.parametrize("name", ["pages/aux.md", "pages/Über uns.md", f"pages/{'x' * 121}.md", "assets/con.png"])
def test_9_so_is_the_name_of_a_file(tmp_path: Path, name: str) -> None:
    assert name in refused(site(tmp_path, {name: "x"}), "FG008")


def test_10_two_pages_with_one_address_are_both_named(tmp_path: Path) -> None:
    words = refused(site(tmp_path, {"pages/checkout.md": "Words.\n"}), "FG104")
    assert "the page `checkout` and the step `checkout` both have the address `/checkout/`" in words


def test_10_addresses_that_differ_in_case_alone_cannot_be_written(tmp_path: Path) -> None:
    assert "pages/About.md" in refused(site(tmp_path, {"pages/about.md": "a", "pages/About.md": "b"}), "FG008")
    steps = "  - sales: course\n    path: /About/\n  - checkout: course\n  - thank-you:\n"
    refused(site(tmp_path / "b", {"pages/about.md": "a", "stack.yaml": stack(steps)}), "FG006")


def test_11_a_link_out_of_the_site_and_a_loop_of_links_are_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    folder = site(tmp_path / "site") / "assets"
    folder.mkdir()
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "one").symlink_to(folder / "two")
    (folder / "two").symlink_to(folder / "one")
    (folder / "up").symlink_to(tmp_path)
    words = refused(tmp_path / "site", "FG008")
    for name in ("out.txt", "one", "two", "up"):
        assert f"the link `assets/{name}` leads" in words


@pytest.mark.parametrize("place", ["/", "~", "site", "site/copy", "parent", "full"])
def test_12_a_target_that_would_be_lost_is_refused(tmp_path: Path, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = site(tmp_path / "parent/site")
    full, home = tmp_path / "full", tmp_path / "home"
    for there in (full, home):
        there.mkdir()
        (there / "letter.txt").write_text("mine")
    monkeypatch.setenv("HOME", str(home))
    targets = {"/": Path("/"), "~": home, "site": folder, "site/copy": folder / "copy", "parent": folder.parent}
    before = sorted(tmp_path.rglob("*"))
    result = build(folder, "--out", targets.get(place, full))
    assert result.exit_code == 1
    assert "help: name a new folder with `--out`" in result.stderr.replace("empty it, or ", "")
    assert [p for p in before if not p.exists()] == []
    assert {p.parent for p in set(tmp_path.rglob("*")) - set(before)} <= {home, home / ".cache", *home.rglob("*")}


# --- 13 and 17: the output -------------------------------------------------------------------------------------------

KILLED = """
import os, signal, sys
from funnelgen import output
output._swap = lambda *folders: os.kill(os.getpid(), signal.SIGKILL)
sys.argv = ["funnelgen", "build", *sys.argv[1:]]
from funnelgen.__main__ import main
main()
"""


def test_13_a_killed_build_leaves_the_last_one_and_the_next_recovers(tmp_path: Path) -> None:
    site(tmp_path)
    write_output(LAST, tmp_path / "dist", site=tmp_path)
    assert subprocess.run([sys.executable, "-c", KILLED, tmp_path], check=False).returncode == -signal.SIGKILL
    assert (tmp_path / "dist/index.html").read_bytes() == LAST["index.html"]
    assert list(tmp_path.glob(".dist.*"))
    assert build(tmp_path).exit_code == 0
    assert (tmp_path / "dist/sales/index.html").is_file()
    assert not list(tmp_path.glob(".dist.*"))


def test_13_a_disk_without_room_leaves_the_last_build(tmp_path: Path) -> None:
    site(tmp_path)
    write_output(LAST, tmp_path / "dist", site=tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "funnelgen", "build", tmp_path],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")},  # there is no room for compiled templates either
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (9_000, 9_000)),
    )
    assert done.returncode == 1
    assert "cannot be written: File too large" in done.stderr
    assert "Traceback" not in done.stderr
    is_untouched(tmp_path)


def test_13_a_disk_that_may_only_be_read_leaves_the_last_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site(tmp_path)
    write_output(LAST, tmp_path / "dist", site=tmp_path)

    def read_only(path: Path, data: bytes) -> int:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(Path, "write_bytes", read_only)
    result = build(tmp_path)
    assert result.exit_code == 1
    assert "cannot be written: Read-only file system" in result.stderr
    is_untouched(tmp_path)


def test_17_the_same_site_gives_the_same_bytes_wherever_and_whenever(tmp_path: Path) -> None:
    trees = []
    for name, seed, zone in (("one", "1", "UTC"), ("another folder", "2", "Pacific/Kiritimati")):
        folder = shutil.copytree(EXAMPLE, tmp_path / name, ignore=shutil.ignore_patterns("dist", ".funnelgen"))
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C" if seed == "1" else "tr_TR.UTF-8"}
        command = [sys.executable, "-m", "funnelgen", "build", str(folder), "-q"]
        subprocess.run(command, env=env, cwd=tmp_path, check=True)
        files = sorted(p for p in (folder / "dist").rglob("*") if p.is_file())
        trees.append({p.relative_to(folder).as_posix(): p.read_bytes() for p in files})
    assert trees[0] == trees[1]


# --- 14 to 16: what would be published -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        'url: "https://small.example\\nX-Evil: 1"',
        'form: {action: "https://forms.example\\r\\nX-Evil: 1"}',
        'name: "Small\\nX-Evil: 1"',
        'hosts: ["pay.example\\nX-Evil: 1"]',
    ],
)
def test_14_a_line_break_in_what_becomes_a_header_is_refused(tmp_path: Path, line: str) -> None:
    key = line.partition(":")[0]
    settings = "".join(own + "\n" for own in SITE.splitlines() if not own.startswith(f"{key}:"))
    assert "site.yaml:" in refused(site(tmp_path, {"site.yaml": f"{settings}{line}\n"}), "FG006")


def test_14_so_is_one_in_an_address_that_is_redirected(tmp_path: Path) -> None:
    steps = '  - checkout: course\n    path: "/a/\\n/b/ https://evil.example 302"\n  - thank-you:\n'
    refused(site(tmp_path, {"stack.yaml": stack(steps)}), "FG006")
    policy = netlify.content_security_policy(form_hosts=["a.example\nX-Evil: 1"])
    with pytest.raises(ValueError, match="line break"):
        netlify.headers(netlify.rules(policy))


SECRETS = ["sk_live_" + "a1" * 12, "rk_live_" + "b2" * 12, "whsec_" + "c3" * 12, "sk_test_" + "d4" * 12]


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("file", ["copy/sales.md", "site.yaml", "assets/notes.txt"])
def test_15_a_secret_in_any_file_is_refused(tmp_path: Path, file: str, secret: str) -> None:
    text = f"{SITE}description: {secret}\n" if file == "site.yaml" else f"Words {secret}\n"
    words = refused(site(tmp_path, {file: text}), "FG409")
    assert f"{file}:" in words


@pytest.mark.parametrize("link", ["http://buy.stripe.com/abc", "https://localhost/pay", "http://127.0.0.1:4242/pay"])
def test_15_so_is_an_address_that_is_not_safe_or_only_here(tmp_path: Path, link: str) -> None:
    files: list[tuple[Files, str]] = [
        ({"copy/sales.md": f"[Pay]({link})\n"}, "FG302"),
        ({"links.yaml": f"live: {{checkout: '{link}'}}\n"}, "FG404"),
        ({"site.yaml": f"name: x\nurl: {link}\n"}, "FG006"),
        ({"stack.yaml": STACK.replace("deliver: course.pdf", f"deliver: [{{url: '{link}'}}]")}, "FG006"),
    ]
    for number, (changes, code) in enumerate(files):
        result = checked(site(tmp_path / str(number), changes))
        assert code in {d.code for d in result.diagnostics}, [said(d) for d in result.diagnostics]
        assert not result.can_build


def test_16_a_way_to_a_step_that_there_is_not_names_the_way(tmp_path: Path) -> None:
    steps = "  - checkout: course\n    accept: thnak-you\n  - thank-you:\n"
    words = refused(site(tmp_path, {"stack.yaml": stack(steps)}), "FG102")
    assert "`accept` leads to `thnak-you`, and no step is called that" in words
    assert "did you mean `thank-you`?" in words


def test_16_a_circle_without_a_way_out_names_the_way(tmp_path: Path) -> None:
    steps = "  - sales: course\n  - checkout: course\n    accept: sales\n  - thank-you:\n"
    assert "`accept` of `checkout` leads back to `sales`" in refused(
        site(tmp_path, {"stack.yaml": stack(steps)}), "FG106"
    )


# --- 18: bytes -------------------------------------------------------------------------------------------------------

TEXTS = {name: text for name, text in SMALL.items() if isinstance(text, str)}


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_18_other_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path, end: str) -> None:
    marked = {name: b"\xef\xbb\xbf" + text.replace("\n", end).encode() for name, text in TEXTS.items()}
    assert built(site(tmp_path / "a", marked)).files == built(site(tmp_path / "b")).files


def test_18_a_tab_in_yaml_is_shown_where_it_stands(tmp_path: Path) -> None:
    words = refused(site(tmp_path, {"stack.yaml": STACK.replace("  guide:", "\tguide:")}), "FG001")
    assert "a tab cannot indent YAML" in words
    assert "stack.yaml:3:1" in words


@pytest.mark.parametrize("raw", [b"caf\xe9", b"\x80", "name: x".encode("utf-16"), b"\xed\xa0\x80"])
@pytest.mark.parametrize("file", ["copy/sales.md", "stack.yaml", "pages/index.md"])
def test_18_bytes_that_are_no_text_are_refused(tmp_path: Path, file: str, raw: bytes) -> None:
    assert f"`{file}` is not UTF-8" in refused(site(tmp_path, {file: raw}), "FG007")


@pytest.mark.parametrize(
    "file", ["site.yaml", "copy/sales.md", "downloads/guide.pdf", "assets/note.txt", "theme/it.css"]
)
def test_18_a_file_that_nobody_may_read_is_named(tmp_path: Path, file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may read everything, so the system is made to answer as it answers others."""
    site(tmp_path, {file: TEXTS.get(file, "words")})
    closed = tmp_path / file
    monkeypatch.setattr("os.access", lambda path, mode: Path(path) != closed)
    result = build(tmp_path)
    assert f"`{file}` cannot be read: Permission denied" in result.stderr
    assert result.stderr.count("error[") == 1
    assert not (tmp_path / "dist").exists()


def test_18_any_script_and_emoji_are_words_like_others(tmp_path: Path) -> None:
    name = "שלום مرحبا 名前 🎓 e\u0301"
    site(tmp_path, {"site.yaml": f"name: {name}\n", "copy/sales.md": f"{name}\n"})
    assert build(tmp_path).exit_code == 0
    assert name in (tmp_path / "dist/sales/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("file", list(TEXTS))
def test_18_an_empty_file_works_or_says_what_is_missing(tmp_path: Path, file: str) -> None:
    result = build(site(tmp_path, {file: ""}))
    assert result.exit_code == (file in ("site.yaml", "stack.yaml")), result.stderr
    assert (result.exit_code == 0) or "error[FG005]" in result.stderr


@pytest.mark.parametrize("file", list(TEXTS))
def test_18_a_file_of_ten_megabytes_is_refused_at_once(tmp_path: Path, file: str) -> None:
    site(tmp_path, {file: b"[" * 10_000_000})
    started = time.process_time()
    assert f"`{file}` has 10.0 MB, too much for a text" in refused(tmp_path, "FG007")
    assert time.process_time() - started < 1
