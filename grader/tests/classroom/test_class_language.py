"""A class in another language than the run before: pages are made again, reasons are translated, and none is graded.

Run by pytest (`make test`); results are made up of real reports, and no grade is run. Needs gettext's msgfmt."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.classroom import page, roster
from grader.classroom.grade import changes, pages, state
from grader.classroom.intake.taking_in import take_in
from grader.classroom.results import read_class
from grader.common import language
from grader.common.language import NO_BREAK
from grader.report import page as page_of_a_grade
from grader.report import report_json
from grader.tests.support import class_support as classes
from grader.tests.support.intake_support import SOFTMAX, TEXT, files_in

WORD = "softmax_batch.cpp est un document (Word ou zip) et non du C++"
NOTHING = "aucun des fichiers d'exercises/"


@pytest.fixture
def speak(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Callable[[str], None]]:
    """Starts a language, by the catalogue of the sources."""

    def start(name: str) -> None:
        monkeypatch.setenv("TP_LANG", name)
        language.start(tmp_path)

    start("en")
    yield start
    start("en")


def grade_of(folder: Path, key: str) -> Path:
    return folder / "reports" / key


def test_pages_of_another_language_are_made_again(speak: Callable[[str], None], tmp_path: Path) -> None:
    folder = classes.three(tmp_path / "class")
    page_of_a_grade.write(report_json.load(grade_of(folder, "s001") / "report.json"), grade_of(folder, "s001"))
    speak("fr")
    page_of_a_grade.write(report_json.load(grade_of(folder, "s002") / "report.json"), grade_of(folder, "s002"))
    second = grade_of(folder, "s002") / "report.html"
    as_it_was = second.stat().st_ino
    entries = roster.load(folder).submissions
    (said,) = pages.translate(entries, folder)
    assert said.startswith(" 1 rapports d'une autre langue")
    assert '<html lang="fr">' in (grade_of(folder, "s001") / "report.html").read_text(encoding="utf-8")
    assert second.stat().st_ino == as_it_was and pages.translate(entries, folder) == []


def test_a_report_that_is_damaged_stops_no_other_page(speak: Callable[[str], None], tmp_path: Path) -> None:
    folder = classes.three(tmp_path / "class")
    for key in ("s001", "s002"):
        page_of_a_grade.write(report_json.load(grade_of(folder, key) / "report.json"), grade_of(folder, key))
    (grade_of(folder, "s001") / "report.json").write_text("{")
    speak("fr")
    count, fault = pages.translate(roster.load(folder).submissions, folder)
    assert count.startswith(" 1 rapports") and "s001/report.json" in fault and "JSONDecodeError" in fault


def test_why_somebody_could_not_be_graded_is_in_the_readers_language(
    speak: Callable[[str], None], tmp_path: Path
) -> None:
    folder = tmp_path / "class"
    taken = take_in(files_in(tmp_path / "given", {f"Ana/{SOFTMAX}": b"PK\x03\x04 a document"}), folder)
    assert changes.stale(taken.roster, folder) == []
    for tongue, says in (("en", ("(Word or zip)", "none of the files")), ("fr", (WORD, NOTHING))):
        speak(tongue)
        own = read_class(folder)
        reason, text = own.results[0].reason.replace(NO_BREAK, " "), page.make(own)
        assert all(part in reason for part in says), reason
        assert all(text.count(part.replace("'", "&#39;")) == 1 for part in says), "once, and not once more in one line"


def test_why_a_grade_is_made_again_is_said_before_it(
    speak: Callable[[str], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, names = tmp_path / "class", ("Ana", "Bob", "Eve", "Zoe")
    taken = take_in(files_in(tmp_path / "given", {f"{name}/{SOFTMAX}": TEXT for name in names}), folder)
    wanted = changes.stale(taken.roster, folder)
    assert changes.announcement(wanted, folder) == [" 4 to be graded"]
    for entry, score in zip(wanted[:3], (2.0, 2.0, None), strict=True):
        of = state.state_of(folder / "submissions" / entry.key)
        state.save(state.Outcome(of, score, 20.0, 1.0), state.file_of(grade_of(folder, entry.key)))
        (grade_of(folder, entry.key) / "report.json").write_text(json.dumps(classes.full()))
    (tmp_path / "rubric.toml").write_text("another")
    monkeypatch.setattr(state, "RUBRIC", tmp_path / "rubric.toml")
    monkeypatch.setattr(state, "ROOT", tmp_path)
    wanted = changes.stale(taken.roster, folder)
    again = " to be graded again: "
    said = changes.announcement(wanted, folder)
    assert said == [" 1 to be graded", f" 2{again}the rubric has changed", f" 1{again}the last time it could not be graded"]  # fmt: skip
    speak("fr")
    assert changes.announcement(wanted, folder)[1] == f" 2 à noter de nouveau{NO_BREAK}: le barème a changé"
    assert changes.announcement([], folder) == [" 0 à noter"]
