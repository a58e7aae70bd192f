"""The front door starts little, and what users name is a name: no code, and never passed over when it is mistyped."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from grader.common.build_facts import ROOT
from grader.tests.support.corpus_support import build_folder


# --- what starts ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "tool, heavy", [("grader.tutor.hint", "clang jinja2 matplotlib numpy"), ("grader.grade", "clang matplotlib numpy")]
)
def test_a_tool_loads_only_what_it_needs(tool: str, heavy: str) -> None:
    command = [sys.executable, "-X", "importtime", "-m", tool, "--help"]
    loaded = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stderr
    assert "grader.common.rubric" in loaded
    assert [name for name in heavy.split() if re.search(rf"\| +{name}$", loaded, re.MULTILINE)] == []


def test_a_hint_asks_nobody_whether_there_is_anything_to_build(tmp_path: Path) -> None:
    told = subprocess.run(["make", "-n", "hint"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "grader.tutor.hint" in told and len(told.splitlines()) == 1


def test_nothing_to_build_is_nothing_to_say(tmp_path: Path) -> None:
    done = subprocess.run(["make", "programs", f"BUILD={build_folder()}"], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


# --- what users name --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["a`touch pwned`b", "a$(touch pwned)b", "a$$(shell touch pwned)b", 'a";touch pwned;"b', "a$HOME b'c"]
)
def test_a_name_is_no_code(name: str, tmp_path: Path) -> None:
    for variable in ("SUBMISSION", "OUT", "ONLY", "SEED"):
        command = ["make", "--no-print-directory", "grade", f"{variable}={name}", f"BUILD={build_folder()}"]
        command += [] if variable == "OUT" else [f"OUT={tmp_path}/out"]
        command += [] if variable == "SUBMISSION" else [f"SUBMISSION={tmp_path}/none"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 2 and "Traceback" not in done.stderr
        said = re.sub(r"\s", "", done.stderr)
        shown = name.split()[0] if variable == "ONLY" else name  # ONLY takes several names
        assert re.sub(r"\s", "", shown) in said or variable == "OUT", done.stderr
    assert not (ROOT / "pwned").exists()
    if Path(ROOT / name).is_dir():
        shutil.rmtree(ROOT / name)


def test_a_second_make_waits_for_the_first(tmp_path: Path) -> None:
    (tmp_path / "grader").mkdir()
    for name in ("alone", "say"):
        shutil.copy(ROOT / "grader" / name, tmp_path / "grader")
    (tmp_path / "Makefile").touch()
    command = ["sh", "grader/alone", "touch", "done"]
    with (tmp_path / "Makefile").open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        waiting = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True)
        assert waiting.stderr and "another make is at work in this folder" in waiting.stderr.readline()
        assert waiting.poll() is None and not (tmp_path / "done").exists()
    assert waiting.wait() == 0 and (tmp_path / "done").exists()
    alone = subprocess.run(["sh", "grader/alone", "sh", "-c", "exit 3"], cwd=tmp_path, capture_output=True)
    assert (alone.returncode, alone.stderr) == (3, b"")


def make(*words: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["make", *words], cwd=folder, capture_output=True, text=True)


@pytest.mark.parametrize("name", ["grad", "softmax_batch", "it's", "$(touch made)", "`touch made`"])
def test_a_mistyped_command_names_those_that_there_are(name: str) -> None:
    done = make(name.replace("$", "$$"))
    assert done.returncode == 2 and done.stdout.startswith("There is no such command: make "), done.stdout
    assert "  make grade  " in done.stdout and not (ROOT / "made").exists()


@pytest.mark.parametrize("words", [("train", "version=vec"), ("grade", "only=evaluate"), ("help", "build=/tmp/x")])
def test_a_name_in_small_letters_is_not_passed_over(words: tuple[str, str]) -> None:
    done = make(*words)
    assert done.returncode == 2 and "such a name is in capitals, as in ONLY=softmax_batch" in done.stderr
    assert not done.stdout


def test_a_note_may_hold_what_looks_like_a_name() -> None:
    assert make("help", "NOTE=only=3 version=2").returncode == 0


def test_only_those_who_have_the_answers_see_commands_for_instructors(tmp_path: Path) -> None:
    """Of contributors neither; each copy has all others."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "grader").mkdir()
    shutil.copy(ROOT / "grader" / "say", tmp_path / "grader")
    students = make("help", folder=tmp_path).stdout
    (tmp_path / "solutions").mkdir()
    every = make("help", folder=tmp_path).stdout
    assert "make release" in every and "make tidy" in every
    kept = [line for line in every.splitlines() if "instructors:" not in line and "contributors:" not in line]
    assert students.splitlines() == kept and "make grade" in students


def test_a_start_up_file_of_the_shell_says_nothing(tmp_path: Path) -> None:
    talkative = tmp_path / "talkative.sh"
    talkative.write_text("echo Welcome\n")
    environment = {**os.environ, "BASH_ENV": str(talkative), "VERSION": "2.1"}
    command = ["make", "hint", f"BUILD={tmp_path}", f"OUT={tmp_path}"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "") and "Welcome" not in done.stdout
    told = subprocess.run(["make", "-n", "train"], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert told.returncode == 0 and "curves-loop.csv" in told.stdout
