"""Photos dropped into assets/: what a build makes of them, and what pages say of them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from PIL import Image, ImageCms, features

from funnelgen.pages import encode, pictures
from funnelgen.pages.frames import LADDER, Frame
from funnelgen.pipeline import Failed, Output, build

from .html import Document
from .photos import corners, opened, photo, quarters, saved, srgb_profile
from .sites import Files, checked, found, pages_of, said, site

SALES = "sales/index.html"


def with_picture(data: bytes, name: str = "me.jpg", copy: str = "") -> Files:
    """The small site with a picture beside its headline, or where `copy` puts it."""
    text = copy or f"---\nimage: assets/{name}\nalt: The six workbooks\n---\nWhat the course is.\n"
    return {f"assets/{name}": data, "copy/sales.md": text}


def made(folder: Path, files: Files, cache: Path | None = None) -> Output:
    """The output of the small site with those files."""
    result = checked(site(folder, files))
    assert result.site
    assert result.funnel, [said(d) for d in result.diagnostics]
    return build(result.site, result.funnel, "demo", cache=cache, sources=result.sources)


def of_format(output: Output, suffix: str) -> list[Image.Image]:
    """The pictures that were made in a format, by width."""
    found = [opened(data) for name, data in output.files.items() if name.endswith(f".{suffix}")]
    return sorted(found, key=lambda image: image.width)


def attributes(output: Output, tag: str, page: str = SALES) -> list[dict[str, Any]]:
    """The attributes of the page's elements of a kind."""
    return [dict(element.attributes) for element in Document(pages_of(output)[page]).all(tag)]


# --- what is made ----------------------------------------------------------------------------------------------------


def test_a_photo_is_made_in_modern_formats_and_useful_widths(tmp_path: Path) -> None:
    output = made(tmp_path, with_picture(photo(3000, 2000)))
    for suffix in ("avif", "webp"):
        widths = [image.width for image in of_format(output, suffix)]
        assert len(widths) > 3
        assert set(widths) <= set(LADDER)
        assert widths[-1] < 3000
    for image in (*of_format(output, "avif"), *of_format(output, "webp"), *of_format(output, "jpg")):
        assert image.width / image.height == pytest.approx(1.5, abs=0.02)
        assert corners(image) == ["red", "green", "blue", "white"]


def test_the_original_stays_out_of_the_output(tmp_path: Path) -> None:
    data = photo(3000, 2000)
    output = made(tmp_path, with_picture(data))
    assert data not in output.files.values()
    assert max(len(d) for n, d in output.files.items() if n.startswith("assets/me")) < len(data)


def test_a_photo_that_is_only_linked_is_published_as_it_is(tmp_path: Path) -> None:
    data = photo(300, 200)
    output = made(tmp_path, with_picture(data, copy="The [map to print](assets/me.jpg).\n"))
    assert data in output.files.values()
    assert not of_format(output, "avif")


def test_a_small_picture_is_never_made_larger(tmp_path: Path) -> None:
    output = made(tmp_path, with_picture(photo(200, 250)))
    images = [opened(d) for n, d in output.files.items() if n.startswith("assets/me")]
    assert max(image.size for image in images) == (200, 250)
    assert [(a["width"], a["height"]) for a in attributes(output, "img") if "me-" in a["src"]] == [("200", "250")]


@pytest.mark.parametrize("turn", range(1, 9))
@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_a_photo_stands_upright_however_the_camera_was_held(tmp_path: Path, turn: int, format: str) -> None:
    upright = quarters(240, 160)
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    held = upright.transpose(undo[turn]) if turn > 1 else upright
    notes = Image.Exif()
    notes[0x0112] = turn
    output = made(tmp_path, with_picture(saved(held, format, exif=notes)))
    largest = of_format(output, "webp")[-1]
    assert largest.size == (240, 160)
    assert corners(largest) == ["red", "green", "blue", "white"]
    assert [(a["width"], a["height"]) for a in attributes(output, "img") if "me-" in a["src"]] == [("240", "160")]


def test_nothing_that_the_camera_noted_is_published(tmp_path: Path) -> None:
    data = photo(900, 600, turn=6, icc_profile=srgb_profile(), comment=b"Somebody at home")
    output = made(tmp_path, with_picture(data))
    for name, content in output.files.items():
        if name.startswith("assets/me"):
            assert b"Somebody" not in content, name
            image = opened(content)
            assert not image.getexif(), name
            assert not {"icc_profile", "exif", "xmp", "comment"} & set(image.info), name


