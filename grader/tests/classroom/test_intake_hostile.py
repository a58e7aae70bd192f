"""A hostile archive is left out with a reason, nothing is written outside, and whoever lies beside it is taken in.

Builds real zip and tar files. Needs no built grader."""

from __future__ import annotations

import io
import os
import tarfile
import time
import zipfile
from pathlib import Path

import pytest

from grader.classroom.intake import archives, choosing
from grader.classroom.roster import Entry
from grader.tests.support.intake_support import GRAD, OLD, SOFTMAX, TEXT
from grader.tests.support.intake_support import content, files_in, member, said, taken, tarred, zipped


def hostile(archive: str, data: bytes, tmp_path: Path) -> Entry:
    """Beside it lies a submission that must come through."""
    given = files_in(tmp_path / "given", {f"Ana/{archive}": data, f"Bob/{SOFTMAX}": TEXT})
    entries = taken(given, tmp_path).roster.submissions
    assert [entry.name for entry in entries] == ["Ana", "Bob"] and entries[1].state == "ok"
    return entries[0]


SLIPS = (f"../../{SOFTMAX}", f"/tmp/{SOFTMAX}", f"a/../../../{SOFTMAX}", f"..\\..\\{SOFTMAX}", f"C:\\x\\{SOFTMAX}")


@pytest.mark.parametrize("name", SLIPS)
@pytest.mark.parametrize("kind", ("zip", "tar.gz"))
def test_a_member_that_leads_out_is_left_out(kind: str, name: str, tmp_path: Path) -> None:
    data = (
        zipped({name: b"evil", GRAD: TEXT}) if kind == "zip" else tarred((member(name), b"evil"), (member(GRAD), TEXT))
    )
    entry = hostile(f"TP.{kind}", data, tmp_path)
    assert entry.files == [GRAD] and "leads out of the archive" in said(entry)


KINDS = {"symbolic": tarfile.SYMTYPE, "hard": tarfile.LNKTYPE, "pipe": tarfile.FIFOTYPE, "device": tarfile.CHRTYPE}


@pytest.mark.parametrize("kind", KINDS)
def test_links_and_devices_in_a_tar_are_left_out(kind: str, tmp_path: Path) -> None:
    data = tarred((member(SOFTMAX, KINDS[kind], "/etc/passwd"), b""), (member(GRAD), TEXT))
    entry = hostile("TP.tar.gz", data, tmp_path)
    why = "is a link" if kind in ("symbolic", "hard") else "is not a plain file"
    assert entry.files == [GRAD] and f"{SOFTMAX} {why}: left out" in said(entry)


def test_a_link_in_a_zip_is_left_out(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        info = zipfile.ZipInfo(SOFTMAX, OLD)
        info.create_system, info.external_attr = 3, 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    entry = hostile("TP.zip", stream.getvalue(), tmp_path)
    assert entry.files == [] and "is a link" in said(entry)


def test_links_pipes_and_folders_in_a_folder_are_left_out(tmp_path: Path) -> None:
    given = files_in(tmp_path / "given", {"Ana/x": b"", f"Bob/{SOFTMAX}": TEXT, "Ana/vec_exos.cpp/x": b""})
    (tmp_path / "given" / "secret").mkdir()
    (given / "Ana" / SOFTMAX).symlink_to("/etc/passwd")
    (given / "Ana" / "exercises").symlink_to("/etc")
    os.mkfifo(given / "Ana" / GRAD)
    (given / "Eve").symlink_to(given / "Bob")
    entries = {entry.name: entry for entry in taken(given, tmp_path).roster.submissions}
    assert entries["Ana"].state == "empty" and SOFTMAX in said(entries["Ana"]) and GRAD in said(entries["Ana"])
    assert entries["Eve"].state == "unmatched" and not entries["Eve"].gradable
    assert entries["Bob"].state == "ok"


def test_a_zip_bomb_is_not_opened(tmp_path: Path) -> None:
    start = time.monotonic()
    entry = hostile("TP.zip", zipped({"zeros": bytes(40 << 20), SOFTMAX: TEXT}), tmp_path)
    assert entry.state == "empty" and "would unpack to" in said(entry)
    assert time.monotonic() - start < 20


def test_a_tar_bomb_is_not_opened(tmp_path: Path) -> None:
    assert "would unpack to" in said(hostile("TP.tar.gz", tarred((member("zeros"), bytes(40 << 20))), tmp_path))


def test_a_zip_that_lies_about_a_size(tmp_path: Path) -> None:
    data = zipped({SOFTMAX: bytes(8 << 20)})
    size, small = (8 << 20).to_bytes(4, "little"), (100).to_bytes(4, "little")
    entry = hostile("TP.zip", data.replace(size, small), tmp_path)
    assert entry.state in ("ok", "empty") and all(len(content(tmp_path, entry, name)) <= 100 for name in entry.files)


def test_archives_within_archives_end(tmp_path: Path) -> None:
    data = zipped({SOFTMAX: TEXT})
    for _ in range(6):
        data = zipped({"deeper.zip": data})
    entry = hostile("TP.zip", data, tmp_path)
    assert entry.state == "empty" and "archives within archives" in said(entry)


def test_too_many_members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_FILES", 50)
    for kind in ("zip", "tar.gz"):
        names = [f"f{number}" for number in range(60)] + [SOFTMAX]
        data = zipped({n: TEXT for n in names}) if kind == "zip" else tarred(*((member(n), TEXT) for n in names))
        entry = hostile(f"TP.{kind}", data, tmp_path / kind)
        assert entry.state == "empty" and "more than 50 files" in said(entry)


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    for kind, data in (("zip", zipped({SOFTMAX: os.urandom(2 << 20)})), ("cpp", os.urandom(2 << 20))):
        entry = hostile("TP.zip" if kind == "zip" else SOFTMAX, data, tmp_path / kind)
        assert entry.state == "empty" and "at most 1,048,576 are read" in said(entry)


def test_a_password(tmp_path: Path) -> None:
    data = bytearray(zipped({SOFTMAX: TEXT}))
    data[6] |= 1
    data[data.find(b"PK\x01\x02") + 8] |= 1
    assert "password" in said(hostile("TP.zip", bytes(data), tmp_path))


def test_many_notes_are_cut(tmp_path: Path) -> None:
    entry = hostile("TP.zip", zipped({f"../{number}": b"" for number in range(500)}), tmp_path)
    assert len(entry.notes) <= choosing.MOST_NOTES
