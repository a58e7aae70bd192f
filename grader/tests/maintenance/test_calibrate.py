"""make calibrate: measures this machine, proposes gates as a diff that git applies, and nothing where the gates fit.

Run by pytest (`make test`); needs the built grader, in the folder that LAB_BUILD names."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from grader.common import rubric_check
from grader.common.build_facts import ROOT, read_build
from grader.common.rubric import Gate, rubric
from grader.machine.blas import choose, processor
from grader.maintenance.calibrate import MARGIN, Speeds, changed, diff, proposal
from grader.tests.support.corpus_support import build_folder

GATE = Gate(required_speedup=5.0, required_efficiency=0.35, sufficient_efficiency=0.65)
RUBRIC = rubric_check.FILE.read_text(encoding="utf-8")


def speeds(loop: float, answer: float) -> Speeds:
    return Speeds([loop], [answer])


@pytest.mark.parametrize("loop, answer", [(18.0, 0.83), (7.5, 0.85), (10.0, 0.63), (25.0, 0.45)])
def test_a_gate_stays_where_it_fits(loop: float, answer: float) -> None:
    assert proposal(GATE, speeds(loop, answer)) == GATE


# Where the answers are too slow for it: a BLAS that is fast beside them, or one that is hardly faster than the loops.
# Where the loops would pass: a BLAS that is hardly faster, with answers that reach its speed.
@pytest.mark.parametrize("loop, answer, bound", [(18.0, 0.4, 0.32), (8.0, 0.7, 0.56), (1.9, 0.9, 0.66)])
def test_another_gate_lets_the_answers_pass_and_no_loop(loop: float, answer: float, bound: float) -> None:
    gate = proposal(GATE, speeds(loop, answer))
    assert gate is not None and gate.needed(loop) == pytest.approx(bound)
    assert MARGIN / loop - 1e-6 <= gate.needed(loop) <= answer / MARGIN + 1e-6
    assert gate.required_efficiency <= gate.sufficient_efficiency
    assert gate.required_speedup == GATE.required_speedup  # which is what the handout promises


def test_no_gate_where_the_loops_are_as_fast() -> None:
    assert proposal(GATE, speeds(1.5, 0.9)) is None


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_diff_changes_these_numbers_and_no_other_byte(tmp_path: Path, end: str) -> None:
    file = tmp_path / "grader/rubric.toml"
    file.parent.mkdir()
    text = RUBRIC.replace("\n", end)
    file.write_bytes(text.encode())
    evaluation = rubric().gates["evaluation"]
    gates = {
        "training epoch": replace(GATE, required_efficiency=0.3, sufficient_efficiency=0.56),
        "evaluation": replace(evaluation, sufficient_efficiency=0.7),
    }
    proposed = diff(text, changed(text, gates))
    apply = subprocess.run(["git", "apply"], cwd=tmp_path, input=proposed.encode(), capture_output=True)
    assert apply.returncode == 0, apply.stderr
    wanted = text.replace("0.35, sufficient_efficiency = 0.65", "0.3, sufficient_efficiency = 0.56")
    wanted = wanted.replace("0.5, sufficient_efficiency = 0.65", "0.5, sufficient_efficiency = 0.7")
    assert file.read_bytes() == wanted.encode()
    assert {item: Gate(**gate) for item, gate in rubric_check.read(wanted.encode())["speed"]["gates"].items()} == gates


def test_gates_in_tables_of_their_own_are_changed_too() -> None:
    text = RUBRIC.replace('"training epoch" = {', "x = {").split("x = {")[0]
    text += '[speed.gates."training epoch"]\nrequired_speedup = 5.0\nrequired_efficiency = 0.35 # least\n'
    new = changed(text, {"training epoch": replace(GATE, required_efficiency=0.3)})
    assert new == text.replace("required_efficiency = 0.35 #", "required_efficiency = 0.3 #")


@pytest.mark.skipif(not (ROOT / "solutions").is_dir(), reason="a student's copy has no solutions/")
def test_measures_this_machine(tmp_path: Path) -> None:
    """In a copy whose epoch needs more than any answer has; the evaluation's gate fits, as it does on every machine."""
    tests = shutil.ignore_patterns("tests", "__pycache__")
    for folder in ("grader", "reference", "solutions"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=tests)
    shutil.copytree(
        build_folder(), tmp_path / "build", symlinks=True, ignore=shutil.ignore_patterns("calibrate", "grade")
    )
    file = tmp_path / "grader/rubric.toml"
    file.write_text(RUBRIC.replace("0.35, sufficient_efficiency = 0.65", "1.0, sufficient_efficiency = 1.0"))
    before = file.read_bytes()
    command = [sys.executable, "-m", "grader.maintenance.calibrate", "--build", "build", "--rounds", "1"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=900)
    said = " ".join(done.stderr.split())
    assert done.returncode == 0, said
    assert "training epoch: the loop version takes " in said and "evaluation: the loop version takes " in said
    assert said.count("The gate does not fit") == 1 and said.count("The gate fits: the answers are ") == 1
    *lines, row = done.stderr.splitlines()
    assert all(len(line) <= 80 for line in lines)
    (machine,) = csv.reader([row])
    assert machine[:2] == [processor()[0], choose(read_build(build_folder())).core] and len(machine) == 6, row
    assert file.read_bytes() == before
    apply = subprocess.run(["git", "apply"], cwd=tmp_path, input=done.stdout, capture_output=True, text=True)
    assert apply.returncode == 0, apply.stderr
    gate = Gate(**rubric_check.read(file.read_bytes())["speed"]["gates"]["training epoch"])
    assert gate.required_speedup == 5.0 and gate.required_efficiency == gate.sufficient_efficiency < 0.85
