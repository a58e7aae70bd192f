"""Files that others read: written whole, read whatever their encoding, and one writer at a time."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from grader.common.language import _
from grader.common.tool import UserError


@contextmanager
def replacing(file: Path) -> Iterator[Path]:
    """A path to write to, which takes the name of `file` in one step at the end: a reader finds the old file or the
    new one, whole. What raises leaves the old one."""
    # Of this process alone, also in a folder that several machines share.
    partial = file.with_name(f"{file.name}.{os.uname().nodename}.{os.getpid()}.new")
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


def _opened(out: Path, option: str, name: str = "lock") -> IO[str]:
    """Makes the folder, and opens a file of it that is there to be locked."""
    file = not_a_link(out / name)
    try:
        out.mkdir(parents=True, exist_ok=True)
        return file.open("a+")
    except OSError as error:
        says = _("{out} cannot take a report ({reason}): name a folder that you may write to, {option}=my-folder")
        raise UserError(says.format(out=out, reason=error.strerror, option=option)) from None


def _is_ours(lock: IO[str], how: int) -> bool:
    try:
        fcntl.flock(lock, how)
    except BlockingIOError:
        return False
    except OSError:
        pass  # no locks here, as in some folders of a network: then nobody keeps two grades apart
    return True


def _another(out: Path, option: str) -> UserError:
    says = _("another grade is at work in {out}. Wait until it has ended, or name another folder: {option}=my-folder")
    return UserError(says.format(out=out, option=option))


@contextmanager
def alone_in(out: Path, option: str = "OUT") -> Iterator[None]:
    """Makes the folder of grades and keeps other grades out while the block runs; `option` of make names another."""
    with _opened(out, option) as lock:
        if not _is_ours(lock, fcntl.LOCK_EX | fcntl.LOCK_NB):
            raise _another(out, option)
        yield


@contextmanager
def together_in(out: Path, purpose: str) -> Iterator[None]:
    """Keeps out who wants to be alone, and who has another purpose; to be entered in turn."""
    with _opened(out, "OUT") as lock:
        if _is_ours(lock, fcntl.LOCK_EX | fcntl.LOCK_NB):  # the first one says what for
            lock.truncate(0)
            lock.write(purpose)
            lock.flush()
        if not _is_ours(lock, fcntl.LOCK_SH | fcntl.LOCK_NB):
            raise _another(out, "OUT")
        lock.seek(0)
        if lock.read() != purpose:
            raise _another(out, "OUT")
        yield


@contextmanager
def in_turn(out: Path) -> Iterator[None]:
    """One after the other: waits until it has the folder to itself."""
    with _opened(out, "OUT", "turn") as lock:
        if not _is_ours(lock, fcntl.LOCK_EX | fcntl.LOCK_NB):
            _is_ours(lock, fcntl.LOCK_EX)
        yield
