"""What a class hands in is taken in whatever system it comes from, and a student keeps the key that was given once.

Builds real zip and tar files. Needs no built grader."""

from __future__ import annotations

import io
import tarfile
import unicodedata
from pathlib import Path

import pytest

from grader.tests.support.intake_support import GRAD, MOODLE, SOFTMAX, TEXT
from grader.tests.support.intake_support import content, files_in, member, only, said, taken, tarred, zipped

JEAN = "Jean-\u00c9mile D\u2019Arc"
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
