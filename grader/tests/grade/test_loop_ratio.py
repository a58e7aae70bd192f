"""grader/grade/loop_ratio.py: what is measured once for a machine is kept, and measured anew when the machine changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from grader.common.build_facts import read_build
from grader.common.rubric import rubric
from grader.common.tool import UserError
from grader.grade import loop_ratio
from grader.grade.judging import Findings, Judge
from grader.machine.blas import Blas, choose
from grader.tests.support.arena import honest_objects
from grader.tests.support.corpus_support import SOLUTIONS, build_folder

RATIOS = {"training epoch": [6.0, 6.1], "evaluation": [5.9]}


@pytest.fixture
def judge(tmp_path: Path) -> Judge:
    program = tmp_path / "judge"
    program.write_text("a program")
    real = read_build(build_folder())
    lab = replace(
        real, folder=tmp_path, judge=str(program), worker=str(program), worker_objects=str(tmp_path / "objects")
    )
    return Judge(lab, tmp_path, 7, Blas("OpenBLAS", "file", "Zen", "library", 1e-4), launcher=["bwrap"])


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[Judge]:
    """The judges that were asked to measure."""
    asked: list[Judge] = []

    def run(judge: Judge, exercises: list[str], stage: str) -> Findings:
        assert (exercises, stage) == (["loops"], "speed")
        asked.append(judge)
        return Findings(loop_ratios=RATIOS)

    monkeypatch.setattr(Judge, "run", run)
    return asked


def test_measures_once(judge: Judge, runs: list[Judge]) -> None:
    assert loop_ratio.ratios(judge) == RATIOS
    assert loop_ratio.ratios(replace(judge, seed=8)) == RATIOS
    assert len(runs) == 1


def test_no_sandbox_around_the_graders_own_code(judge: Judge, runs: list[Judge]) -> None:
    loop_ratio.ratios(judge)
    assert runs[0].launcher == []


def test_measures_again_with_other_kernels_or_another_build(judge: Judge, runs: list[Judge]) -> None:
    loop_ratio.ratios(judge)
    loop_ratio.ratios(replace(judge, blas=replace(judge.blas, core="Haswell")))
    Path(judge.lab.judge).write_text("another program")
    loop_ratio.ratios(judge)
    assert len(runs) == 3


def test_each_processor_has_ratios_of_its_own(judge: Judge, runs: list[Judge], monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where several machines share the build folder."""
    for name in ("Xeon", "EPYC", "Xeon"):
        monkeypatch.setattr(loop_ratio, "processor", lambda name=name: (name, set()))
        loop_ratio.ratios(judge)
    assert len(runs) == 3


def test_a_failure_is_said_and_not_kept(judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Judge, "run", lambda *_: Findings([{"name": "evaluation", "status": "error"}]))
    with pytest.raises(UserError, match="make doctor"):
        loop_ratio.ratios(judge)
    assert not (judge.lab.folder / "loop_ratio.json").exists()


class Measured:
    """Judges whose runs give what they are told to: these figures of the loop version, one after the other."""

    def __init__(self, judge: Judge, monkeypatch: pytest.MonkeyPatch, *measured: dict[str, list[float]]) -> None:
        self.judge = judge
        self.measured = list(measured)
        self.graded_by: list[dict[str, list[float]]] = []
        monkeypatch.setattr(Judge, "run", lambda *of_a_judge: self.run(*of_a_judge))

    def run(self, judge: Judge, exercises: list[str], stage: str) -> Findings:
        if exercises == ["loops"]:
            return Findings(loop_ratios=self.measured.pop(0))
        self.graded_by.append(judge.loop_ratios)
        is_faster = judge.loop_ratios["training epoch"][0] > 18
        return Findings([{"name": "training epoch"}], loop_is_faster_by=[1.125] if is_faster else [])

    def __call__(self) -> list[dict]:
        return loop_ratio.measure_speed(self.judge, ["train_sgd_vec"])


def test_what_was_measured_on_a_busy_core_is_measured_again(judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    """The figure that was too high is corrected, that one alone, and the grade is made anew by it."""
    high = {"training epoch": [24.0, 23.0], "evaluation": [8.1]}
    measured = Measured(judge, monkeypatch, high, {"training epoch": [17.6], "evaluation": [7.7]})
    assert measured() == [{"name": "training epoch"}]
    corrected = {"training epoch": [17.6], "evaluation": [8.1]}
    assert measured.graded_by == [high, corrected]
    assert loop_ratio.ratios(judge) == corrected
    measured()
    assert len(measured.graded_by) == 3


def test_a_slow_floor_does_not_lower_what_is_known(judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside two memory hogs 17.3 was measured in place of 18.6, and all grades after it were 7 % low."""
    known = {"training epoch": [18.6, 18.5], "evaluation": [8.4]}
    measured = Measured(judge, monkeypatch, known, {"training epoch": [17.3], "evaluation": [8.1]})
    assert measured() == [{"name": "training epoch"}]
    assert measured.graded_by == [known] and not measured.measured
    assert loop_ratio.ratios(judge) == known


def test_the_programs_measure_it(tmp_path: Path) -> None:
    """With the real judge: every item of speed has its ratios, and the loops are slower than the products."""
    lab = read_build(build_folder())
    ratios = loop_ratio.measure(Judge(lab, tmp_path, 7, choose(lab), launcher=[]))
    assert set(ratios) == set(rubric().gates)
    assert all(ratio > 1 for some in ratios.values() for ratio in some)


@pytest.mark.skipif(not SOLUTIONS.is_dir(), reason="a student's copy has no solutions/")
def test_a_core_that_is_never_quiet_is_said(tmp_path: Path) -> None:
    """The loop version keeps half of the ratio that is known, as if that had been measured on a busy core."""
    lab = read_build(build_folder())
    judge = Judge(lab, tmp_path, 7, choose(lab), launcher=[], objects=honest_objects(tmp_path / "honest"))
    known = loop_ratio.ratios(judge)
    doubled = {name: [2 * ratio for ratio in ratios] for name, ratios in known.items()}
    found = replace(judge, loop_ratios=doubled).run(["evaluate"], "speed")
    item = found.items[0]
    assert item["status"] == "pass"
    assert found.loop_is_faster_by and found.loop_is_faster_by[0] > 1
    assert "on the same core" in str(item["message"]) and item["speed"]["rough"]
    assert len(item["speed"]["floor_samples"]) >= 11
