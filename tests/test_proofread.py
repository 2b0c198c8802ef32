"""`funnelgen check` reads a theme of the site's own through: what is wrong there is told before a page is made."""

from __future__ import annotations

from pathlib import Path

import pytest

from funnelgen.proofread import proofread

from .sites import SMALL, checked, said, site
from .test_cli import run

DUSK = {"site.yaml": f"{SMALL['site.yaml']!s}theme: ./dusk\n", "dusk/theme.yaml": "name: Dusk\nextends: daybreak\n"}
FOOT = '{% extends "theme:sections/foot.html" %}\n'


def told(folder: Path, files: dict[str, str]) -> list[str]:
    result = proofread(checked(site(folder, {**DUSK, **files})))
    return [f"{said(d)} | {d.help}" if d.help else said(d) for d in result.diagnostics]


@pytest.mark.parametrize(
    ("file", "text", "finding"),
    [
        ("theme.yaml", "extends: daybraek\n", "dusk/theme.yaml:1:10 parent theme `daybraek` does not exist"),
        ("theme.yaml", "name: Dusk\nfonts: Inter\n", "dusk/theme.yaml:2:8 `fonts` is not a list"),
        ("strings/en.yaml", "skpi: No\n", "dusk/strings/en.yaml:1:1 unknown string `skpi`"),
        (
            "templates/sections/foot.html",
            "<p>\n{% if %}</p>\n",
            "dusk/templates/sections/foot.html:2:1 template failed",
        ),
        ("templates/sections/foot.html", "<p>\n{{ nonsense }}</p>\n", "foot.html:2:1 a template gets no `nonsense`"),
        ("templates/sections/foot.html", "{{ page.headlien }}\n", "has no `headlien` | did you mean `headline`?"),
        ("templates/sections/foot.html", "{{ page.site.nmae }}\n", "a site has no `nmae` | did you mean `name`?"),
        ("templates/sections/foot.html", "\n{{ section('mneu') }}\n", "foot.html:2:1 no template `sections/mneu.html`"),
        ("templates/sections/foot.html", "{{ icon('chekc') }}\n", "unknown icon `chekc` | did you mean `check`?"),
        ("templates/sections/foot.html", "{{ t('skpi') }}\n", "unknown string `skpi` | did you mean `skip`?"),
        ("templates/sections/foot.html", "{{ 'a' | upcase }}\n", "No filter named 'upcase'"),
        ("templates/sections/foot.html", '{% include "sections/mneu.html" %}', "no template `sections/mneu.html`"),
        (
            "templates/sections/offer.html",
            '{% extends "theme:sections/offer.html" %}\n{% block decyde %}x{% endblock %}',
            "offer.html:2:1 no template below has a block `decyde`, so what is in it is never shown"
            " | did you mean `decide`?",
        ),
        ("art/mark.svg", '<svg viewBox="0 0 28 28">\n<path d="M0 0', "dusk/art/mark.svg:2:1 drawing is not whole"),
        ("art/mark.svg", "<p>moon</p>", "dusk/art/mark.svg:1:1 `p` is no drawing"),
        ("art/mark.svg", "<svg>\n<script>1</script></svg>", "dusk/art/mark.svg:2:1 a drawing has a `script`"),
        ("art/mark.svg", "<svg>\n<g onclick='x()'/></svg>", "mark.svg:2:1 a drawing runs a script in `onclick`"),
        ("art/mark.svg", "", "dusk/art/mark.svg:1:1 drawing is not whole: no element found"),
        ("theme.css", ".a { color: red\n.b { color: blue }\n", "dusk/theme.css:1:1 `{` is never closed"),
        ("theme.css", ".a { color: red }\n}\n", "dusk/theme.css:2:1 `}` closes what was never opened"),
        ("theme.css", "\n/* moon\n.a { color: red }\n", "dusk/theme.css:2:1 comment is never closed"),
        ("theme.css", ".a::before { content: 'x }\n", "dusk/theme.css:1:1 text in quotes does not end in its line"),
        ("theme.css", ".a {\ncolor: var(--acent) }", "theme.css:2:1 unknown token `acent` | did you mean `accent`?"),
        ("theme.css", "@import 'more.css';", "dusk/theme.css:1:1 `@import` loads another style sheet"),
        ("theme.css", ".a { background: url('https://x.internal/a.png') }", "loads from another server"),
        ("theme.css", ".a { background: url(//x.internal/a.png) }", "loads from another server"),
    ],
)
def test_a_mistake_in_a_theme_is_told_by_check(tmp_path: Path, file: str, text: str, finding: str) -> None:
    found = told(tmp_path, {f"dusk/{file}": text})
    assert len(found) == 1
    assert found[0].startswith("FG601 error ")
    assert finding in found[0]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("theme.css", ".a { --moon: red; color: var(--moon) } .b { color: var(--b9, red) }"),
        ("theme.css", "/* } */ .a::after { content: '}' \"{\"; background: url(data:image/png;base64,//8=) }"),
        ("theme.css", ".a { color: var( --accent ) }"),
        (
            "templates/sections/foot.html",
            "{% set moon = 1 %}{% for a, b in {}.items() %}{{ a ~ b ~ moon }}{% endfor %}",
        ),
        ("templates/sections/foot.html", "{% if moon is defined %}{{ moon }}{% endif %}"),
        ("templates/sections/foot.html", FOOT),
        ("templates/sections/moon.html", '{{ section("moon", phase=1) }}{{ phase }}'),
        ("art/mark.svg", "<svg><defs><g id='{{ id }}'/></defs>\n{# a moon #}</svg>"),
    ],
)
def test_what_is_right_is_left_alone(tmp_path: Path, file: str, text: str) -> None:
    assert told(tmp_path, {f"dusk/{file}": text}) == []


