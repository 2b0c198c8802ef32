"""A deployed site beside the site that it should be."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping
from functools import cached_property

from funnelgen.funnel.manifest import Manifest, ManifestPage
from funnelgen.pathtest.deployed.caller import Ask, Caller, ask_all, text_of
from funnelgen.pathtest.deployed.wording import styles_of
from funnelgen.pathtest.host import Answer, Files


class Deployment:
    """Where a site was deployed, what was built of it, and the pages that were found there, asked for once."""

    def __init__(
        self, origin: str, files: Mapping[str, bytes], manifest: Manifest, *, call: Callable[[str], Ask] = Caller
    ) -> None:
        """`files` are those of the site as it is now; `call` gives what asks an origin."""
        self.origin = origin
        self.built = Files(files)
        self.manifest = manifest
        self.call = call
        self.ask = call(origin)
        self.encrypted = origin.startswith("https://")

    @property
    def listed(self) -> tuple[ManifestPage, ...]:
        """The pages that have an address of their own."""
        return tuple(page for page in self.manifest.pages if page.kind != "404")

    @cached_property
    def pages(self) -> Mapping[str, Answer]:
        """What the host answers for each page. Raises Unreachable."""
        return ask_all(self.ask, "GET", (page.address for page in self.listed))

    @cached_property
    def files(self) -> Mapping[str, Answer]:
        """What the host answers for each file that is no page, but for the file itself. Raises Unreachable."""
        names = (f"/{name}" for name in self.built.files if not name.endswith(".html"))
        return ask_all(self.ask, "HEAD", filter(self.built.is_served, names))

    @cached_property
    def identical(self) -> bool:
        """Whether every page is the built one, byte for byte."""
        return all(self.pages[page.address].body == self.built.files[page.file] for page in self.listed)

    @cached_property
    def style_hashes(self) -> tuple[str, ...]:
        """The style elements of the deployed pages, as a policy names them."""
        pages = [text_of(answer) for answer in self.pages.values()]
        pages.append(self.built.files.get("404.html", b"").decode())
        styles = {style for page in pages for style in styles_of(page)}
        digests = (hashlib.sha256(style.encode()).digest() for style in styles)
        return tuple(sorted(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests))

    def mentions(self, address: str) -> bool:
        """Whether a deployed page names a file, or it is one that is asked for by its name alone."""
        name = address.encode()
        return address.count("/") == 1 or any(name in answer.body for answer in self.pages.values())

    def in_words(self) -> str:
        """How the deployed pages compare with the site, in a sentence."""
        pages = len(self.listed)
        same = sum(self.pages[page.address].body == self.built.files[page.file] for page in self.listed)
        if same == pages:
            return f"all {pages} pages are those that the site builds now, byte for byte"
        if not same:
            return f"none of {pages} pages is as the site builds it now: the host rewrites them, or they are others"
        return f"{same} of {pages} pages are those that the site builds now, byte for byte"
