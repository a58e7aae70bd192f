"""What a class hands in is taken in whatever its system, its names and its archives; nothing is written outside.

Builds real zip and tar files. Needs no built grader."""

from __future__ import annotations

import io
import json
import os
import tarfile
import time
import unicodedata
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from grader.classroom.intake import choosing, found, table
from grader.classroom.intake.naming import contract_name
from grader.classroom.intake.taking_in import TakenIn, submissions_of, take_in
from grader.classroom.roster import Entry
from grader.common.tool import UserError

rich_console = pytest.importorskip("rich.console")

SOFTMAX, GRAD, EVALUATE = "softmax_batch.cpp", "grad_batch.cpp", "evaluate.cpp"
TEXT = b"// softmax\n"
OLD, NEW = (2026, 11, 1, 10, 0, 0), (2026, 11, 2, 10, 0, 0)
JEAN = "Jean-\u00c9mile D\u2019Arc"
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


# --- systems ----------------------------------------------------------------------------------------------------------

MOODLES = {
    "folders": (f"{JEAN}_123{MOODLE}/{SOFTMAX}", JEAN, "123"),
    "trailing underscore": (f"{JEAN}_123{MOODLE}_/{SOFTMAX}", JEAN, "123"),
    "flat": (f"{JEAN}_123{MOODLE}_{SOFTMAX}", JEAN, "123"),
    "blind": (f"Participant_123{MOODLE}/{SOFTMAX}", "Participant", "123"),
    "group": (f"Groupe A 2_77{MOODLE}/{SOFTMAX}", "Groupe A 2", "77"),
    "sub-folder": (f"{JEAN}_123{MOODLE}/TP 3/exercises/{SOFTMAX}", JEAN, "123"),
}


@pytest.mark.parametrize("form", MOODLES)
@pytest.mark.parametrize("packed", ("folder", "zip", "zip in a folder", "wrapped"))
def test_moodle(form: str, packed: str, tmp_path: Path) -> None:
    path, name, number = MOODLES[form]
    files = {path: TEXT, f"Zo\u00e9 O Brien_124{MOODLE}/{SOFTMAX}": TEXT + b"2"}
    given = tmp_path / "given"
    if packed == "folder":
        files_in(given, files)
    elif packed == "wrapped":
        files_in(given / "TP3-softmax-123", files)
    else:
        files_in(given, {"TP3-softmax-123.zip": zipped(files)})
    result = taken(given / "TP3-softmax-123.zip" if packed == "zip" else given, tmp_path)
    assert result.roster.source == "moodle"
    first, second = sorted(result.roster.submissions, key=lambda entry: entry.identifier != number)
    assert (first.name, first.identifier, first.state, first.files) == (name, number, "ok", [SOFTMAX])
    assert content(tmp_path, first) == TEXT
    assert (second.name, content(tmp_path, second)) == ("Zo\u00e9 O Brien", TEXT + b"2")


def test_moodles_default_group_is_nobodys(tmp_path: Path) -> None:
    files = {f"Groupe par d\u00e9faut{MOODLE}/{SOFTMAX}": TEXT, f"A_7{MOODLE}/{SOFTMAX}": TEXT, "stray.cpp": TEXT}
    result = taken(files_in(tmp_path / "given", files), tmp_path)
    states = {entry.name: (entry.state, entry.gradable) for entry in result.roster.submissions}
    assert states == {
        "Groupe par d\u00e9faut": ("unmatched", True),
        "A": ("ok", True),
        "stray.cpp": ("unmatched", False),
    }


def test_two_plugins_of_moodle_are_one_student_and_no_folder_is_lost(tmp_path: Path) -> None:
    given = files_in(
        tmp_path / "given", {f"A_7{MOODLE}/{SOFTMAX}": TEXT, "A_7_assignsubmission_onlinetext/t.html": b"x"}
    )
    (given / f"B_8{MOODLE}").mkdir()
    entries = taken(given, tmp_path).roster.submissions
    assert [(entry.name, entry.state) for entry in entries] == [("A", "ok"), ("B", "empty")]


