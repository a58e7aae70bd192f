"""What a class hands in is taken in whatever its files are called; what is no submission is said in a table.

Builds real zip and tar files. Needs no built grader."""

from __future__ import annotations

import io
import json
import os
import zipfile
from pathlib import Path

import pytest

from grader.classroom.intake import table
from grader.classroom.intake.naming import contract_name
from grader.classroom.intake.taking_in import take_in
from grader.common.tool import UserError
from grader.tests.support.intake_support import EVALUATE, GRAD, MOODLE, NEW, OLD, SOFTMAX, TEXT
from grader.tests.support.intake_support import content, files_in, member, only, said, taken, tarred, zipped

rich_console = pytest.importorskip("rich.console")


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
    assert "4 submissions, 2 can be graded" in text and " 20 marks in all (grader/rubric.toml)" in text
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
