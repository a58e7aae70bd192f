# Tests of data/fetch.py and data/make_sample.py against an HTTP server on the loopback interface, which can cut
# connections, ignore ranges and serve wrong bytes. Nothing is fetched from outside and nothing is installed.
from __future__ import annotations

import gzip
import hashlib
import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[3] / "data"
sys.path.insert(0, str(DATA))

import fetch  # noqa: E402

CONTENTS = {name: random.Random(name).randbytes(300_000) for name in fetch.FILES}
NAMES = list(CONTENTS)


@dataclass
class Mirror:
    """What the server holds, how it misbehaves, and the requests that it saw: (name, Range header)."""

    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    cut_after: list[int] = field(default_factory=list)  # bytes after which each of the next answers breaks off
    knows_ranges: bool = True
    requests: list[tuple[str, str | None]] = field(default_factory=list)


def handler_for(mirror: Mirror) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name, wanted = self.path.rsplit("/", 1)[1], self.headers.get("Range")
            mirror.requests.append((name, wanted))
            whole = mirror.files.get(name)
            start = int(wanted.removeprefix("bytes=").removesuffix("-")) if wanted and mirror.knows_ranges else 0
            if whole is None or start >= len(whole):
                self.send_error(404 if whole is None else 416)
                return
            self.send_response(206 if start else 200)
            if start:
                self.send_header("Content-Range", f"bytes {start}-{len(whole) - 1}/{len(whole)}")
            self.send_header("Content-Length", str(len(whole) - start))
            self.end_headers()
            self.wfile.write(whole[start:][: mirror.cut_after.pop(0) if mirror.cut_after else None])

        def log_message(self, *_: object) -> None:
            pass

    return Handler


@pytest.fixture
def mirror(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mirror]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    known = {name: fetch.Content(len(bytes_), hashlib.sha256(bytes_).hexdigest()) for name, bytes_ in CONTENTS.items()}
    monkeypatch.setattr(fetch, "FILES", known)
    result = Mirror(files={name: gzip.compress(bytes_) for name, bytes_ in CONTENTS.items()})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler_for(result)) as server:
        result.url = f"http://127.0.0.1:{server.server_port}/fashion"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield result
        server.shutdown()
        thread.join()


def run(folder: Path, *mirrors: str) -> int:
    arguments = ["--to", str(folder)]
    for url in mirrors:
        arguments += ["--mirror", url]
    return fetch.main(arguments)


def assert_complete(folder: Path) -> None:
    """All four files, right to the byte, and nothing else."""
    assert {file.name: gzip.decompress(file.read_bytes()) for file in folder.iterdir()} == CONTENTS


def test_downloads_everything_once(mirror: Mirror, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path / "new", mirror.url) == 0
    assert_complete(tmp_path / "new")
    assert f"FASHION_MNIST_DIR={tmp_path / 'new'}" in capsys.readouterr().out
    assert run(tmp_path / "new", mirror.url) == 0
    assert len(mirror.requests) == 4
    assert capsys.readouterr().out.count("already here") == 4


def test_goes_on_after_a_cut_connection(mirror: Mirror, tmp_path: Path) -> None:
    mirror.cut_after = [100_000, 50_000]
    assert run(tmp_path, mirror.url) == 0
    assert_complete(tmp_path)
    assert [wanted for name, wanted in mirror.requests if name == NAMES[0]] == [None, "bytes=100000-", "bytes=150000-"]


