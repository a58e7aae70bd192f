"""grader/maintenance/reliability: a run of hours loses nothing when it is interrupted, and mixes nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from grader.common.build_facts import ROOT, read_build
from grader.grade import judging, loop_ratio
from grader.grade.judging import Judge
from grader.machine.blas import choose
from grader.maintenance.reliability.__main__ import measured
from grader.maintenance.reliability.record import Grade, Record
from grader.maintenance.reliability.table import HEAD, row
from grader.common.files import alone_in
from grader.tests.support.corpus_support import build_folder

FIRST = Grade("idle", "solutions, evaluation", "pass", 12.5, 1.25)
SECOND = Grade("idle", "image by image, training epoch", "error", float("nan"), 2.0)


def test_goes_on_where_it_stopped(tmp_path: Path) -> None:
    record = Record(tmp_path, [b"judge"])
    record.add(FIRST)
    record.add(SECOND)
    again = Record(tmp_path, [b"judge"])
    assert again.of("idle", FIRST.submission) == [FIRST]
    assert [grade.status for grade in again.of("idle", SECOND.submission)] == ["error"]
    assert again.of("two CPU hogs", FIRST.submission) == []


def test_half_a_line_is_not_a_grade(tmp_path: Path) -> None:
    record = Record(tmp_path, [b"judge"])
    record.add(FIRST)
    record.file.write_text(record.file.read_text() + '{"condition": "id')
    Record(tmp_path, [b"judge"]).add(FIRST)
    assert Record(tmp_path, [b"judge"]).grades == [FIRST, FIRST]


def test_another_grader_starts_another_record(tmp_path: Path) -> None:
    Record(tmp_path, [b"judge"]).add(FIRST)
    assert Record(tmp_path, [b"another judge"]).grades == []


def test_whatever_decides_a_speed_starts_another_record(tmp_path: Path) -> None:
    lab = read_build(build_folder())
    parts = measured(Judge(lab, tmp_path, 0, choose(lab), launcher=[]))
    deciding = [Path(module.__file__) for module in (judging, loop_ratio)]
    deciding += [Path(lab.judge), *lab.worker_files]
    assert [file.name for file in deciding if file.read_bytes() not in parts] == []


def test_calibrates_once(tmp_path: Path) -> None:
    steps = [["required_speedup", 0.8, 1000]]
    assert Record(tmp_path, [b"judge"]).remember("evaluate", lambda: steps) == steps
    assert Record(tmp_path, [b"judge"]).remember("evaluate", lambda: []) == steps
    assert Record(tmp_path, [b"judge"]).remember("train_sgd_vec", lambda: []) == []
    assert Record(tmp_path, [b"another judge"]).remember("evaluate", lambda: []) == []


def test_a_row_counts_what_went_wrong_and_leaves_no_rough_figure_out() -> None:
    """The spread is given with the figures that the report calls rough, and without."""
    ratios = {2.2: False, 2.0: True, 2.4: False, float("nan"): False}
    grades = [Grade("idle", "slow", "fail", ratio, 1.5, rough=rough) for ratio, rough in ratios.items()]
    grades.append(Grade("idle", "slow", "pass", 2.3, 9.0))
    cells = row("idle", "slow", "pass", grades).split(" | ")
    assert cells == ["| idle", "slow", "5", "1", "0", "0", "1", "2.25", "1.20", "1.09", "1.5 |"]
    assert len(HEAD.splitlines()[0].split(" | ")) == len(cells)


def test_one_run_at_a_time_in_a_build_folder() -> None:
    build = build_folder()
    command = [sys.executable, "-m", "grader.maintenance.reliability", "--build", str(build), "--grades", "0"]
    with alone_in(build / "reliability"):
        second = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert second.returncode == 2
    assert "another grade is at work" in second.stderr
