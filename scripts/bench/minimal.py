"""The least that could build a site: the yardstick for funnelgen's own build.

Reads the Markdown of copy/, pages/ and glossary/, and renders each file with Python-Markdown (tables) and one Jinja2
layout over a base. No graph, no checks, no links resolved, no assets: what funnelgen takes longer than this, it spends
on those.

    python scripts/bench/minimal.py SITE OUT
"""

from __future__ import annotations

import sys
from pathlib import Path

import jinja2
import markdown
import yaml
from markupsafe import Markup

BASE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{% block title %}{% endblock %}</title>
<meta name="description" content="{{ front.description }}">
</head>
<body>
<header><a href="/">{{ site.name }}</a></header>
<main>{% block main %}{% endblock %}</main>
<footer><a href="/terms/">Terms</a> <a href="/privacy/">Privacy</a></footer>
</body>
</html>
"""
LAYOUT = """{% extends "base.html" %}
{% block title %}{{ front.title or front.term or name }} | {{ site.name }}{% endblock %}
{% block main %}<h1>{{ front.headline or front.term or name }}</h1>
{{ body }}{% endblock %}
"""

# The C loader where PyYAML has it, as it does almost everywhere: ten times as fast.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def main() -> None:
    """Builds the site named first into the folder named second."""
    site_folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    environment = jinja2.Environment(
        loader=jinja2.DictLoader({"base.html": BASE, "layout.html": LAYOUT}), autoescape=True
    )
    layout = environment.get_template("layout.html")
    converter = markdown.Markdown(extensions=["tables"])
    site = yaml.load((site_folder / "site.yaml").read_text(encoding="utf-8"), Loader=LOADER)

    for folder in ("copy", "pages", "glossary"):
        for source in sorted((site_folder / folder).rglob("*.md")):
            text = source.read_text(encoding="utf-8")
            front: dict[str, object] = {}
            if text.startswith("---\n"):
                head, text = text[4:].split("\n---", 1)
                front = yaml.load(head, Loader=LOADER) or {}
            body = Markup(converter.reset().convert(text))
            target = out / folder / source.stem / "index.html"
            target.parent.mkdir(parents=True, exist_ok=True)
            html = layout.render(site=site, front=front, name=source.stem, body=body)
            target.write_text(html, encoding="utf-8")


if __name__ == "__main__":
    main()
