"""Writing the output: whole or not at all, and never over something that no build made."""

from __future__ import annotations

import os
import pickle
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from funnelgen import output
from funnelgen.output import MARK_TEXT, OutputError, check_target, write_manifest, write_output
from funnelgen.site.files import OUTPUT_MARK

from .sites import site

OLD: Mapping[str, bytes] = {"index.html": b"old", "a/index.html": b"old a", "gone.html": b"old gone"}
NEW: Mapping[str, bytes] = {"index.html": b"new", "a/index.html": b"new a", "b/c/index.html": b"new c"}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A site's folder."""
    return site(tmp_path / "site")


def tree(folder: Path) -> dict[str, bytes]:
    """All files below a folder with their bytes."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def whole(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """What a folder holds after `files` were written into it."""
    return {**files, OUTPUT_MARK: MARK_TEXT}


def leftovers(folder: Path) -> list[str]:
    """What a build that was stopped left beside its target."""
    return [p.name for p in folder.iterdir() if ".new-" in p.name or ".old-" in p.name]


# --- what is written -------------------------------------------------------------------------------------------------


def test_the_output_holds_the_files_and_nothing_else(place: Path) -> None:
    write_output(OLD, place / "dist", site=place)
    assert tree(place / "dist") == whole(OLD)
    write_output(NEW, place / "dist", site=place)
    assert tree(place / "dist") == whole(NEW)
    assert leftovers(place) == []


def test_folders_above_the_target_are_made(place: Path, tmp_path: Path) -> None:
    write_output(NEW, tmp_path / "one" / "two" / "dist", site=place)
    assert tree(tmp_path / "one" / "two" / "dist") == whole(NEW)


def test_a_relative_target(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_output(NEW, Path("site/dist"), site=Path("site"))
    assert tree(place / "dist") == whole(NEW)


def test_a_target_with_letters_that_mean_something_to_a_shell(place: Path) -> None:
    for files in (OLD, NEW):
        write_output(files, place / "di[s]t *", site=place)
    assert tree(place / "di[s]t *") == whole(NEW)
    assert leftovers(place) == []


@pytest.mark.parametrize("name", ["../outside.html", "/etc/outside.html", "a/../../outside.html", "a\0b"])
def test_no_file_lies_outside_the_output(place: Path, name: str) -> None:
    write_output(OLD, place / "dist", site=place)
    before = tree(place)
    with pytest.raises(OutputError, match="would lie outside the output"):
        write_output({**NEW, name: b"x"}, place / "dist", site=place)
    assert tree(place) == before
    assert leftovers(place) == []


# --- where nothing may be written ------------------------------------------------------------------------------------


def refused(target: Path, folder: Path) -> str:
    """Why a target is refused; nothing may have changed."""
    before = tree(folder.parent)
    with pytest.raises(OutputError) as error:
        write_output(NEW, target, site=folder)
    assert error.value.remedy
    assert tree(folder.parent) == before
    assert leftovers(folder) + leftovers(folder.parent) == []
    return str(error.value)


def test_the_root_and_the_home_folder_are_no_targets(
    place: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    assert "is no folder to build into" in refused(Path("/"), place)
    assert "is no folder to build into" in refused(home, place)
    assert "is no folder to build into" in refused(Path("//"), place)


def test_the_site_itself_and_what_is_around_it_are_no_targets(place: Path) -> None:
    assert "is the site itself, or around it" in refused(place, place)
    assert "is the site itself, or around it" in refused(place.parent, place)
    assert "is the site itself, or around it" in refused(place / "dist" / "..", place)


@pytest.mark.parametrize(
    "name", ["copy", "glossary", "pages/x", "assets", "downloads", "theme", "stacks", ".funnelgen", ".git/x"]
)
def test_the_sites_own_folders_are_no_targets(place: Path, name: str) -> None:
    assert "is one of the site's own folders" in refused(place / name, place)


def test_a_file_is_no_target(place: Path) -> None:
    assert "is not a folder" in refused(place / "stack.yaml", place)


def test_a_folder_with_other_files_is_no_target(place: Path, tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.jpg").write_bytes(b"cat")
    assert "has files that no build made" in refused(tmp_path / "photos", place)


def test_an_empty_folder_is_a_target(place: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    write_output(NEW, tmp_path / "empty", site=place)
    assert tree(tmp_path / "empty") == whole(NEW)


def test_a_link_is_no_target_and_what_it_points_to_stays(place: Path, tmp_path: Path) -> None:
    write_output(OLD, tmp_path / "real", site=place)
    (place / "dist").symlink_to(tmp_path / "real")
    assert "is not a folder" in refused(place / "dist", place)
    assert tree(tmp_path / "real") == whole(OLD)
    (place / "broken").symlink_to(tmp_path / "nowhere")
    assert "is not a folder" in refused(place / "broken", place)


def test_a_link_above_the_target_is_followed_before_it_is_judged(place: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(place)
    assert "is one of the site's own folders" in refused(tmp_path / "link" / "copy", place)
    write_output(NEW, tmp_path / "link" / "dist", site=place)
    assert tree(place / "dist") == whole(NEW)


def test_looking_at_a_target_touches_nothing(place: Path) -> None:
    before = tree(place)
    check_target(place / "dist", site=place)
    assert tree(place) == before


# --- faults ----------------------------------------------------------------------------------------------------------

DRIVER = """
import os, signal, sys
from pathlib import Path
from funnelgen import output
site, at, one_step, *files = sys.argv[1:]
steps = 0

