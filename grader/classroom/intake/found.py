"""What was handed in, as a list of names and of what reads them: a folder's here, an archive's in archives.py.

No path of a submission is ever a path to write to, nothing is followed, and nothing is executed. What is left out, for
being a link, a device, a way out or too large, is said in a note."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from grader.common.language import Text, tr
from grader.grade.staging import LARGEST_FILE

MOST_FILES = 20_000  # in one archive, or in one student's folder
ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")
CLOSED_ARCHIVES = (".rar", ".7z", ".gz", ".bz2", ".xz")  # that Python does not open, or that hold one file
# What the systems of Apple and Windows, editors and Git leave in a folder. Of .git only its presence counts.
CLUTTER = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini", ".git", ".vscode", ".idea", "__pycache__")

Path_ = tuple[str, ...]


class Refused(Exception):
    """What is not taken in, with a Text that says why."""

    def __init__(self, why: Text) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Found:
    """A file, or a folder (`read` is None)."""

    path: Path_
    time: float = 0.0  # of its last change, as the archive or the folder has it
    read: Callable[[int], bytes] | None = None  # at most so many bytes
    size: int = 0
    refused: Text | None = None  # it is there, and this is why it is not read

    @property
    def name(self) -> str:
        return self.path[-1]

    @property
    def shown(self) -> str:
        return "/".join(self.path)

    def below(self, count: int) -> Found:
        return replace(self, path=self.path[count:])

    def within(self, path: Path_) -> Found:
        return replace(self, path=path + self.path)

    def content(self, most: int = LARGEST_FILE) -> bytes:
        if self.refused or self.read is None:
            raise Refused(self.refused or tr("{file} is a folder", file=self.shown))
        if self.size > most:
            sizes = {"size": self.size, "most": most}
            raise Refused(tr("{file} has {size:,} bytes; at most {most:,} are read", file=self.shown, **sizes))
        try:
            data = self.read(most + 1)
        except Refused:
            raise
        except Exception as error:  # of a damaged archive, each library its own
            raise Refused(unreadable(self.shown, error)) from None
        if len(data) > most:
            raise Refused(tr("{file} holds more than {most:,} bytes", file=self.shown, most=most))
        return data


def unreadable(file: str, error: Exception) -> Text:
    return tr("{file} cannot be read ({reason})", file=file, reason=str(error) or type(error).__name__)


def composed(name: str) -> str:
    """A Mac writes an accent as a character of its own; here each letter is one, as others write it."""
    return unicodedata.normalize("NFC", name)


def is_clutter(path: Path_) -> bool:
    return any(part in CLUTTER or part.startswith("._") for part in path)


def is_archive(name: str) -> bool:
    return name.lower().endswith(ARCHIVES)


def _read_file(file: str) -> Callable[[int], bytes]:
    def read(most: int) -> bytes:
        descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as stream:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise Refused(tr("{file} is not a plain file: left out", file=os.path.basename(file)))
            return stream.read(most)

    return read


def in_folder(folder: str, path: Path_ = ()) -> Iterator[Found]:
    """All below a folder, links and devices as what is refused; of clutter only that it is there."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Found(path, refused=unreadable("/".join(path), error))
        return
    for entry in entries:
        own = (*path, composed(os.fsencode(entry.name).decode("utf-8", "replace")))
        shown = "/".join(own)
        try:
            facts = entry.stat(follow_symlinks=False)
        except OSError as error:
            yield Found(own, refused=unreadable(shown, error))
            continue
        if stat.S_ISDIR(facts.st_mode):
            yield Found(own, facts.st_mtime)
            if not is_clutter(own):
                yield from in_folder(entry.path, own)
        elif stat.S_ISREG(facts.st_mode):
            yield Found(own, facts.st_mtime, _read_file(entry.path), facts.st_size)
        elif stat.S_ISLNK(facts.st_mode):
            yield Found(own, refused=tr("{file} is a link: left out", file=shown))
        else:
            yield Found(own, refused=tr("{file} is not a plain file: left out", file=shown))