def test_the_worksheet_says_who_is_late(tmp_path: Path) -> None:
    sheet = "\ufeffIdentifiant,Nom complet,Adresse de courriel,Statut\r\n"
    sheet += "Participant7,L\u00e9a Roy,lea@x.fr,Remis pour \u00e9valuation - 2 heures en retard\r\nParticipant8,B,b@x.fr,Remis\r\n"
    files = {f"Participant_7{MOODLE}/{SOFTMAX}": TEXT, f"Participant_8{MOODLE}/{SOFTMAX}": TEXT}
    given = files_in(tmp_path / "given", {**files, "Notes-TP3.csv": sheet.encode()})
    entries = taken(given, tmp_path).roster.submissions
    assert [(entry.name, entry.state, entry.email) for entry in entries] == [
        ("B", "ok", "b@x.fr"),
        ("L\u00e9a Roy", "late", "lea@x.fr"),
    ]


METADATA = """---
submission_11:
  :submitters:
  - :name: Zo\u00e9 O'Brien
    :sid: '42'
    :email: zoe@x.org
  - :name: Ana
    :email: ana@x.org
  :created_at: 2026-11-01 10:00:00.000000000 Z
  :results: !ruby/object:Thing
    score: 1
submission_12:
  :submitters: []
"""


@pytest.mark.parametrize("wrapper", ("", "assignment_5_export/"))
def test_gradescope(wrapper: str, tmp_path: Path) -> None:
    files = {"submission_metadata.yml": METADATA.encode()}
    files |= {f"submission_11/{SOFTMAX}": TEXT, f"submission_12/{SOFTMAX}": TEXT, f"submission_13/{SOFTMAX}": TEXT}
    given = files_in(tmp_path / "given", {wrapper + name: content for name, content in files.items()})
    result = taken(given, tmp_path)
    by_number = {entry.identifier: entry for entry in result.roster.submissions}
    assert result.roster.source == "gradescope" and sorted(by_number) == ["11", "12", "13"]
    assert (by_number["11"].name, by_number["11"].email) == ("Zo\u00e9 O'Brien, Ana", "zoe@x.org, ana@x.org")
    assert [by_number[number].state for number in ("11", "12", "13")] == ["ok", "unmatched", "unmatched"]


def test_gradescope_with_a_damaged_list_still_has_its_folders(tmp_path: Path) -> None:
    files = {"submission_metadata.yml": b"\x00: [", f"submission_11/{SOFTMAX}": TEXT}
    entry = only(files_in(tmp_path / "given", files), tmp_path)
    assert (entry.name, entry.state) == ("submission_11", "ok")


def test_canvas_with_late_ones_and_versions(tmp_path: Path) -> None:
    files = {
        f"doejane_LATE_12_901_{SOFTMAX}": TEXT,
        "doejane_LATE_12_902_grad_batch-1.cpp": TEXT,
        f"brianz\u00e9_13_903_{SOFTMAX}": TEXT,
        "anon_14_904_softmax_batch-2.cpp": TEXT,
    }
    for given in (files_in(tmp_path / "given", files), tmp_path / "given.zip"):
        if given.suffix:
            given.write_bytes(zipped(files))
            (tmp_path / "class").rename(tmp_path / "given" / "first")
        result = taken(given, tmp_path)
        entries = {entry.identifier: entry for entry in result.roster.submissions}
        assert result.roster.source == "canvas" and sorted(entries) == ["12", "13", "14"]
        assert (entries["12"].state, entries["12"].files) == ("late", [GRAD, SOFTMAX])
        assert "grad_batch-1.cpp is taken for grad_batch.cpp" in said(entries["12"])
        assert [entries["13"].state, entries["14"].state] == ["ok", "renamed"]


def test_clones_of_repositories(tmp_path: Path) -> None:
    clone = {
        ".git/HEAD": b"ref",
        f"exercises/{SOFTMAX}": TEXT,
        f"build/grade/submission/softmax_batch/{SOFTMAX}": b"old",
    }
    clone |= {f"grader/tests/{SOFTMAX}": b"corpus", f".git/{SOFTMAX}": b"no"}
    files = {f"softmax-{name}/{path}": content for name in ("ana", "bob") for path, content in clone.items()}
    result = taken(files_in(tmp_path / "given", files), tmp_path)
    entries = result.roster.submissions
    assert result.roster.source == "git" and [entry.name for entry in entries] == ["softmax-ana", "softmax-bob"]
    assert [entry.state for entry in entries] == ["ok", "ok"] and content(tmp_path, entries[0]) == TEXT


