"""The report in the terminal: one screen, the next action last, and a part of the marks that says so.

Grades small submissions; needs the built grader, in the folder that LAB_BUILD names."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Group

from grader.common import language
from grader.common.build_facts import ROOT
from grader.common.rubric import Gate, rubric
from grader.report import next_thing, terminal
from grader.report.debrief import DEBRIEFS
from grader.report.item import Item
from grader.report.report_json import Report
from grader.tests.support import corpus_support as support
from grader.tests.support.screen_support import lines_of


def shown(submission: Path, out: Path, *more: str, **environment: str) -> list[str]:
    """`out` is named as short as a student's is."""
    command = [sys.executable, "-m", "grader.grade", str(submission), "--build", str(support.build_folder())]
    done = subprocess.run(
        [*command, "--out", out.name, *more],
        cwd=out.parent,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "80", **environment},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert max(len(re.sub(r"\x1b\[[\d;]*m", "", line)) for line in lines) <= 80 and len(lines) <= 23, done.stdout
    return [line.rstrip() for line in lines]


@pytest.fixture
def stubs(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "exercises", tmp_path / "stubs"))


@pytest.mark.skipif(not support.SOLUTIONS.is_dir(), reason="the exercises of a student's copy may be done")
def test_untouched_exercises_say_where_to_start(tmp_path: Path) -> None:
    lines = shown(ROOT / "exercises", tmp_path)
    first = next(iter(rubric().exercises.values()))
    assert "Tasks done: 0 of 17 [.................]" in lines[10]
    start = "\n".join(lines[-5:])
    assert start.startswith("Nothing is written yet") and f"exercises/{first.file}" in start
    assert f"make grade ONLY={first.name} " in start and f"steps 1 and {first.step} of handout.md" in start


def test_a_part_of_the_marks_says_so(tmp_path: Path, stubs: Path) -> None:
    text = "\n".join(shown(stubs, tmp_path / "out", "--only", "softmax_batch,center_rows"))
    assert "total of this part" in text and "5 of the 20 marks" in text and "Tasks done: 0 of 11" in text


@pytest.mark.skipif(not support.SOLUTIONS.is_dir(), reason="a student's copy has no solutions/")
def test_all_marks_are_not_called_less(tmp_path: Path) -> None:
    lines = shown(support.SOLUTIONS, tmp_path)
    text = "\n".join(lines)
    assert "part" not in text and "Tasks done: 18 of 18 [##################]" in text
    assert sum("x the loops, " in line and "of the BLAS floor" in line for line in lines) == 2
    assert sum("fast epoch: " in line for line in lines) == 1  # of the bonus, which takes the lines of what is needed
    assert lines[-1] == "Everything is allowed, right and fast."


def measured(ratio: float, share: float, gate: Gate) -> Item:
    peak = {"operations": 1e8, "submission_seconds": 0.002, "arithmetic_seconds": 0.001}
    speed = {"ratio": ratio, "efficiency": share, "needed": gate.needed(ratio / share), **vars(gate), **peak}
    return Item("train_sgd_vec", "training epoch", "speed", "pass", 2.0, 2.0, speed=speed)


def test_a_speedup_below_the_gate_says_why_it_passes() -> None:
    gate = Gate(required_speedup=5.0, required_efficiency=0.5, sufficient_efficiency=0.75)
    figures, why = (lines_of(line) for line in terminal.speed_of(measured(4.8, 0.8, gate)))
    assert figures == ["training epoch: 4.8x the loops, 0.80 of the BLAS floor"]
    needed = "needed on this machine: 0.75 of the BLAS floor"
    assert " ".join(why) == f"{needed}, because BLAS itself is only 6.0 times the loops here" and len(why) == 2
    _, why = (lines_of(line) for line in terminal.speed_of(measured(8.0, 0.8, gate)))
    assert why == ["needed on this machine: 0.50 of the BLAS floor, which is 5.0 times the loops"]


def test_one_line_has_the_gflops_of_all_that_was_timed() -> None:
    item = measured(4.8, 0.8, Gate(required_speedup=5.0, required_efficiency=0.5, sufficient_efficiency=0.75))
    fast = Item("train_sgd_fast", "fast epoch", "speed", "pass", 0.0, 0.0, fast={**(item.speed or {}), "time": 0.7})
    (line,) = (lines_of(text) for text in terminal.arithmetic_of([item, item, fast]))
    assert line == ["GFLOP/s (share of this machine's peak): 50 (0.50), 50 (0.50), 50 (0.50)"]
    assert (
        item.speed
        and list(terminal.arithmetic_of([replace(item, speed={**item.speed, "arithmetic_seconds": 0})])) == []
    )


