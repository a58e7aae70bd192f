"""Files that others read: written whole, read whatever their encoding, and one writer at a time."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from grader.common.language import _
from grader.common.tool import UserError


@contextmanager
def replacing(file: Path) -> Iterator[Path]:
    """A path to write to, which takes the name of `file` in one step at the end: a reader finds the old file or the
    new one, whole. What raises leaves the old one."""
    partial = file.with_name(f"{file.name}.{os.getpid()}.new")
    partial.unlink(missing_ok=True)  # a link that somebody has left there would lead to another file
    try:
        yield partial
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)


def replace_whole(file: Path, text: str) -> None:
    with replacing(file) as partial:
        partial.write_text(text, encoding="utf-8", newline="\n")


def keep(file: Path, text: str) -> None:
    """For what is only to be found sooner another time: where nothing can be kept, nothing is."""
    with suppress(OSError):
        replace_whole(file, text)


def not_a_link(path: Path) -> Path:
    """A path to write to. A link that somebody has planted there is refused, because it leads elsewhere."""
    if path.is_symlink():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    return path


def own_folder(folder: Path) -> Path:
    """Makes a folder of the grader's own."""
    not_a_link(folder).mkdir(parents=True, exist_ok=True)
    return folder


def text_of(source: Path) -> str:
    """The file, in Latin-1 where it is not UTF-8, with its line ends and its byte order mark."""
    content = source.read_bytes()
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def state_of(file: str | Path) -> str:
    """Differs once the file is another one. A package restores the time of a file's content (mtime), so that a new file
    may be older than what was made from the old one; it cannot restore the time of the change (ctime)."""
    try:
        facts = os.stat(file)
    except OSError as error:
        return f"{file} {error.errno}"
    return f"{file} {facts.st_ino} {facts.st_size} {facts.st_ctime_ns}"


@contextmanager
def alone_in(out: Path, option: str = "OUT") -> Iterator[None]:
    """Makes the folder of grades and keeps other grades out while the block runs; `option` of make names another."""
    file = not_a_link(out / "lock")
    try:
        out.mkdir(parents=True, exist_ok=True)
        lock = file.open("w")
    except OSError as error:
        says = _("{out} cannot take a report ({reason}): name a folder that you may write to, {option}=my-folder")
        raise UserError(says.format(out=out, reason=error.strerror, option=option)) from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            says = _(
                "another grade is at work in {out}. Wait until it has ended, or name another folder: {option}=my-folder"
            )
            raise UserError(says.format(out=out, option=option)) from None
        except OSError:
            pass  # no locks here, as in some folders of a network: then nobody keeps two grades apart
        yield