def count(event, args):
    global steps
    if event.startswith(("os.", "shutil.", "ctypes.dl")) or (event == "open" and site in str(args[0])):
        steps += 1
        if steps == int(at):
            os.kill(os.getpid(), signal.SIGKILL)

if one_step == "no":
    output._exchange = lambda a, b: False
sys.addaudithook(count)
output.write_output({name: b"new" for name in files}, Path(site, "dist"), site=Path(site))
print(steps)
"""


def killed_at(
    step: int, folder: Path, files: Mapping[str, bytes], *, one_step: bool
) -> subprocess.CompletedProcess[str]:
    """Write in a process of its own that kills itself (-9) before its n-th call that touches a file."""
    command = [sys.executable, "-c", DRIVER, str(folder), str(step), "yes" if one_step else "no", *files]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("one_step", [True, False], ids=["exchange", "two renames"])
def test_killed_at_any_point_the_old_output_or_the_new_one_is_whole(place: Path, one_step: bool) -> None:
    new = dict.fromkeys(NEW, b"new")
    shutil.rmtree(place)
    done = killed_at(0, site(place), new, one_step=one_step)
    assert done.returncode == 0, done.stderr
    shutil.rmtree(place)
    write_output(OLD, site(place) / "dist", site=place)
    last = int(killed_at(0, place, new, one_step=one_step).stdout)
    assert last > 20
    caught = 0
    for step in range(1, last + 1):
        shutil.rmtree(place)
        write_output(OLD, site(place) / "dist", site=place)
        assert killed_at(step, place, new, one_step=one_step).returncode == -signal.SIGKILL
        if (place / "dist").exists():
            assert tree(place / "dist") in (whole(OLD), whole(new)), step
        else:  # between two renames: the old one stands beside it
            (old,) = place.glob(".dist.old-*")
            assert tree(old) == whole(OLD)
            caught += 1
        write_output(NEW, place / "dist", site=place)
        assert tree(place / "dist") == whole(NEW), step
        assert leftovers(place) == [], step
    assert bool(caught) == (not one_step)


def test_an_old_output_caught_between_two_renames_is_brought_back_even_by_a_build_that_fails(place: Path) -> None:
    write_output(OLD, place / "dist", site=place)
    (place / "dist").rename(place / ".dist.old-999999999")
    with pytest.raises(OutputError):
        write_output({"..": b"x"}, place / "dist", site=place)
    assert tree(place / "dist") == whole(OLD)
    assert leftovers(place) == []


def test_what_another_running_build_has_staged_is_left_alone(place: Path) -> None:
    running = place / f".dist.new-{os.getppid()}"
    running.mkdir()
    write_output(NEW, place / "dist", site=place)
    assert running.is_dir()


def test_without_an_exchange_the_output_is_swapped_in_two_renames(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(output, "_exchange", lambda a, b: False)
    for files in (OLD, NEW):
        write_output(files, place / "dist", site=place)
        assert tree(place / "dist") == whole(files)
        assert leftovers(place) == []


def test_where_the_second_rename_fails_the_first_is_taken_back(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_output(OLD, place / "dist", site=place)

    def exchange(staging: Path, target: Path) -> bool:
        shutil.rmtree(staging)  # somebody cleans up the folder in this very moment
        return False

    monkeypatch.setattr(output, "_exchange", exchange)
    with pytest.raises(OutputError, match="No such file"):
        write_output(NEW, place / "dist", site=place)
    assert tree(place / "dist") == whole(OLD)


def test_two_builds_at_once_leave_one_of_them_whole(place: Path) -> None:
    write_output(OLD, place / "dist", site=place)
    script = DRIVER.replace("print(steps)", "").replace(
        "output.write_output(", "for _ in range(30): output.write_output("
    )
    sets = [{f"{n}/{i}.html": b"new" for i in range(20)} for n in "ab"]
    running = [subprocess.Popen([sys.executable, "-c", script, str(place), "0", "yes", *files]) for files in sets]
    assert [process.wait() for process in running] == [0, 0]
    assert tree(place / "dist") in [whole(files) for files in sets]
    assert leftovers(place) == []


@pytest.fixture
def little_room() -> Iterator[Path]:
    """A folder on a disk of 300 KB; where none can be mounted, one in which no file may be larger than that."""
    folder = Path(tempfile.mkdtemp())
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(folder)], capture_output=True, check=False
    )
    yield folder
    if mounted.returncode == 0:
        subprocess.run(["umount", str(folder)], check=True)
    shutil.rmtree(folder)


def in_a_child(work: Callable[[], None], *, nobody: bool = False, largest: int | None = None) -> str:
    """Do some work in a process of its own, as a user without rights if this one is root; give its OutputError."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        said = ""
        try:
            if largest is not None:
                import resource

                resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
            if nobody and os.geteuid() == 0:
                os.setgroups([])
                os.setgid(65534)
                os.setuid(65534)
            work()
        except OutputError as error:
            said = f"{error}\n{error.remedy}"
        except BaseException as error:
            said = repr(error)
        finally:
            os.write(write, pickle.dumps(said))
            os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        said = pickle.loads(pipe.read())
    os.waitpid(child, 0)
    assert isinstance(said, str)
    return said