def test_goes_on_from_an_earlier_run(mirror: Mirror, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mirror.cut_after = [100_000, 0]
    assert run(tmp_path, mirror.url) == 1
    assert "broke after 100,000 of" in capsys.readouterr().err
    assert [file.suffix for file in tmp_path.iterdir()] == [".part"]
    mirror.requests.clear()
    assert run(tmp_path, mirror.url) == 0
    assert_complete(tmp_path)
    assert mirror.requests[0] == (NAMES[0], "bytes=100000-")


def test_starts_again_at_a_server_without_ranges(mirror: Mirror, tmp_path: Path) -> None:
    mirror.cut_after, mirror.knows_ranges = [100_000], False
    assert run(tmp_path, mirror.url) == 0
    assert_complete(tmp_path)


@pytest.mark.parametrize(
    # Without the time of day, which two processes that collect these tests may not share.
    "wrong",
    [gzip.compress(b"others", mtime=0), b"<html>log in first</html>", b"\x1f\x8b", b"x" * 900_000],
)
def test_wrong_bytes_are_refused(
    mirror: Mirror, tmp_path: Path, wrong: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    mirror.files[NAMES[0]] = wrong
    assert run(tmp_path, mirror.url) == 1
    assert "wrong contents" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_truncated_or_longer_file_is_refused(mirror: Mirror, tmp_path: Path) -> None:
    mirror.files[NAMES[0]] = mirror.files[NAMES[0]][:-1]
    assert run(tmp_path, mirror.url) == 1
    mirror.files[NAMES[0]] = gzip.compress(CONTENTS[NAMES[0]] + b"x")
    assert run(tmp_path, mirror.url) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("length", [1000, 10**6])
def test_wrong_bytes_of_an_earlier_run_are_dropped(mirror: Mirror, tmp_path: Path, length: int) -> None:
    part = fetch.part_of(tmp_path / NAMES[0], f"{mirror.url}/{NAMES[0]}")
    part.write_bytes(b"?" * length)
    assert run(tmp_path, mirror.url) == 0
    assert_complete(tmp_path)


def test_a_part_that_is_whole_needs_no_download(mirror: Mirror, tmp_path: Path) -> None:
    part = fetch.part_of(tmp_path / NAMES[0], f"{mirror.url}/{NAMES[0]}")
    part.write_bytes(mirror.files[NAMES[0]])
    assert run(tmp_path, mirror.url) == 0
    assert_complete(tmp_path)
    assert NAMES[0] not in [name for name, _ in mirror.requests]


@pytest.mark.parametrize("dead", ["http://127.0.0.1:1", "nonsense"])
def test_a_dead_mirror_is_passed_over(
    mirror: Mirror, tmp_path: Path, dead: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, dead, mirror.url + "/") == 0
    assert_complete(tmp_path)
    assert dead in capsys.readouterr().err


def test_a_bad_mirror_leaves_no_trace_in_the_next(mirror: Mirror, tmp_path: Path) -> None:
    other = mirror.url.replace("fashion", "other")  # the same server, another address
    mirror.cut_after = [100_000, 0]
    assert run(tmp_path, other, mirror.url) == 0
    assert_complete(tmp_path)
    assert [wanted for name, wanted in mirror.requests if name == NAMES[0]] == [None, "bytes=100000-", None]


def test_no_mirror_at_all(mirror: Mirror, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mirror.files.clear()
    assert run(tmp_path, mirror.url) == 1
    error = capsys.readouterr().err
    assert "404" in error and "no mirror worked" in error and "Traceback" not in error
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_file_is_kept_aside(mirror: Mirror, tmp_path: Path) -> None:
    (tmp_path / NAMES[0]).write_bytes(b"my own")
    assert run(tmp_path, mirror.url) == 0
    kept = tmp_path / f"{NAMES[0]}.bad"
    assert kept.read_bytes() == b"my own"
    kept.unlink()
    assert_complete(tmp_path)


def test_a_folder_that_cannot_be_made(mirror: Mirror, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    assert run(tmp_path / "file" / "sub", mirror.url) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert mirror.requests == []


@pytest.fixture
def machine(mirror: Mirror, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine of its own: `own` is data/fashion-mnist, `system` the package's folder; nothing can be installed."""
    monkeypatch.setattr(fetch, "TARGET", tmp_path / "own")
    monkeypatch.setattr(fetch, "SYSTEM", tmp_path / "system")
    monkeypatch.setattr(fetch, "MIRRORS", [mirror.url])
    monkeypatch.setattr(fetch, "install_package", lambda: False)
    return tmp_path


def test_an_installed_package_is_enough(machine: Path, mirror: Mirror, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(machine / "system", mirror.url) == 0
    mirror.requests.clear()
    assert fetch.main([]) == 0
    assert "installed already" in capsys.readouterr().out
    assert mirror.requests == [] and not (machine / "own").exists()


def test_without_a_package_it_downloads(machine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert fetch.main([]) == 0
    assert_complete(machine / "own")
    assert fetch.main([]) == 0
    assert "here already" in capsys.readouterr().out


def test_a_package_is_installed_where_that_is_free(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[list[str]] = []

    def record(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        commands.append(command)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(fetch.shutil, "which", lambda program: f"/usr/bin/{program}")
    monkeypatch.setattr(fetch.subprocess, "run", record)
    monkeypatch.setattr(fetch, "is_complete", lambda folder: folder == fetch.SYSTEM)
    monkeypatch.setattr(fetch.os, "geteuid", lambda: 0)
    assert fetch.install_package()
    monkeypatch.setattr(fetch.os, "geteuid", lambda: 1000)
    assert fetch.install_package()
    install = ["apt-get", "install", "-y", "-qq", "dataset-fashion-mnist"]
    assert commands == [install, ["sudo", "-n", "true"], ["sudo", "-n", *install]]


def test_a_password_is_never_asked_for(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(fetch.shutil, "which", lambda program: f"/usr/bin/{program}")
    monkeypatch.setattr(fetch.subprocess, "run", lambda command, **_: subprocess.CompletedProcess(command, 1))
    monkeypatch.setattr(fetch.os, "geteuid", lambda: 1000)
    assert not fetch.install_package()
    assert "sudo apt-get install dataset-fashion-mnist" in capsys.readouterr().out


def test_the_sample_is_what_make_sample_makes(tmp_path: Path) -> None:
    if not fetch.is_complete(fetch.SYSTEM):
        pytest.skip("needs all of Fashion-MNIST in the system's folder")
    subprocess.run([sys.executable, DATA / "make_sample.py", "--to", tmp_path], check=True, stdout=subprocess.DEVNULL)
    for name in fetch.FILES:
        made, committed = (gzip.decompress((folder / name).read_bytes()) for folder in (tmp_path, DATA / "sample"))
        assert made == committed  # the packed bytes depend on the version of gzip
