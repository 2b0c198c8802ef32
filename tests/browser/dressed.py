"""Builds the three sites of the browser tests in every theme, for judges that read folders.

python -m tests.browser.dressed DIR
"""

from __future__ import annotations

import sys
from pathlib import Path

from .sites import EXAMPLE, THEMES, build_into, dress, write_shop
from .studio import write_studio


def main(folder: Path) -> None:
    """Build into folders below one that is not there yet, and print their names."""
    folder.mkdir(parents=True)
    sources = {
        "example": EXAMPLE,
        "shop": write_shop(folder / "shop", bumps=3),
        "studio": write_studio(folder / "studio"),
    }
    for name, source in sources.items():
        for theme in THEMES:
            dressed = dress(source, folder / f"{name}-{theme}", theme)
            print(build_into(dressed, dressed / "dist").folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