def test_what_is_seen_through_stays_so(tmp_path: Path) -> None:
    image = quarters(400, 300, "RGBA")
    image.putalpha(Image.linear_gradient("L").resize((400, 300)))
    output = made(tmp_path, with_picture(saved(image, "PNG"), "me.png"))
    for made_image in (*of_format(output, "avif"), *of_format(output, "webp")):
        assert made_image.mode == "RGBA"
        low, high = made_image.getchannel("A").getextrema()
        assert (low, high) < (30, 256)
    (shared,) = of_format(output, "jpg")  # for other sites, on white
    assert shared.mode == "RGB"


@pytest.mark.parametrize(
    ("name", "data"),
    {
        "palette": saved(quarters(300, 200).quantize(8), "PNG"),
        "palette with a clear colour": saved(quarters(300, 200).quantize(8), "PNG", transparency=3),
        "grey": saved(quarters(300, 200, "L"), "JPEG"),
        "black and white": saved(quarters(300, 200, "1"), "PNG"),
        "CMYK": saved(quarters(300, 200, "CMYK"), "JPEG"),
        "CMYK TIFF": saved(quarters(300, 200, "CMYK"), "TIFF"),
        "sixteen bits of grey": saved(
            quarters(300, 200, "L").convert("I").point(lambda v: v * 257).convert("I;16"), "PNG"
        ),
        "LAB": saved(
            ImageCms.applyTransform(
                quarters(300, 200),
                ImageCms.buildTransform(ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB"),
            )
            or quarters(1, 1),
            "TIFF",
        ),
        "BMP": saved(quarters(300, 200), "BMP"),
        "still GIF": saved(quarters(300, 200), "GIF"),
        "AVIF": saved(quarters(300, 200), "AVIF"),
        "a broken profile": saved(quarters(300, 200), "JPEG", icc_profile=b"no profile"),
        "one pixel high": saved(quarters(300, 1), "PNG"),
        "one pixel wide": saved(quarters(1, 300), "PNG"),
        "one pixel": saved(quarters(1, 1), "PNG"),
    }.items(),
)
def test_every_kind_of_picture_is_made(tmp_path: Path, name: str, data: bytes) -> None:
    output = made(tmp_path, with_picture(data, "me.bin"))
    assert of_format(output, "avif")
    largest = of_format(output, "webp")[-1]
    if largest.size == (300, 200):
        seen = corners(largest)
        light = [sum(largest.convert("RGB").getpixel((x, y))) for x, y in ((30, 20), (270, 180))]  # type: ignore[arg-type]  # RGB gives three numbers
        assert light[1] > light[0], "white is lighter than red"
        if name not in ("grey", "black and white", "sixteen bits of grey", "palette with a clear colour", "LAB"):
            assert seen == ["red", "green", "blue", "white"]


def test_sixteen_bits_keep_their_light_and_dark(tmp_path: Path) -> None:
    grey = Image.new("I;16", (300, 200), 0x8000)
    output = made(tmp_path, with_picture(saved(grey, "PNG")))
    assert 120 < of_format(output, "webp")[-1].convert("L").getextrema()[0] < 136  # type: ignore[operator]  # one band


def test_colours_of_a_wide_profile_become_those_of_every_screen(tmp_path: Path) -> None:
    """The profile's red and blue are swapped, so whoever leaves it out shows the wrong colour."""
    plain = srgb_profile()
    swapped = plain.replace(b"rXYZ", b"tmpX").replace(b"bXYZ", b"rXYZ").replace(b"tmpX", b"bXYZ")
    swapped = swapped.replace("sRGB".encode("utf-16-be"), "tRGB".encode("utf-16-be"))
    data = saved(Image.new("RGB", (300, 200), (230, 20, 20)), "JPEG", icc_profile=swapped, quality=95)
    red, _, blue = of_format(made(tmp_path, with_picture(data)), "webp")[-1].getpixel((10, 10))  # type: ignore[misc]  # RGB
    assert blue > red


def test_what_moves_and_what_is_drawn_stays_as_it_is(tmp_path: Path) -> None:
    moving = saved(quarters(40, 30), "GIF", save_all=True, append_images=[quarters(40, 30).rotate(90)], duration=100)
    drawn = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 400"><path d="M0 0h1"/></svg>'
    copy = "![A turning square](assets/a.gif) and ![a path](assets/b.svg)\n"
    output = made(tmp_path, {"assets/a.gif": moving, "assets/b.svg": drawn, "copy/sales.md": copy})
    assert {moving, drawn} <= set(output.files.values())
    assert [(a["width"], a["height"]) for a in attributes(output, "img")] == [("40", "30"), ("640", "400")]
    assert not attributes(output, "picture")


def test_a_tall_picture_is_as_tall_as_its_formats_allow(tmp_path: Path) -> None:
    data = saved(Image.new("RGB", (900, 20_000), "white"), "PNG")
    output = made(tmp_path, with_picture(data, copy="![A long list](assets/me.jpg)\n"))
    assert max(image.height for image in of_format(output, "webp")) <= 16_383


# --- what pages say --------------------------------------------------------------------------------------------------


def test_pages_name_every_size_and_only_what_is_there(tmp_path: Path) -> None:
    output = made(tmp_path, with_picture(photo(3000, 2000), "Mein Foto, groß.jpg"))
    named = set()
    for source in attributes(output, "source"):
        assert source["type"] in ("image/avif", "image/webp")
        for part in source["srcset"].split(","):
            address, width = part.split(" ")
            name = unquote(address).removeprefix("/")
            assert f"{opened(output.files[name]).width}w" == width
            named.add(name)
        assert re.fullmatch(r"\(min-width:60em\) [\d.]+rem,[\d.]+(rem|vw)", source["sizes"])
    (image,) = [a for a in attributes(output, "img") if "Foto" in a["src"]]
    named.add(unquote(image["src"]).removeprefix("/"))
    card = [a["content"] for a in attributes(output, "meta") if a.get("property") == "og:image"]
    assert card
    named.add(unquote(card[0]).removeprefix("https://small.internal/"))
    assert {name for name in output.files if "Foto" in name} == named


def test_the_main_picture_is_fetched_first_and_the_others_when_they_are_near(tmp_path: Path) -> None:
    copy = "---\nimage: assets/me.jpg\nalt: The six workbooks\n---\nAs ![shown here](assets/me.jpg 'A title').\n"
    first, later = attributes(made(tmp_path, with_picture(photo(900, 600), copy=copy)), "img")
    assert (first.get("fetchpriority"), first.get("loading")) == ("high", None)
    assert (later.get("fetchpriority"), later["loading"], later["decoding"]) == (None, "lazy", "async")
    assert (first["alt"], later["alt"], later["title"]) == ("The six workbooks", "shown here", "A title")


def test_a_wide_photo_in_a_tall_frame_is_fetched_wide_enough_to_fill_it() -> None:
    tall = Frame(phone=(15, "rem"), desktop=(20, "rem"), shape=4 / 5)
    assert tall.sizes(800, 1000) == "(min-width:60em) 20rem,15rem"
    assert tall.sizes(1600, 1000) == "(min-width:60em) 40rem,30rem"
    assert tall.widths(800, 1000)[-1] == 640
    assert tall.widths(3200, 2000)[-1] == 1280


def test_the_picture_of_a_link_is_a_jpeg_of_1200_pixels(tmp_path: Path) -> None:
    output = made(tmp_path, with_picture(saved(quarters(3000, 2000), "WEBP"), "me.webp"))
    (card,) = [a["content"] for a in attributes(output, "meta") if a.get("property") == "og:image"]
    image = opened(output.files[card.removeprefix("https://small.internal/")])
    assert (image.format, image.width) == ("JPEG", 1200)


def test_without_avif_there_is_webp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there = features.check
    monkeypatch.setattr(features, "check", lambda name: name != "avif" and there(name))
    pictures.formats.cache_clear()
    try:
        output = made(tmp_path, with_picture(photo(900, 600)))
    finally:
        pictures.formats.cache_clear()
    assert not of_format(output, "avif")
    assert {a["type"] for a in attributes(output, "source")} == {"image/webp"}


# --- once, and the same every time -----------------------------------------------------------------------------------


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The formats written while the test runs."""
    count: list[str] = []
    whole = encode._written

    def counting(image: Image.Image, variant: pictures.Variant) -> bytes:
        count.append(variant.format)
        return whole(image, variant)

    monkeypatch.setattr(encode, "_written", counting)
    return count


def test_a_second_build_writes_no_picture_anew(tmp_path: Path, written: list[str]) -> None:
    files = with_picture(photo(900, 600))
    first = made(tmp_path / "one", files, tmp_path / "cache")
    assert written
    written.clear()
    second = made(tmp_path / "two", files, tmp_path / "cache")
    assert written == []
    assert first.files == second.files == made(tmp_path / "three", files).files


def test_a_damaged_cache_is_made_anew(tmp_path: Path, written: list[str]) -> None:
    files = with_picture(photo(300, 200))
    first = made(tmp_path / "one", files, tmp_path / "cache")
    kept = sorted((tmp_path / "cache/pictures").iterdir())
    kept[0].write_bytes(kept[0].read_bytes()[:-5])
    kept[1].write_bytes(b"")
    written.clear()
    assert made(tmp_path / "two", files, tmp_path / "cache").files == first.files
    assert len(written) == 2
    assert sorted((tmp_path / "cache/pictures").iterdir()) == kept, "nothing is left beside"


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache/pictures").write_text("a file, where a folder should be")
    assert of_format(made(tmp_path / "one", with_picture(photo(300, 200)), tmp_path / "cache"), "avif")


def test_another_photo_under_the_same_name_has_another_address(tmp_path: Path) -> None:
    one = made(tmp_path / "one", with_picture(photo(300, 200)))
    two = made(tmp_path / "two", with_picture(photo(300, 201)))
    assert not {n for n in one.files if n.startswith("assets/me")} & {n for n in two.files if n.startswith("assets/me")}


def test_a_site_without_photos_starts_without_pillow(tmp_path: Path) -> None:
    folder = site(tmp_path, {"assets/b.svg": "<svg/>", "copy/sales.md": "![A path](assets/b.svg)\n"})
    code = f"import sys; from funnelgen.__main__ import main; sys.argv[1:] = ['build', {str(folder)!r}, '-q']\n"
    code += "try: main()\nexcept SystemExit: pass\nprint('PIL' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


# --- what cannot be read ---------------------------------------------------------------------------------------------


def test_a_photo_that_breaks_off_is_found_by_the_build_at_its_place(tmp_path: Path) -> None:
    image = Image.effect_noise((600, 400), 60).convert("RGB")
    data = saved(image, "JPEG")
    copy = "What the course is.\n\nIt looks ![like this](assets/me.jpg).\n"
    with pytest.raises(Failed) as failed:
        made(tmp_path, with_picture(data[: len(data) // 2], copy=copy))
    words = said(failed.value.diagnostic)
    assert words.startswith("FG611 error copy/sales.md:3:23 `assets/me.jpg` is broken: image file is truncated")


@pytest.mark.parametrize("format", ["PNG", "WEBP", "AVIF", "GIF", "TIFF"])
def test_every_format_that_breaks_off_is_a_finding(tmp_path: Path, format: str) -> None:
    data = saved(Image.effect_noise((600, 400), 60).convert("RGB"), format)
    files = with_picture(data[: len(data) // 2])
    try:
        made(tmp_path, files)
    except Failed as failed:
        assert failed.diagnostic.code == "FG611"  # noqa: PT017 - some are found by the check already
    except AssertionError:
        assert any("FG611" in line for line in found(tmp_path))


@pytest.mark.parametrize("seed", range(40))
def test_any_bytes_are_a_picture_or_a_finding(tmp_path: Path, seed: int) -> None:
    data = bytearray(photo(60, 40, turn=6, format=("JPEG", "PNG", "WEBP", "AVIF", "TIFF")[seed % 5]))
    for step in range(12):
        data[(seed * 7919 + step * 104_729) % len(data)] ^= 1 + (seed * 31 + step * 17) % 255
    result = checked(site(tmp_path, with_picture(bytes(data))))
    if result.can_build:
        assert result.site
        assert result.funnel
        try:
            build(result.site, result.funnel, "demo")
        except Failed as failed:
            assert failed.diagnostic.code == "FG611"  # noqa: PT017 - either outcome is right
    else:
        assert {d.code for d in result.diagnostics if d.is_error} == {"FG611"}


def test_a_bomb_is_refused_by_its_first_bytes(tmp_path: Path) -> None:
    bomb = saved(Image.new("1", (30_000, 30_000)), "PNG")
    assert len(bomb) < 200_000
    (line,) = [line for line in found(site(tmp_path, with_picture(bomb))) if "FG611" in line]
    assert line == "FG611 error copy/sales.md:2:8 `assets/me.jpg` has far too many pixels, 120 megapixels are the most"


def test_a_picture_is_what_its_content_is_not_its_name(tmp_path: Path) -> None:
    output = made(tmp_path, with_picture(saved(quarters(300, 200), "PNG"), "me.jpg"))
    assert corners(of_format(output, "avif")[-1]) == ["red", "green", "blue", "white"]