def test_the_sites_own_folder_is_read_as_well(tmp_path: Path) -> None:
    """With all that is wrong there at once, in the order of the files."""
    found = told(tmp_path, {"theme/site.css": "a {", "theme/art/mark.svg": "<svg>", "dusk/theme.css": "}"})
    places = [line.split()[2] for line in found]
    assert places == ["dusk/theme.css:1:1", "theme/art/mark.svg:1:1", "theme/site.css:1:1"]


@pytest.mark.parametrize("file", ["templates/sections/foot.html", "theme.css", "art/mark.svg", "templates/deep/x.html"])
def test_a_file_that_is_not_utf_8_is_told_with_what_was_found_before_it(tmp_path: Path, file: str) -> None:
    folder = site(tmp_path, {**DUSK, "dusk/art/cover.svg": "<svg>", f"dusk/{file}": "Caf\xe9\n".encode("latin-1")})
    found = [said(d) for d in proofread(checked(folder)).diagnostics]
    assert f"FG601 error dusk/{file}:1:1 not UTF-8: byte 0xe9" in found
    assert "dusk/art/cover.svg:1:1 drawing is not whole" in found[0]
    done = run("check", folder)
    assert done.returncode == 1
    assert done.stderr.count("not UTF-8") == 1


def test_colours_that_cannot_be_told_apart_are_told(tmp_path: Path) -> None:
    found = told(tmp_path, {"dusk/theme.yaml": 'name: Dusk\nlight: {ink-2: "#d0d0d0"}\n'})
    assert [line.split(" `")[0] for line in found] == ["FG606 warning dusk/theme.yaml:2:16"]


def test_a_file_that_nothing_asks_for_is_a_warning(tmp_path: Path) -> None:
    """One that a template of the theme's own asks for by its name is not."""
    files = {
        "dusk/templates/sections/offr.html": "x",
        "dusk/templates/sections/moon.html": "x",
        "dusk/sections/moon.css": ".moon {}",
        "dusk/sections/ofer.css": ".offer {}",
        "dusk/templates/sections/foot.html": '{{ section("moon") }}',
        "dusk/theme.css": "",
        "theme/theme.css": "",
        "theme/site.css": "",
    }
    assert told(tmp_path, files) == [
        "FG601 warning dusk/sections/ofer.css:1:1 nothing asks for `sections/ofer.css`"
        " | did you mean `sections/offer.css`?",
        "FG601 warning dusk/templates/sections/offr.html:1:1 nothing asks for `templates/sections/offr.html`"
        " | did you mean `templates/sections/offer.html`?",
        "FG601 warning theme/theme.css:1:1 nothing asks for `theme.css` | did you mean `site.css`?",
    ]


def test_the_command_says_it_and_so_does_a_build(tmp_path: Path) -> None:
    folder = site(tmp_path, {**DUSK, "dusk/theme.css": ".a { color: var(--acent) }"})
    for command in ("check", "build"):
        done = run(command, folder)
        assert done.returncode == 1
        assert done.stderr.count("unknown token `acent`") == 1
