"""Video blocks: which player an address means, and what stands on the page before anybody presses play."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from funnelgen.pages.videos import player_of

from .html import Document
from .photos import photo
from .sites import Files, built, pages_of, site

YOUTUBE = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1&rel=0"
VIMEO = "https://player.vimeo.com/video/76979871?"


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", YOUTUBE),
        ("https://m.youtube.com/watch?app=desktop&v=dQw4w9WgXcQ&t=1m30s", YOUTUBE + "&start=90"),
        ("https://youtu.be/dQw4w9WgXcQ?si=abc&t=42", YOUTUBE + "&start=42"),
        ("https://youtube.com/shorts/dQw4w9WgXcQ", YOUTUBE),
        ("https://www.youtube.com/live/dQw4w9WgXcQ?t=soon", YOUTUBE),
        ("https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?start=7", YOUTUBE + "&start=7"),
        ("https://vimeo.com/76979871", VIMEO + "autoplay=1&dnt=1"),
        ("https://vimeo.com/76979871/a1b2c3d4e5?share=copy", VIMEO + "h=a1b2c3d4e5&autoplay=1&dnt=1"),
        ("https://player.vimeo.com/video/76979871?h=a1b2c3d4e5", VIMEO + "h=a1b2c3d4e5&autoplay=1&dnt=1"),
        ("https://vimeo.com/channels/staffpicks/76979871", VIMEO + "autoplay=1&dnt=1"),
        ("https://www.youtube.com/@somebody", None),
        ("https://www.youtube.com/watch?v=\"><script>", None),
        ("https://youtu.be/", None),
        ("https://vimeo.com/about", None),
        ("https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ", None),
        ("https://videos.example/watch?v=dQw4w9WgXcQ", None),
        ("https://[", None),
        ("/assets/look.mp4", None),
        ("", None),
    ],
)  # fmt: skip
def test_the_player_of_an_address(link: str, address: str | None) -> None:
    player = player_of(link)
    assert (player.address if player else None) == address


def with_video(options: str) -> str:
    """A sales page with a video."""
    return f"/// video | A short look\n{options}\nA minute and a half.\n///\n"


def test_a_still_links_to_its_video_and_loads_nothing_from_there(tmp_path: Path) -> None:
    options = "    src: https://youtu.be/dQw4w9WgXcQ\n    poster: assets/still.jpg\n    alt: A desk\n"
    output = built(site(tmp_path, {"copy/sales.md": with_video(options), "assets/still.jpg": photo(1600, 900)}))
    document = Document(pages_of(output)["sales/index.html"])
    (still,) = [a for a in document.all("a") if a.get("class") == "still"]
    assert still.get("href") == "https://youtu.be/dQw4w9WgXcQ"
    assert still.get("data-player") == YOUTUBE
    assert not document.all("iframe")
    loaded = [e.get("src") for tag in ("img", "script", "source") for e in document.all(tag)]
    assert not [address for address in loaded if address and not address.startswith("/assets/")]
    assert "loaded from YouTube when you press play" in pages_of(output)["sales/index.html"]


def test_only_a_site_with_a_player_may_run_a_script_and_show_a_frame(tmp_path: Path) -> None:
    without = built(site(tmp_path / "one")).files["_headers"].decode()
    assert not re.search("script-src|frame-src", without)
    text = with_video("    src: https://vimeo.com/76979871\n") + with_video("    src: https://youtu.be/dQw4w9WgXcQ\n")
    output = built(site(tmp_path / "two", {"copy/sales.md": text}))
    policy = output.files["_headers"].decode()
    assert "script-src 'self'; frame-src https://player.vimeo.com https://www.youtube-nocookie.com;" in policy
    scripts = [name for name in output.files if name.endswith(".js")]
    assert len(scripts) == 1
    assert len(output.files[scripts[0]]) < 1500
    asking = [name for name, html in pages_of(output).items() if scripts[0] in html]
    assert asking == ["sales/index.html"]
    assert pages_of(output)["sales/index.html"].count(scripts[0]) == 1


def test_a_video_at_another_host_is_a_link(tmp_path: Path) -> None:
    output = built(site(tmp_path, {"copy/sales.md": with_video("    src: https://videos.studio.internal/look\n")}))
    assert not [name for name in output.files if name.endswith(".js")]
    assert 'href="https://videos.studio.internal/look"' in pages_of(output)["sales/index.html"]


def test_a_file_of_the_sites_own_plays_with_its_captions(tmp_path: Path) -> None:
    options = "    src: assets/look.mp4\n    poster: assets/still.jpg\n    alt: A desk\n    captions: assets/look.vtt\n"
    files: Files = {
        "copy/sales.md": with_video(options),
        "assets/look.mp4": b"MP4",
        "assets/look.vtt": b"WEBVTT\n",
        "assets/still.jpg": photo(1600, 900),
    }
    output = built(site(tmp_path, files))
    document = Document(pages_of(output)["sales/index.html"])
    ((video,), (track,)) = document.all("video"), document.all("track")
    assert video.get("preload") == "none"
    assert output.files[(video.get("poster") or "").removeprefix("/")][:3] == b"\xff\xd8\xff"
    assert output.files[(track.get("src") or "").removeprefix("/")] == b"WEBVTT\n"
    assert (track.get("kind"), track.get("srclang")) == ("captions", "en-US")
