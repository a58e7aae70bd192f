"""A class is graded to its end whatever is in it, again only where something has changed, and on after SIGKILL.

Run by pytest (`make test`); needs the built grader, in the folder that LAB_BUILD names, the sandbox and Snakemake."""

from __future__ import annotations

import csv
import fcntl
import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from grader.classroom import roster
from grader.classroom.grade import changes, state
from grader.classroom.grade.one import seed_of
from grader.classroom.results import why_failed
from grader.common.build_facts import ROOT
from grader.tests.support import corpus_support as support
from grader.tests.support.graded_class import BUILD, CLASS, NEEDS, RIGHT, SOFTMAX, command, given_class, grade_class
from grader.tests.support.graded_class import graded, marks

pytestmark = NEEDS
SAME = ("seed", "roster.json", "marks.csv")
AS_IT_WAS = "as it was"  # the folder of the class before another test changes it


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, str]:
    root = tmp_path_factory.mktemp("a class")
    given, out = given_class(root / "hand ins", CLASS), root / "my class"
    said = grade_class(given, out)
    shutil.copytree(out, out.with_name(AS_IT_WAS))
    return given, out, said


def test_each_submission_is_a_row(first: tuple[Path, Path, str]) -> None:
    _, out, said = first
    scores = marks(out)
    assert scores["s001"] == scores["s003"] > scores["s002"] == 0.0
    assert "s004" not in scores and "empty" in why_failed(out / "reports/s004")
    assert "3 graded, 1 could not be graded; 3 graded just now" in said
    assert "20 marks in all (grader/rubric.toml)" in said.split("3 to be graded")[0]
    line = len(RIGHT.splitlines()) + 1
    assert f"Look at these first: s002: {SOFTMAX} does not compile (line {line})" in said
    report = json.loads((out / "reports/s001/report.json").read_text())
    assert "bubblewrap" in report["protections"] and report["seed"] == seed_of(out, "s001")


def test_only_what_has_changed_is_graded_again_and_that_is_said(first: tuple[Path, Path, str]) -> None:
    given, out, _ = first
    assert "0 to be graded" in grade_class(given, out)
    old = {key: graded(out, key).stat().st_mtime_ns for key in ("s001", "s003")}
    (given / "Bob" / SOFTMAX).write_text(RIGHT)
    (given / "Ana" / SOFTMAX).touch()
    said = grade_class(given, out)
    assert (
        "1 to be graded again: other files were handed in" in said
        and f"changed: {SOFTMAX}" in said.split("Marks that have changed:")[1]
    )
    assert {key: graded(out, key).stat().st_mtime_ns for key in old} == old
    assert marks(out)["s002"] == marks(out)["s001"]
    assert not list(out.glob("reports/*/before.json"))


def test_another_rubric_or_grader_is_a_reason(first: tuple[Path, Path, str], monkeypatch: pytest.MonkeyPatch) -> None:
    _, out, _ = first
    old = state.load(graded(out, "s001")).state
    assert old == state.state_of(out / "submissions" / "s001")
    other = state.State(old.files, "other", "another")
    assert other.reasons(old) == ["the rubric has changed", "the grader has changed"]
    copy = shutil.copytree(out, out.with_name("copy"))
    assert changes.stale(roster.load(copy), copy) == []
    monkeypatch.setattr(state, "of_grader", lambda: "another")
    assert [entry.key for entry in changes.stale(roster.load(copy), copy)] == ["s001", "s002", "s003"]


def within(seconds: float, condition: Callable[[], bool]) -> bool:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)
    return condition()