@pytest.mark.parametrize("wrapper", ("", "wrapper/"))
def test_plain_folders_and_archives(wrapper: str, tmp_path: Path) -> None:
    files = {
        f"Ana Roy/{SOFTMAX}": TEXT,
        "Bob O'Neil.zip": zipped(
            {f"Bob/TP/{SOFTMAX}": TEXT, f"__MACOSX/Bob/TP/._{SOFTMAX}": b"\0x", ".DS_Store": b"x"}
        ),
        "Cl\u00e9o.tar.gz": tarred((member(f"./{SOFTMAX}"), TEXT)),
        "Dan.zip": zipped({SOFTMAX: TEXT}),  # flat
        "Eve/TP.zip": zipped({f"deep/in/{SOFTMAX}": TEXT}),
    }
    given = files_in(tmp_path / "given", {wrapper + name: content for name, content in files.items()})
    result = taken(given, tmp_path)
    entries = result.roster.submissions
    assert result.roster.source == "folders"
    assert [entry.name for entry in entries] == ["Ana Roy", "Bob O'Neil", "Cl\u00e9o", "Dan", "Eve"]
    assert [entry.key for entry in entries] == ["s001", "s002", "s003", "s004", "s005"]
    assert {entry.state for entry in entries} == {"ok"}
    assert all(content(tmp_path, entry) == TEXT for entry in entries)


def test_one_folder_of_one_student(tmp_path: Path) -> None:
    assert only(files_in(tmp_path / "given", {SOFTMAX: TEXT, GRAD: TEXT}), tmp_path).files == [GRAD, SOFTMAX]


def test_composed_and_decomposed_names_are_one_student(tmp_path: Path) -> None:
    names = [unicodedata.normalize(form, "Zo\u00e9") for form in ("NFC", "NFD")]
    given = files_in(tmp_path / "given", {f"{names[0]}/{SOFTMAX}": TEXT, f"{names[1]}/{GRAD}": TEXT, f"B/{GRAD}": TEXT})
    entries = taken(given, tmp_path).roster.submissions
    assert [(entry.name, entry.files) for entry in entries] == [("B", [GRAD]), ("Zo\u00e9", [GRAD, SOFTMAX])]


def test_a_zip_whose_names_are_utf_8_and_do_not_say_so(tmp_path: Path) -> None:
    data = zipped({f"Z\u00e9/{SOFTMAX}": TEXT, f"Y/{SOFTMAX}": TEXT}).replace(b"Z\xc3\xa9", b"Z\xc3\xa9")
    without = bytearray(data)
    for start, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = without.find(start)
        while place >= 0:
            without[place + offset + 1] &= ~0x08
            place = without.find(start, place + 4)
    (tmp_path / "given.zip").write_bytes(without)
    names = [entry.name for entry in taken(tmp_path / "given.zip", tmp_path).roster.submissions]
    assert names == ["Y", "Z\u00e9"]


def test_keys_stay_when_a_student_comes_later(tmp_path: Path) -> None:
    given = files_in(tmp_path / "given", {f"Bob/{SOFTMAX}": TEXT, f"Eve/{SOFTMAX}": TEXT})
    taken(given, tmp_path)
    files_in(given, {f"Ana/{SOFTMAX}": TEXT, "nobody.cpp": TEXT})
    for _ in range(2):
        entries = taken(given, tmp_path).roster.submissions
        keys = {"Bob": "s001", "Eve": "s002", "Ana": "s003", "nobody.cpp": "s004"}
        assert {entry.name: entry.key for entry in entries} == keys