def test_the_longest_grade_fits_a_screen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where both speeds say in two lines why they are enough."""
    items = [Item(name, "a", "parity", "pass", 1.0, 1.0) for name in rubric().exercises]
    items += [measured(4.8, 0.8, Gate(required_speedup=5.0, required_efficiency=0.5, sufficient_efficiency=0.75))] * 2
    monkeypatch.chdir(tmp_path)
    out = Path("build/grade")
    out.mkdir(parents=True)
    (out / "report.html").touch()
    terminal.show(Report("answers", 20.0, 20.0, 2**64 - 1, 0.9, {}, ["process", "limits"], items), out)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) <= 23 and max(map(len, lines)) <= 80, "\n".join(lines)


def test_a_compiler_error_is_one_screen_with_the_next_action_last(tmp_path: Path, stubs: Path) -> None:
    code = '#include "softmax_reg_vec.hpp"\narma::mat softmax_batch(const arma::mat& A) {\n    return  A.T;\n}\n'
    (stubs / "softmax_batch.cpp").write_text(code)
    lines = shown(stubs, tmp_path / "out")
    text = " ".join(" ".join(lines).split())
    assert "First thing to fix: softmax_batch, compiles" in text
    mark = lines.index("  3 | return  A.T;") + 1
    assert lines[mark].index("^") == lines[mark - 1].index("T;")
    assert "softmax_batch.cpp:3: ‘const arma::mat’ has no member named ‘T’" in text
    assert lines[-1].startswith("  Hint: the transposed matrix is A.t()")
    items = json.loads((tmp_path / "out" / "report.json").read_text())["items"]
    assert [item["status"] for item in items if item["name"] == "compiles" and item["exercise"] == "softmax_batch"] == [
        "fail"
    ]


@pytest.mark.parametrize(
    "code", ["    arma::mat E = arma::exp(logits);\n", "    if (logits.is_empty()) return logits;\n"]
)
def test_a_function_without_return_is_told_so(code: str, tmp_path: Path, stubs: Path) -> None:
    head = '#include "softmax_reg_vec.hpp"\narma::mat softmax_batch(const arma::mat& logits) {\n'
    (stubs / "softmax_batch.cpp").write_text(head + code + "}\n")
    text = " ".join(shown(stubs, tmp_path / "out", "--only", "softmax_batch"))
    assert "Hint: the function can come to its last line, 4, without a return" in text


def test_a_note_is_kept_with_the_grade(tmp_path: Path, stubs: Path) -> None:
    shown(stubs, tmp_path / "out", "--only", "answers", "--note=--what now?")
    (line,) = (tmp_path / "out" / "journal.jsonl").read_text().splitlines()
    assert json.loads(line)["note"] == "--what now?"
    assert "--what now?" in (tmp_path / "out" / "report.html").read_text()


def test_colour_is_left_out_where_it_is_not_wanted(tmp_path: Path, stubs: Path) -> None:
    plain = shown(stubs, tmp_path / "out", "--only", "answers", NO_COLOR="1", FORCE_COLOR="1")
    coloured = shown(stubs, tmp_path / "out", "--only", "answers", FORCE_COLOR="1")
    assert not any("\x1b[3" in line for line in plain) and any("\x1b[3" in line for line in coloured)


def test_the_list_of_commands_fits_the_screen() -> None:
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True).stdout.splitlines()
    assert any("make grade" in line for line in shown) and max(map(len, shown)) <= 80


def test_what_was_learned_is_told_once_and_where_there_is_room(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def told(*names: str, status: str = "pass", submission: Path = next_thing.EXERCISES, lines: int = 0) -> str:
        items = [Item(name, "a", "parity", status, 1.0, 1.0) for name in names]
        items += [
            measured(4.8, 0.8, Gate(required_speedup=5.0, required_efficiency=0.5, sufficient_efficiency=0.75))
        ] * lines
        terminal.show(Report(str(submission), 1.0, 1.0, 1, 0.9, {}, ["process"], items), tmp_path)
        said = capsys.readouterr().out
        assert len(said.splitlines()) <= 23, said
        return " ".join(said.split())

    question = "To think about: "
    assert question not in told("softmax_batch", status="fail")
    assert question not in told("softmax_batch", submission=tmp_path)
    assert question not in told("softmax_batch", lines=3), "no room: it waits"
    first = told("softmax_batch", "grad_batch")
    assert first.count(question) == 1 and "softmax_batch is done. A shift keeps exp in range" in first
    assert "grad_batch is done." in told("softmax_batch", "grad_batch")
    assert question not in told("softmax_batch", "grad_batch")
    (tmp_path / "debriefs.json").write_text('{"not": "a list"}')
    assert question in told("softmax_batch")


@pytest.mark.parametrize("tongue", language.LANGUAGES)
def test_every_exercise_has_two_sentences_and_a_question(tongue: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TP_LANG", tongue)
    language.start(support.build_folder())
    assert DEBRIEFS.keys() == rubric().required.keys()
    for name in DEBRIEFS:
        said = DEBRIEFS[name].in_words
        assert len(re.findall(r"\.(?= [A-ZÀÉ.]|$)", said.learned)) == 2, said.learned
        assert "?" in said.question and len(lines_of(Group(said.learned, said.question))) <= 7
    monkeypatch.delenv("TP_LANG")
    language.start(support.build_folder())
