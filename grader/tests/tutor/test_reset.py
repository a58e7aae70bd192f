"""`make reset`: the stub comes back, and what was there stays beside it, whatever is in the way."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from argparse import Namespace
from pathlib import Path

import pytest

from grader.common.build_facts import ROOT
from grader.common.rubric import rubric
from grader.common.tool import UserError
from grader.tutor import reset

FILES = [exercise.file for exercise in rubric().exercises.values()]
EXERCISES = ROOT / "exercises"


def resetting(folder: Path, only: str) -> None:
    reset.main(Namespace(folder=folder, only=only))


@pytest.fixture
def exercises(tmp_path: Path) -> Path:
    folder = tmp_path / "exercises"
    folder.mkdir()
    for file in FILES:
        (folder / file).write_bytes(b"mine, \xe9\n")
    return folder


@pytest.mark.skipif(not (ROOT / "solutions").is_dir(), reason="the exercises of a student's copy may be done")
def test_all_stubs_come_back_and_nothing_is_lost(exercises: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (exercises / "evaluate.cpp.1").write_text("older")
    (exercises / "grad_batch.cpp").unlink()
    resetting(exercises, ",".join(FILES))
    assert " ".join(capsys.readouterr().out.split()).count("is the stub again.") == len(FILES)
    assert all((exercises / file).read_bytes() == (EXERCISES / file).read_bytes() for file in FILES)
    assert (exercises / "evaluate.cpp.1").read_text() == "older"
    assert (exercises / "evaluate.cpp.2").read_bytes() == b"mine, \xe9\n"
    assert not (exercises / "grad_batch.cpp.1").exists()
    resetting(exercises, "evaluate")
    assert "nothing was changed" in " ".join(capsys.readouterr().out.split())
    assert not (exercises / "evaluate.cpp.3").exists()


def test_a_copy_without_solutions_has_its_stubs(
    exercises: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reset, "ROOT", tmp_path)
    with pytest.raises(UserError, match="take it from the copy that you were given"):
        resetting(exercises, "softmax_batch,evaluate")
    assert (exercises / "evaluate.cpp").read_bytes() == b"mine, \xe9\n"
    monkeypatch.setattr(reset, "STUBS", Path(shutil.copytree(EXERCISES, tmp_path / "stubs")))
    resetting(exercises, "exercises/softmax_batch.cpp")
    assert (exercises / "softmax_batch.cpp").read_bytes() == (EXERCISES / "softmax_batch.cpp").read_bytes()
    assert (exercises / "softmax_batch.cpp.1").read_bytes() == b"mine, \xe9\n"


@pytest.mark.parametrize(
    ("only", "words"),
    [
        ("", "which exercise?.*softmax_batch.*There are: "),
        ("softmax", "ONLY=softmax: there is no such exercise"),
        ("one_hot", "one of 10 functions in vec_exos.cpp.*ONLY=vec_exos"),
        ("evaluate", "is a folder"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_touched(only: str, words: str, exercises: Path) -> None:
    (exercises / "evaluate.cpp").unlink()
    (exercises / "evaluate.cpp").mkdir()
    with pytest.raises(UserError, match=words):
        resetting(exercises, only)
    assert sorted(os.listdir(exercises)) == sorted(FILES)


def test_it_says_so_without_a_traceback() -> None:
    command = [sys.executable, "-m", "grader.tutor.reset", "exercises", "--only", "softmax"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 2 and done.stderr.startswith("reset: ONLY=softmax") and "Traceback" not in done.stderr