def test_a_class_that_was_killed_goes_on(tmp_path: Path) -> None:
    given, out = given_class(tmp_path / "given", {"Ana": RIGHT, "Bob": RIGHT}), tmp_path / "class"
    process = subprocess.Popen(command(given, out), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    started = out / "reports" / "s002" / "grade.txt"
    assert within(600, started.exists)
    assert within(60, (out / "reports/s002/objects").exists)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not support.left_of(out)
    assert graded(out, "s001").exists() and not graded(out, "s002").exists()
    kept = graded(out, "s001").stat().st_mtime_ns
    assert "1 to be graded" in grade_class(given, out)
    assert graded(out, "s001").stat().st_mtime_ns == kept and len(marks(out)) == 2


def judged(out: Path) -> dict[str, tuple]:
    """What a grade is, but for measured times and the folder that it was made in."""
    reports = {file.parent.name: json.loads(file.read_text()) for file in out.glob("reports/*/report.json")}
    return {key: (report["seed"], report["score"], report["items"]) for key, report in reports.items()}


def test_killed_at_any_moment_it_has_the_marks_of_one_that_was_not(
    first: tuple[Path, Path, str], tmp_path: Path
) -> None:
    """SIGTERM is what Slurm sends to a job whose time is over."""
    whole = first[1].with_name(AS_IT_WAS)
    seconds = sum(state.load(file).seconds for file in whole.glob("reports/*/graded.json"))
    given, out = given_class(tmp_path / "given", CLASS), tmp_path / "class"
    moments = [(number, random.uniform(0, seconds)) for number in (signal.SIGKILL, signal.SIGTERM)]
    for number, moment in moments:
        process = subprocess.Popen(command(given, out), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with suppress(subprocess.TimeoutExpired):
            process.wait(moment)
        process.send_signal(number)
        process.wait()
        assert not support.left_of(out), moments
    grade_class(given, out)
    assert judged(out) == judged(whole), moments
    assert [(out / name).read_bytes() for name in SAME] == [(whole / name).read_bytes() for name in SAME], moments


def test_a_snakemake_that_dies_is_said_and_leaves_who_is_not_graded(tmp_path: Path) -> None:
    given, out = given_class(tmp_path / "given", {"Ana": RIGHT}), tmp_path / "class"
    dies = tmp_path / "bin" / "snakemake"
    dies.parent.mkdir()
    dies.write_text("#!/bin/sh\necho out of memory\nkill -9 $$\n")
    dies.chmod(0o755)
    environment = {**os.environ, "PATH": f"{dies.parent}:{os.environ['PATH']}"}
    result = subprocess.run(command(given, out), capture_output=True, text=True, cwd=ROOT, env=environment)
    assert "Snakemake ended early" in result.stderr and "out of memory" in (out / "snakemake.txt").read_text()
    assert "0 graded, 0 could not be graded" in result.stdout
    (row,) = csv.DictReader(io.StringIO((out / "exercises.csv").read_text(encoding="utf-8")))
    assert row["mark"] == "" and "has not been graded yet" in row["reason"]


def test_a_fault_of_the_machine_is_a_row_and_is_tried_again(tmp_path: Path) -> None:
    given, out = given_class(tmp_path / "given", {"Ana": RIGHT, "Bob": RIGHT}), tmp_path / "class"
    in_the_way = out / "reports" / "s001" / "objects"
    in_the_way.parent.mkdir(parents=True)
    in_the_way.write_text("a file in the place of a folder")
    said = grade_class(given, out)
    assert "1 graded, 1 could not be graded" in said
    assert "objects is in the way" in why_failed(out / "reports/s001")
    in_the_way.unlink()
    assert "1 to be graded" in (said := grade_class(given, out)) and "2 graded, 0 could not be graded" in said


def test_two_runs_in_one_folder_are_kept_apart(tmp_path: Path) -> None:
    out = tmp_path / "class"
    out.mkdir()
    with (out / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        given = given_class(tmp_path / "given", {"Ana": RIGHT})
        result = subprocess.run(command(given, out), capture_output=True, text=True, cwd=ROOT)
    assert result.returncode == 2 and "another grade is at work" in result.stderr
    assert sorted(os.listdir(out)) == ["lock"]


@pytest.mark.parametrize(
    "missing, says", [("SUBMISSIONS", "make class SUBMISSIONS=folder"), ("snakemake", "make setup class")]
)
def test_what_is_missing_is_an_error_with_the_next_action(missing: str, says: str, tmp_path: Path) -> None:
    given = "" if missing == "SUBMISSIONS" else given_class(tmp_path / "given", {"Ana": RIGHT})
    words = [sys.executable, "-m", "grader.classroom.grade", str(given), "--build", str(BUILD), "--out", str(tmp_path)]
    environment = {**os.environ, "PATH": str(tmp_path)}
    result = subprocess.run(words, capture_output=True, text=True, cwd=ROOT, env=environment)
    assert result.returncode == 2 and says in " ".join(result.stderr.split()) and "Traceback" not in result.stderr
