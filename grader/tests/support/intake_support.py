"""Shared by the tests of the intake: writes what a class hands in, in real zip and tar files, and takes it in.

Nothing is written outside, which is checked each time. Holds no test."""

from __future__ import annotations

import io
import os
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from grader.classroom.intake.taking_in import TakenIn, submissions_of, take_in
from grader.classroom.roster import Entry

SOFTMAX, GRAD, EVALUATE = "softmax_batch.cpp", "grad_batch.cpp", "evaluate.cpp"
TEXT = b"// softmax\n"
OLD, NEW = (2026, 11, 1, 10, 0, 0), (2026, 11, 2, 10, 0, 0)
MOODLE = "_assignsubmission_file"


def files_in(root: Path, files: Mapping[str, bytes]) -> Path:
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return root


def zipped(files: Mapping[str, bytes | tuple[bytes, tuple]]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            data, day = content if isinstance(content, tuple) else (content, OLD)
            archive.writestr(zipfile.ZipInfo(name, day), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def tarred(*members: tuple[tarfile.TarInfo, bytes]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        for info, content in members:
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return stream.getvalue()


def member(name: str, kind: bytes = tarfile.REGTYPE, target: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname, info.mtime = kind, target, 1_700_000_000
    return info


def snapshot(folder: Path) -> dict[str, tuple]:
    facts = {path: path.lstat() for path in [folder, *folder.rglob("*")]}
    return {str(path): (fact.st_mode, fact.st_size, fact.st_mtime_ns, fact.st_ino) for path, fact in facts.items()}


def taken(given: Path, tmp_path: Path) -> TakenIn:
    """Takes it in, and checks what holds for everything: the source stays, and all is written inside."""
    out = tmp_path / "class"
    before = snapshot(given)
    result = take_in(given, out)
    assert snapshot(given) == before
    assert {path.name for path in tmp_path.iterdir()} <= {"class", "given", given.name}
    assert {path.name for path in out.iterdir()} == {"submissions", "roster.json"}
    for entry in result.roster.submissions:
        assert sorted(os.listdir(submissions_of(out) / entry.key)) == entry.files
        assert not any(path.is_symlink() for path in (submissions_of(out) / entry.key).iterdir())
        assert entry.gradable == bool(entry.files)
        assert entry.state == "ok" or entry.notes  # each that is not simply right says why
    return result


def only(given: Path, tmp_path: Path) -> Entry:
    entries = taken(given, tmp_path).roster.submissions
    assert len(entries) == 1, [entry.name for entry in entries]
    return entries[0]


def said(entry: Entry) -> str:
    return " | ".join(entry.notes)


def content(tmp_path: Path, entry: Entry, name: str = SOFTMAX) -> bytes:
    return (submissions_of(tmp_path / "class") / entry.key / name).read_bytes()
