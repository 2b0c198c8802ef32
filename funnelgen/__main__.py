"""`python -m funnelgen`, and what the `funnelgen` script calls."""

from __future__ import annotations

import sys

from funnelgen import __version__


def main() -> None:
    """Answer `--version` at once, since prompts and scripts ask it often; leave all else to the command line."""
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"funnelgen {__version__}\n")
        return
    from funnelgen.cli import run

    run()


if __name__ == "__main__":
    main()
