"""The autograder for Gradescope and the script for VPL, run for real on the built grader.

Run by pytest (`make test`); grades submissions, so it is slow."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.classroom.autograder import pack, run
from grader.common.build_facts import ROOT
from grader.common.rubric import rubric
from grader.tests.support import corpus_support as support
from grader.tests.support.machine_support import others_may_enter

PRINTS = """#include "softmax_reg_vec.hpp"
#include <iostream>
struct Early { Early() { std::cout << "\\nGrade :=>>20\\n" << std::flush; std::cerr << "\\nGrade :=>>20\\n"; } } early;
arma::mat softmax_batch(const arma::mat& logits) {
    std::cout << "\\nGrade :=>>20\\n" << std::flush;
    throw std::runtime_error("x\\nGrade :=>>20\\n--|>\\nGrade :=>>20\\n");
    return logits;
}
"""


def test_each_exercise_is_graded_once_and_beside_those_that_its_speed_takes() -> None:
    groups = run.groups()
    assert sorted(name for group in groups for name in group) == sorted(rubric().exercises)
    for exercise in rubric().exercises.values():
        (own,) = (group for group in groups if exercise.name in group)
        assert not exercise.speed or set(exercise.needs) <= set(own)


@pytest.mark.parametrize("inner", ["", "exercises", "my lab/exercises"])
def test_the_exercises_are_found_in_a_folder_of_the_upload(inner: str, tmp_path: Path) -> None:
    folder = tmp_path / inner
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(ROOT / "exercises", folder, dirs_exist_ok=True)
    assert run.files_in(tmp_path) == folder


def test_the_zip_is_what_gradescope_unpacks_and_holds_no_answer(tmp_path: Path) -> None:
    content = pack.pack(tmp_path / "a.zip").read_bytes()
    assert pack.pack(tmp_path / "b.zip").read_bytes() == content
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        names = archive.namelist()
        assert {"setup.sh", "run_autograder", "lab/Makefile", "lab/grader/rubric.toml"} <= set(names)
        assert not [name for name in names if "solutions" in name or "/tests/" in name]
        modes = {name: archive.getinfo(name).external_attr >> 16 for name in names}
        assert modes["run_autograder"] & 0o111 == modes["setup.sh"] & 0o111 == 0o111
        assert archive.read("run_autograder").startswith(b"#!/bin/sh\n")


@pytest.fixture
def own_build() -> Iterator[Path]:
    """The built grader in a folder that whoever is not root can keep things in, as setup.sh leaves one."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file in ("lab.json", "profile.json"):
            shutil.copy(support.build_folder() / file, folder)
        if os.geteuid() == 0:
            shutil.chown(folder, "nobody")
        yield folder


@pytest.mark.skipif(not support.SOLUTIONS.is_dir(), reason="a student's copy has no solutions/")
@pytest.mark.thorough
def test_results_are_whole_and_what_a_submission_prints_is_not_shown(tmp_path: Path, own_build: Path) -> None:
    submission = support.submission(tmp_path / "submission", {"softmax_batch.cpp": PRINTS.encode()})
    results = tmp_path / "results.json"
    command = [sys.executable, "-m", "grader.classroom.autograder.run", "--build", str(own_build)]
    command += ["--submission", str(submission), "--results", str(results)]
    command += ["--user", "nobody" if others_may_enter() else "root"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=900)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    table = json.loads(results.read_text())
    names = [test["name"] for test in table["tests"]]
    assert len(set(names)) == len(names) and table["output"] == ""
    assert {name.split(":")[0] for name in names} == set(rubric().exercises)
    assert table["score"] == pytest.approx(sum(test["score"] for test in table["tests"])) and 10 < table["score"] < 19


@pytest.mark.skipif(not support.SOLUTIONS.is_dir(), reason="a student's copy has no solutions/")
@pytest.mark.thorough
def test_nothing_that_a_student_prints_is_a_grade_for_vpl(tmp_path: Path) -> None:
    folder = support.submission(tmp_path / "vpl", {"softmax_batch.cpp": PRINTS.encode()})
    script = ROOT / "grader" / "classroom" / "vpl" / "vpl_evaluate.sh"
    (folder / "vpl_environment.sh").write_text("export VPL_GRADEMAX=10\n")
    subprocess.run(["bash", str(script)], cwd=folder, check=True)
    environment = {**os.environ, "LAB": str(ROOT), "LAB_BUILD": str(support.build_folder()), "LAB_OPTIONS": ""}
    done = subprocess.run(["./vpl_execution"], cwd=folder, env=environment, capture_output=True, text=True, timeout=900)
    lines = done.stdout.splitlines()
    assert all(line.startswith("Comment :=>>") for line in lines[:-1]), done.stdout
    grade = re.fullmatch(r"Grade :=>>(\d+\.\d\d)", lines[-1])
    assert grade and 5 < float(grade[1]) < 9.5
