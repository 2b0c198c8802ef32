"""The site's own links are asked for on the site alone, wherever they lead."""

from __future__ import annotations

from playwright.sync_api import Playwright

from funnelgen.pathtest.host import LOOPBACK, Answer
from funnelgen.pathtest.links import Links

from ..pathtest.hosts import page, serving


def test_a_link_that_leads_to_another_host_is_not_followed_there(playwright: Playwright) -> None:
    """An address of a deployed site may lead to a payment host, which nobody may reach."""
    with serving(lambda method, address: page("pay")) as elsewhere:
        away = Answer(302, b"", (("Location", f"http://{LOOPBACK}:{elsewhere.server_port}/pay"),))
        answers = {"/away/": away, "/there/": page("here")}
        with serving(lambda method, address: answers.get(address, page("", 404))) as own:
            ask = playwright.request.new_context()
            written = ["/away/", "there/#part", "/gone/", "https://elsewhere.example/"]
            found = list(Links().missing(ask, f"http://{LOOPBACK}:{own.server_port}", "/", written))
            ask.dispose()
    assert found == ["/gone/ is answered with 404"]
    assert own.asked == ["HEAD /away/", "HEAD /there/", "HEAD /gone/"]
    assert elsewhere.asked == []
