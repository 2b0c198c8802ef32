"""Make what a theme ships of a font; scripts/fonts says how it is called."""

from __future__ import annotations

import argparse
from pathlib import Path

from funnelgen.pages.fonts.faces import SYSTEMS
from funnelgen.pages.fonts.making import make, size_of_stand_in


def main() -> None:
    """Write the files and print what to say of them in theme.yaml."""
    parser = argparse.ArgumentParser(prog="scripts/fonts")
    parser.add_argument("font", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("name")
    parser.add_argument("axes", nargs="*", type=axis, metavar="AXIS=AT")
    parser.add_argument("--like", nargs=3, action="append", default=[], metavar=("WEIGHTS", "SYSTEM", "AT"))
    given = parser.parse_args()
    for _, system, _ in given.like:
        if system not in SYSTEMS:
            parser.error(f"unknown system font `{system}`, one of {', '.join(SYSTEMS)}")
    made = make(given.font.read_bytes(), dict(given.axes))
    whole, basic = f"whole/{given.name}.woff2", f"{given.name}.woff2"
    for name, content in ((whole, made.whole), (basic, made.basic)):
        (given.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (given.folder / name).write_bytes(content)
        print(f"# {name}: {len(content) / 1000:.1f} KB")
    heights = made.heights if made.heights[2] else made.heights[:2]
    print(f"file: {whole}\nbasic: {basic}\nheights: [{', '.join(f'{value:g}' for value in heights)}]")
    if given.like:
        print("stand-ins:")
    for weights, system, at in given.like:
        print(f"  {weights}: [{system}, {size_of_stand_in(made.whole, float(at), system)}]")


def axis(text: str) -> tuple[str, float | tuple[float, float]]:
    """Read `wght=400` or `wght=300:700`."""
    tag, _, place = text.partition("=")
    start, _, end = place.partition(":")
    return tag, (float(start), float(end)) if end else float(start)


if __name__ == "__main__":
    main()
