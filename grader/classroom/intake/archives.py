"""What an archive holds, as found.py has it of a folder. Nothing is unpacked to a disk; sizes, numbers of files and
archives within archives have limits, so that a bomb is a note."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import tarfile
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO

from grader.classroom.intake.found import MOST_FILES, Found, Path_, Refused, composed, is_archive, is_clutter
from grader.common.language import tr
from grader.grade.staging import LARGEST_FILE

MOST_BYTES = 1 << 30  # that one archive would unpack to
MOST_RATIO = 200  # of what is unpacked to what was packed; C++ and built programs pack to a tenth at best
SMALL = 16 << 20  # an archive that unpacks to this may have any ratio
LARGEST_ARCHIVE = 256 << 20
DEEPEST = 3  # archives within archives


def _path_of(name: str) -> Path_ | None:
    """The parts of a member's name; None where it leads out of the archive."""
    name = composed(name.replace("\\", "/"))
    parts = [part for part in name.split("/") if part not in ("", ".")]
    leads_out = name.startswith("/") or ".." in parts or (parts and parts[0].endswith(":"))
    return None if leads_out or not parts else tuple(parts)


def _leads_out(archive: str, name: str) -> Found:
    why = tr("{file}: its member {name} leads out of the archive: left out", file=archive, name=name[:80])
    return Found((name[:80].rsplit("/")[-1] or "?",), refused=why)


def _check_size(archive: str, files: int, unpacked: int, packed: int) -> None:
    if not packed:  # the class's own
        return
    if files > MOST_FILES:
        raise Refused(tr("{file} holds more than {most:,} files: not opened", file=archive, most=MOST_FILES))
    if unpacked > min(MOST_BYTES, max(SMALL, MOST_RATIO * packed)):
        says = tr("{file} would unpack to {size:,} bytes or more: not opened", file=archive, size=unpacked)
        raise Refused(says)


def _zip_name(info: zipfile.ZipInfo) -> str:
    """Many programs write UTF-8 and do not say so; then zipfile has read the name as that of a PC of 1981."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def _zip_time(info: zipfile.ZipInfo) -> float:
    try:
        return time.mktime((*info.date_time, 0, 0, -1))
    except (ValueError, OverflowError):
        return 0.0


def _zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[int], bytes]:
    def read(most: int) -> bytes:
        with archive.open(info) as stream:
            return stream.read(most)

    return read


def _in_zip(shown: str, stream: IO[bytes], packed: int) -> Iterator[Found]:
    archive = zipfile.ZipFile(stream)
    members = archive.infolist()
    _check_size(shown, len(members), sum(info.file_size for info in members), packed)
    for info in members:
        path = _path_of(_zip_name(info))
        kind = stat.S_IFMT(info.external_attr >> 16)
        if path is None:
            yield _leads_out(shown, info.filename)
        elif info.is_dir():
            yield Found(path, _zip_time(info))
        elif kind == stat.S_IFLNK:
            yield Found(path, refused=tr("{file} is a link: left out", file=f"{shown}/{'/'.join(path)}"))
        elif kind not in (0, stat.S_IFREG):
            yield Found(path, refused=tr("{file} is not a plain file: left out", file=f"{shown}/{'/'.join(path)}"))
        elif info.flag_bits & 1:
            says = tr("{file} is locked by a password: ask for it without one", file=f"{shown}/{'/'.join(path)}")
            yield Found(path, refused=says)
        else:
            yield Found(path, _zip_time(info), _zip_member(archive, info), info.file_size)


class _Counted(io.RawIOBase):
    """A stream that is unpacked while it is read, and that ends with Refused where it becomes too much."""

    def __init__(self, shown: str, stream: IO[bytes], packed: int) -> None:
        self.shown, self.stream, self.packed, self.count = shown, stream, packed, 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self.stream.read(size)
        self.count += len(data)
        _check_size(self.shown, 0, self.count, self.packed)
        return data


def _unpacking(stream: IO[bytes]) -> IO[bytes]:
    start = stream.read(6)
    stream.seek(0)
    if start.startswith(b"\x1f\x8b"):
        return gzip.GzipFile(fileobj=stream)  # type: ignore[return-value]
    if start.startswith(b"BZh"):
        return bz2.BZ2File(stream)
    return lzma.LZMAFile(stream) if start.startswith(b"\xfd7zXZ") else stream


def _is_worth_keeping(path: Path_, size: int) -> bool:
    """A tar archive is read once from its start to its end; what may count is kept in memory."""
    return not is_clutter(path) and size <= (LARGEST_ARCHIVE if is_archive(path[-1]) else LARGEST_FILE)


def _in_tar(shown: str, stream: IO[bytes], packed: int) -> Iterator[Found]:
    counted = _Counted(shown, _unpacking(stream), packed)
    with tarfile.open(fileobj=counted, mode="r|") as archive:  # type: ignore[call-overload]
        for count, member in enumerate(archive):
            _check_size(shown, count, 0, packed)
            path = _path_of(member.name)
            if path is None:
                if member.name.strip("./"):
                    yield _leads_out(shown, member.name)
            elif member.isdir():
                yield Found(path, member.mtime)
            elif member.issym() or member.islnk():
                yield Found(path, refused=tr("{file} is a link: left out", file=f"{shown}/{'/'.join(path)}"))
            elif not member.isfile():
                yield Found(path, refused=tr("{file} is not a plain file: left out", file=f"{shown}/{'/'.join(path)}"))
            else:
                data = b""
                if _is_worth_keeping(path, member.size):
                    data = archive.extractfile(member).read(member.size)  # type: ignore[union-attr]
                yield Found(path, member.mtime, lambda most, data=data: data[:most], member.size)


def _is_zip(stream: IO[bytes]) -> bool:
    """By its start: zipfile.is_zipfile looks at the end, where a tar archive may hold a zip of its own."""
    start = stream.read(2)
    stream.seek(0)
    return start == b"PK"


def opened(archive: Found) -> list[Found]:
    """What an archive holds; Refused says why it is not opened."""
    try:
        stream = io.BytesIO(archive.content(LARGEST_ARCHIVE))
        reader = _in_zip if _is_zip(stream) else _in_tar
        return list(reader(archive.shown, stream, max(1, len(stream.getbuffer()))))
    except Refused:
        raise
    except Exception as error:  # of a damaged or hostile archive, each library its own
        raise Refused(tr("{file} cannot be opened ({reason})", file=archive.shown, reason=str(error)[:80])) from None


def opened_class(file: Path) -> list[Found]:
    """The archive that a system made of a class: the teacher's own, so that only what is in it has limits."""
    try:
        stream = file.open("rb")
        return list((_in_zip if _is_zip(stream) else _in_tar)(file.name, stream, 0))
    except Refused:
        raise
    except Exception as error:
        raise Refused(tr("{file} cannot be opened ({reason})", file=file.name, reason=str(error)[:80])) from None


def with_archives_opened(files: list[Found], depth: int = 0) -> Iterator[Found]:
    """The files, with what their archives hold in the place of each archive, in a folder of its name."""
    for file in files:
        if is_clutter(file.path) or file.read is None or not is_archive(file.name):
            yield file
        elif depth == DEEPEST:
            yield replace(
                file, refused=tr("{file}: archives within archives within archives: not opened", file=file.shown)
            )
        else:
            try:
                inside = [found.within(file.path) for found in opened(file)]
            except Refused as refused:
                yield replace(file, refused=refused.why)
            else:
                yield from with_archives_opened(inside, depth + 1)
