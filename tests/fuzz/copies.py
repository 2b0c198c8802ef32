"""Copy from a grammar: front matter, Markdown, blocks."""

from __future__ import annotations

from typing import Any

from funnelgen.site.copytext import BLOCKS, WITH_ITEMS
from funnelgen.site.writing import FrontMatter

from . import texts
from .values import ASSETS, Values


class Copies(Values):
    """Draws files of copy."""

    def copy(self) -> str:
        """A copy file."""
        need = {"headline": self.line(), "title": self.line(), "description": self.prose()}
        front = self.model(FrontMatter, need if self.chance(0.7) else {}, without=set())
        return self.markdown(front)

    def markdown(self, front: dict[str, Any]) -> str:
        """Front matter with a body under it."""
        head = f"---\n{self.yaml(front)}---\n" if front else ""
        body = "\n\n".join(self.piece() for _ in range(self.rng.randint(0, 6)))
        return f"{head}{body}\n"

    def piece(self) -> str:
        """A paragraph, a list, a table, a heading, a block."""
        rng = self.rng
        match rng.randrange(10):
            case 0:
                return f"{'#' * rng.randint(2, 3)} {self.line()}"
            case 1:
                return "\n".join(
                    f"{rng.choice('-*1')}{'.' if rng.random() > 0.9 else ''} {self.line()}" for _ in range(3)
                )
            case 2:
                return f"| {self.line()} | {self.line()} |\n|---|---|\n| {self.line()} | {self.link()} |"
            case 3:
                return f"Read {self.link()} and {self.link()}. {self.prose()}"
            case 4 | 5:
                return self.block()
            case 6:
                return f"```\n{self.prose()}\n```\n\n> {self.prose()}\n\n![{self.line()}](/{rng.choice(ASSETS)})"
            case 7 if self.odd:
                return self.run()
            case 8 if self.odd:
                return "".join(rng.choice(texts.RUNS) for _ in range(rng.randint(1, 60)))
        return self.prose()

    def block(self) -> str:
        """A `/// name | title` with its options, its items or its words."""
        rng = self.rng
        name = rng.choice(sorted(BLOCKS))
        options = {option: self.option(option) for option in BLOCKS[name] if rng.random() > 0.2}
        head = [f"/// {name} | {self.line()}" if rng.random() > 0.3 else f"/// {name}"]
        head += [f"    {option}: {value}" for option, value in options.items()]
        items = [f"### {self.line()}\n\n{self.prose()}" for _ in range(rng.randint(1, 3))] if name in WITH_ITEMS else []
        body = "\n\n".join(items) or self.prose()
        end = "" if self.odd and rng.random() > 0.9 else "\n\n///"
        return "\n".join(head) + f"\n\n{body}{end}"

    def option(self, name: str) -> str:
        if self.odd and self.chance(0.3):
            return self.rng.choice(texts.ODD)
        if name in ("image", "poster"):
            return self.rng.choice(ASSETS)
        return {"src": "/assets/hero.svg", "captions": "/assets/hero.svg", "sample": "true"}.get(name, self.line())
