# Downloads one file over HTTP with a progress bar, going on from a partial file. Called by data/fetch.py only.
# It judges nothing: whether the bytes are the right ones is for the caller to check.
from __future__ import annotations

import http.client
import ssl
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

TRIES = 5
TIMEOUT = 20  # seconds without a byte
BLOCK = 1 << 16


class DownloadError(Exception):
    """Why a download failed, in one line."""


# What another try or another mirror may cure; a full disk or a forbidden folder is neither.
NETWORK_ERRORS = (urllib.error.URLError, ssl.SSLError, TimeoutError, ConnectionError, http.client.HTTPException)


def size_of(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0


def plain_progress(name: str, count: int, total: int | None) -> None:
    if sys.stdout.isatty():
        share = f"{100 * count // total:3d} % of {total / 1e6:.1f} MB" if total else f"{count / 1e6:.1f} MB"
        print(f"\r  {name:26} {share}", end="", flush=True)


@contextmanager
def progress(name: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """Yields a function that takes the number of bytes so far. Nothing stays on the screen."""
    try:
        from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn
    except ImportError:
        yield lambda count: plain_progress(name, count, total)
        if sys.stdout.isatty():
            print("\r" + " " * 60, end="\r")
        return
    columns = TextColumn("  {task.description:26}"), BarColumn(16), DownloadColumn(), TransferSpeedColumn()
    with Progress(*columns, transient=True, disable=not sys.stdout.isatty()) as bar:
        task = bar.add_task(name, total=total)
        yield lambda count: bar.update(task, completed=count)


def request(url: str, start: int) -> urllib.request.Request:
    headers = {"User-Agent": "fashion-mnist-fetch", "Accept-Encoding": "identity"}
    if start:
        headers["Range"] = f"bytes={start}-"
    return urllib.request.Request(url, headers=headers)


def download_once(url: str, part: Path, limit: int) -> None:
    start = size_of(part)
    with urllib.request.urlopen(request(url, start), timeout=TIMEOUT) as response:
        if not response.headers.get("Content-Range", "").startswith(f"bytes {start}-"):
            start = 0  # no ranges at this server: it sends all of it
        length = response.headers.get("Content-Length")
        total = start + int(length) if length else None
        with part.open("ab" if start else "wb") as out, progress(url.rsplit("/", 1)[1], total) as show:
            while out.tell() <= limit and (block := response.read(BLOCK)):
                out.write(block)
                show(out.tell())
    if total is not None and size_of(part) < min(total, limit):
        raise DownloadError(f"the connection broke after {size_of(part):,} of {total:,} bytes")


def download(url: str, part: Path, limit: int) -> None:
    """Fetches `url` into `part`, at most about `limit` bytes; tries again as long as each try brings something."""
    for tries_left in reversed(range(TRIES)):
        start = size_of(part)
        try:
            return download_once(url, part, limit)
        except urllib.error.HTTPError as error:
            if not (error.code == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE and start):
                raise DownloadError(f"{url}: {error}") from error
            part.unlink()  # it is longer than the file: not a part of it
        except (*NETWORK_ERRORS, ValueError, DownloadError) as error:
            if not tries_left or size_of(part) <= start:
                raise DownloadError(f"{url}: {error}") from error
    raise DownloadError(f"{url}: gave up after {TRIES} tries")