def test_a_full_disk_leaves_the_old_output_and_says_so(little_room: Path) -> None:
    place = site(little_room / "site")
    write_output(OLD, place / "dist", site=place)
    large = {**NEW, "large.bin": b"x" * 1_000_000}
    said = in_a_child(lambda: write_output(large, place / "dist", site=place), largest=400_000)
    assert "No space left on device" in said or "File too large" in said
    assert "the last build is untouched" in said
    assert tree(place / "dist") == whole(OLD)
    assert leftovers(place) == []
    write_output(NEW, place / "dist", site=place)
    assert tree(place / "dist") == whole(NEW)


def test_a_manifest_that_does_not_fit_leaves_the_old_one(little_room: Path) -> None:
    place = site(little_room / "site")
    write_manifest(b"old", place)
    said = in_a_child(lambda: write_manifest(b"x" * 1_000_000, place), largest=400_000)
    assert "the last build is untouched" in said
    assert tree(place / ".funnelgen") == {".gitignore": b"*\n", "funnel.json": b"old"}


@pytest.fixture
def shared() -> Iterator[Path]:
    """A site that another user may reach; pytest's own folders are closed to others."""
    folder = Path(tempfile.mkdtemp())
    place = site(folder / "site")
    write_output(OLD, place / "dist", site=place)
    write_manifest(b"{}", place)
    folder.chmod(0o755)
    yield place
    for path in (folder, *folder.rglob("*")):
        if path.is_dir():
            path.chmod(0o755)
    shutil.rmtree(folder)


def test_a_folder_that_may_not_be_written_leaves_the_old_output_and_says_so(shared: Path) -> None:
    (shared / ".funnelgen").chmod(0o777)
    shared.chmod(0o555)
    said = in_a_child(lambda: write_output(NEW, shared / "dist", site=shared), nobody=True)
    assert f"`{shared / 'dist'}` cannot be written: Permission denied" in said
    assert "check the folder's permissions" in said
    assert tree(shared / "dist") == whole(OLD)
    assert leftovers(shared) == []


def test_an_output_that_may_not_be_read_is_left_alone(shared: Path) -> None:
    (shared / "dist").chmod(0o700 if os.geteuid() == 0 else 0)
    shared.chmod(0o777)
    (shared / ".funnelgen").chmod(0o777)
    said = in_a_child(lambda: write_output(NEW, shared / "dist", site=shared), nobody=True)
    (shared / "dist").chmod(0o755)
    assert "Permission denied" in said
    assert tree(shared / "dist") == whole(OLD)
    assert leftovers(shared) == []


def test_where_the_manifest_cannot_be_written_the_old_output_stays(shared: Path) -> None:
    shared.chmod(0o777)
    (shared / ".funnelgen").chmod(0o555)
    said = in_a_child(lambda: write_output(NEW, shared / "dist", site=shared), nobody=True)
    assert f"`{shared / '.funnelgen'}` cannot be written: Permission denied" in said
    assert tree(shared / "dist") == whole(OLD)
    said = in_a_child(lambda: write_manifest(b"new", shared), nobody=True)
    assert "cannot be written" in said
    assert tree(shared / ".funnelgen")["funnel.json"] == b"{}"


def test_a_file_in_the_place_of_the_manifests_folder(place: Path) -> None:
    (place / ".funnelgen").write_text("mine")
    with pytest.raises(OutputError, match="cannot be written"):
        write_output(NEW, place / "dist", site=place)
    assert not (place / "dist").exists()
    assert (place / ".funnelgen").read_text() == "mine"


def test_the_manifest_is_ignored_by_git_and_written_whole(place: Path) -> None:
    write_manifest(b"one", place)
    write_manifest(b"two", place)
    assert tree(place / ".funnelgen") == {".gitignore": b"*\n", "funnel.json": b"two"}
