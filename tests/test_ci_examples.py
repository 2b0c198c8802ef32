"""The examples for CI in docs/test.md can be copied: GitHub and Netlify can read them, and their commands exist."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, cast

import click
import pytest
import yaml

from funnelgen.cli import cli
from funnelgen.pathtest import plugin

from .sites import ROOT

TEXT = (ROOT / "docs" / "test.md").read_text(encoding="utf-8")
EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]


class Options:
    """Takes the plugin's options in pytest's place."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def getgroup(self, *words: str) -> Options:
        return self

    def addoption(self, name: str, **given: object) -> None:
        self.names.add(name)


def blocks(language: str) -> list[str]:
    """The examples in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)


def workflows() -> list[dict[str, Any]]:
    """The examples for GitHub. YAML 1.1 reads `on` as true, and GitHub does not; so all is read as text."""
    return [yaml.load(text, Loader=yaml.BaseLoader) for text in blocks("yaml")]


def steps() -> Iterator[dict[str, Any]]:
    """All steps of all jobs."""
    for workflow in workflows():
        for job in workflow["jobs"].values():
            yield from job["steps"]


def commands() -> list[list[str]]:
    """Every command of the examples, in its words."""
    given = [step["run"] for step in steps() if "run" in step]
    given += [text["build"]["command"] for text in map(tomllib.loads, blocks("toml")) if "build" in text]
    given += [line.removeprefix("$ ") for block in blocks("console") for line in block.splitlines() if line[:2] == "$ "]
    filled = (re.sub(r"\$\{\{.*?\}\}", "7", text) for text in given)
    return [shlex.split(one) for text in filled for one in text.replace("\n", " ").split("&&")]


def test_workflows_have_what_github_asks_of_them() -> None:
    assert len(workflows()) == 2
    for workflow in workflows():
        assert workflow["on"] == "pull_request"
        for job in workflow["jobs"].values():
            assert job["runs-on"]
            assert all(("run" in step) != ("uses" in step) for step in job["steps"])
            assert all(re.fullmatch(r"[\w-]+/[\w-]+@v\d+", step["uses"]) for step in job["steps"] if "uses" in step)


def test_what_is_kept_is_what_was_written() -> None:
    for workflow in workflows():
        for job in workflow["jobs"].values():
            kept = next(step["with"]["path"] for step in job["steps"] if "upload-artifact" in step.get("uses", ""))
            (test,) = (shlex.split(step["run"]) for step in job["steps"] if "funnelgen test" in step.get("run", ""))
            written = [after for name, after in pairwise(test) if name in ("--report", "--out")]
            assert written
            assert all(path.split("/")[0] == kept for path in written)


def test_netlify_builds_a_site_that_was_walked_first() -> None:
    (site,) = (text for text in map(tomllib.loads, blocks("toml")) if "build" in text)
    assert site["build"]["publish"] == "dist"
    command = site["build"]["command"]
    assert command.index("funnelgen test") < command.index("funnelgen build")


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_commands_exist_with_their_options(words: list[str]) -> None:
    match words:
        case ["funnelgen", name, *rest]:
            command = cli.get_command(click.Context(cli), name)
            assert command is not None
            command.make_context(name, rest)  # refuses an option that there is not, or a value of another kind
        case ["pytest", *rest]:
            options = Options()
            plugin.pytest_addoption(cast(pytest.Parser, options))
            assert {word for word in rest if word.startswith("--")} <= options.names
        case ["pip", "install", *rest]:
            for package in rest:
                name, _, extra = package.rstrip("]").partition("[")
                assert name == "funnelgen"
                assert extra in EXTRAS
        case _:
            assert words[:4] == ["python", "-m", "playwright", "install"]


def test_a_site_in_the_settings_is_one_option() -> None:
    (settings,) = (text for text in map(tomllib.loads, blocks("toml")) if "tool" in text)
    assert settings["tool"]["pytest"]["ini_options"]["addopts"][0] == "--funnel"