def test_a_tar_that_holds_a_zip_is_a_tar(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, data in ((SOFTMAX, TEXT), ("more.zip", zipped({GRAD: TEXT}))):
            info = member(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    assert only(files_in(tmp_path / "given", {"Ana/TP.tar": stream.getvalue()}), tmp_path).files == [GRAD, SOFTMAX]


# --- names and versions -----------------------------------------------------------------------------------------------

NAMES = (
    "softmax_batch-1.cpp",
    "softmax_batch (2).cpp",
    "Softmax_Batch.CPP",
    "softmax_batch.cpp.txt",
    "softmax batch.cc",
)
NAMES += ("Copie de softmax_batch.cpp", "softmax_batch - Copie (2).cpp", "dupont_softmax_batch_final.cpp")
NAMES += ("softmax-batch_v2.cxx", "softmax_batch~.cpp")


@pytest.mark.parametrize("name", NAMES)
def test_a_file_that_was_renamed_counts_and_is_said(name: str, tmp_path: Path) -> None:
    entry = only(files_in(tmp_path / "given", {f"Ana/{name}": TEXT}), tmp_path)
    assert (entry.state, entry.files, content(tmp_path, entry)) == ("renamed", [SOFTMAX], TEXT)
    assert f"{name} is taken for {SOFTMAX}" in said(entry)


@pytest.mark.parametrize(
    "name", ("softmax.cpp", "batch.cpp", "softmax_batch.hpp", "softmax_batch.py", "vec_exos.hpp", "a")
)
def test_a_name_that_means_no_file_of_the_contract(name: str) -> None:
    assert contract_name(name) is None


def test_of_two_versions_the_newest_counts_and_both_are_said(tmp_path: Path) -> None:
    archive = zipped(
        {f"a/{SOFTMAX}": (b"new", NEW), f"b/{SOFTMAX}": (b"old", OLD), "softmax_batch (1).cpp": (b"older", OLD)}
    )
    entry = only(files_in(tmp_path / "given", {"Ana/TP.zip": archive}), tmp_path)
    assert (entry.state, content(tmp_path, entry)) == ("two versions", b"new")
    assert "a/softmax_batch.cpp (2026-11-02 10:00) counts" in said(entry) and "b/softmax_batch.cpp" in said(entry)


def test_an_archive_and_a_newer_folder_of_one_student(tmp_path: Path) -> None:
    given = files_in(tmp_path / "given", {"Ana.zip": zipped({SOFTMAX: b"old"}), f"Ana/{SOFTMAX}": b"new"})
    entry = only(given, tmp_path)
    assert (entry.state, content(tmp_path, entry)) == ("two versions", b"new")


def test_a_second_copy_that_is_equal_is_no_version(tmp_path: Path) -> None:
    archive = zipped({f"a/{SOFTMAX}": (TEXT, NEW), f"b/{SOFTMAX}": (TEXT, OLD)})
    assert only(files_in(tmp_path / "given", {"Ana/TP.zip": archive}), tmp_path).state == "ok"


def test_a_member_that_is_twice_in_a_zip(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive, pytest.warns(UserWarning):
        archive.writestr(zipfile.ZipInfo(SOFTMAX, OLD), b"first")
        archive.writestr(zipfile.ZipInfo(SOFTMAX, OLD), b"second")
    entry = only(files_in(tmp_path / "given", {"Ana/TP.zip": stream.getvalue()}), tmp_path)
    assert (entry.state, content(tmp_path, entry)) == ("two versions", b"second")


@pytest.mark.parametrize("text", (b"a\r\nb\r\n", "\ufeffé".encode(), "é".encode("latin-1"), "é".encode("utf-16")))
def test_line_ends_and_encodings_stay_as_they_are(text: bytes, tmp_path: Path) -> None:
    entry = only(files_in(tmp_path / "given", {f"Ana/{SOFTMAX}": text}), tmp_path)
    assert (entry.state, content(tmp_path, entry)) == ("ok", text)


# --- what is no submission --------------------------------------------------------------------------------------------


def test_documents_are_not_taken_for_cpp(tmp_path: Path) -> None:
    word = zipped({"word/document.xml": b"<w/>", "[Content_Types].xml": b"<x/>"})
    files = {
        "Ana/softmax_batch.docx": word,
        f"Ana/{GRAD}": word,
        f"Ana/{EVALUATE}": b"\xd0\xcf\x11\xe0old",
        "Ana/x.rar": b"Rar!",
    }
    entry = only(files_in(tmp_path / "given", files), tmp_path)
    assert (entry.state, entry.gradable) == ("empty", False)
    for name in ("softmax_batch.docx", GRAD, EVALUATE, "x.rar"):
        assert name in said(entry)


EMPTY = {
    "a folder": {},
    "an empty file": {f"Ana/{SOFTMAX}": b" \n"},
    "an empty zip": {"Ana/TP.zip": zipped({})},
    "other files": {"Ana/main.py": TEXT},
    "clutter": {f"Ana/__MACOSX/._{SOFTMAX}": TEXT, "Ana/.DS_Store": b"x"},
    "no zip": {"Ana/TP.zip": b"PK\x03\x04 not a zip"},
    "a zip that ends early": {"Ana/TP.zip": zipped({SOFTMAX: TEXT})[:-30]},
    "a tar.gz that ends early": {"Ana/TP.tar.gz": tarred((member(SOFTMAX), os.urandom(5000)))[:600]},
    "a zip of no bytes": {"Ana/TP.zip": b""},
    "a tar.gz of no bytes": {"Ana/TP.tar.gz": b""},
}


@pytest.mark.parametrize("kind", EMPTY)
def test_empty_ones_are_said(kind: str, tmp_path: Path) -> None:
    given = files_in(tmp_path / "given", EMPTY[kind])
    (given / "Ana").mkdir(parents=True, exist_ok=True)
    entry = only(given, tmp_path)
    assert (entry.state, entry.gradable, entry.name) == ("empty", False, "Ana")


# --- hostile ----------------------------------------------------------------------------------------------------------


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
    monkeypatch.setattr(found, "MOST_FILES", 50)
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


# --- for the teacher --------------------------------------------------------------------------------------------------


def test_the_table_has_counts_and_each_that_is_not_simply_right(tmp_path: Path) -> None:
    every = {
        name: TEXT for name in ("learning_curves.cpp", "vec_exos.cpp", "train_sgd_vec.cpp", SOFTMAX, GRAD, EVALUATE)
    }
    every |= {"cross_entropy_loss_batch.cpp": TEXT, "answers.toml": TEXT}
    files = {f"Ana/{name}": text for name, text in every.items()}
    files |= {f"Bob [red]\x1b[31m/{name}": text for name, text in every.items() if name != SOFTMAX}
    files |= {"Bob [red]\x1b[31m/softmax_batch-1.cpp": TEXT, "Eve/x": b"", "stray.cpp": TEXT}
    result = taken(files_in(tmp_path / "given", files), tmp_path)
    console = rich_console.Console(width=80, file=io.StringIO(), record=True)
    table.show(result, console)
    text = console.export_text()
    assert "4 submissions, 2 can be graded" in text
    assert "matched: 1, renamed: 1, empty: 1, could not be matched: 1" in text
    assert "Ana" not in text and "\x1b" not in text and "Bob [red]?" in text
    assert "softmax_batch-1.cpp" in text and all(len(line) <= 80 for line in text.splitlines())


@pytest.mark.parametrize("given", ("none", "file.txt", "empty", "bad.zip"))
def test_what_cannot_be_a_class_is_an_error_that_names_it(given: str, tmp_path: Path) -> None:
    (tmp_path / "file.txt").write_text("x")
    (tmp_path / "bad.zip").write_text("x")
    (tmp_path / "empty").mkdir()
    with pytest.raises(UserError, match=given):
        take_in(tmp_path / given, tmp_path / "class")


def test_the_class_does_not_lie_in_what_was_handed_in(tmp_path: Path) -> None:
    given = files_in(tmp_path / "given", {f"Ana/{SOFTMAX}": TEXT})
    with pytest.raises(UserError, match="only read"):
        take_in(given, given / "class")
    assert os.listdir(given) == ["Ana"]


def test_the_roster_is_what_the_other_parts_read(tmp_path: Path) -> None:
    taken(files_in(tmp_path / "given", {f"A_7{MOODLE}/{SOFTMAX}": TEXT}), tmp_path)
    data = json.loads((tmp_path / "class" / "roster.json").read_text())
    assert (data["format"], data["source"], data["worksheet"]) == (1, "moodle", None)
    keys = {"key", "pseudonym", "name", "identifier", "email", "source", "state", "notes", "files", "gradable"}
    assert keys <= data["submissions"][0].keys()
