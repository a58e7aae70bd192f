"""Grades a submission inside Gradescope's container and writes results.json after each group of exercises.

Called by run_autograder, as root; each grade runs as the user that setup.sh made, which cannot write the results. A grade that
hangs or is ended costs its own group, and what came before stays."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from grader.classroom.marks.gradescope import write_results
from grader.common.build_facts import ROOT
from grader.common.language import readable
from grader.common.rubric import rubric
from grader.common.tool import run_tool

MOST = 2000  # characters of what a grade without a report has printed
SECONDS = 240  # of a group; Gradescope ends the whole run after 600 s unless the assignment says otherwise


def groups() -> list[list[str]]:
    """Exercises that are graded together, because the speed of one takes the others; the rest alone."""
    exercises = rubric().exercises
    together = {name: exercise.needs for exercise in exercises.values() for name in exercise.needs if exercise.speed}
    found = [sorted(together.get(name, (name,)), key=list(exercises).index) for name in exercises]
    return [list(group) for group in dict.fromkeys(map(tuple, found))]


def files_in(submission: Path) -> Path:
    """Where the exercises are: a student may have packed the folder, or one around it."""
    named = {exercise.file for exercise in rubric().exercises.values()}
    places = [submission, *sorted(path for path in submission.rglob("*") if path.is_dir() and not path.is_symlink())]
    return max(places, key=lambda place: sum((place / name).is_file() for name in named))


def _as_user(user: str, command: list[str]) -> list[str]:
    return ["runuser", "-u", user, "--", *command] if os.geteuid() == 0 else command


def _can_shut_in(user: str) -> bool:
    """User namespaces, which a container may lack; then seccomp, limits and the process of its own are what holds."""
    test = _as_user(user, ["bwrap", "--unshare-all", "--ro-bind", "/", "/", "true"])
    return bool(shutil.which("bwrap")) and subprocess.run(test, capture_output=True).returncode == 0


def _grade(arguments: argparse.Namespace, submission: Path, out: Path, more: list[str]) -> None:
    command = [sys.executable, "-m", "grader.grade", str(submission), "--build", str(arguments.build)]
    command = ["timeout", "--kill-after=10", str(SECONDS), *command, "--out", str(out), *more]
    file = out.with_suffix(".log")
    with open(file, "wb") as log:  # what is printed may be a submission's, and students do not get to see it
        run = _as_user(arguments.user, command)
        subprocess.run(run, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False)
    if not (out / "report.json").is_file():  # Gradescope shows stdout to instructors alone
        print(readable(file.read_text(encoding="utf-8", errors="replace")[-MOST:]))


def _copy(arguments: argparse.Namespace, work: Path) -> Path:
    """Of the submission, which the user who grades can read."""
    copy = work / "submission"
    shutil.copytree(files_in(arguments.submission), copy, symlinks=True)
    if os.geteuid() == 0:
        subprocess.run(["chmod", "-R", "a+rX", str(copy)], check=False)
        shutil.chown(work, arguments.user)
    return copy


def main(arguments: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory(prefix="grade-") as name:
        work = Path(name)
        copy = _copy(arguments, work)
        shut_in = ["--sandbox"] if _can_shut_in(arguments.user) else []
        outs = [work / str(number) for number, _names in enumerate(groups())]
        reports = [out / "report.json" for out in outs]
        write_results(reports, arguments.results)
        for out, names in zip(outs, groups()):
            _grade(arguments, copy, out, ["--only", ",".join(names), *shut_in])
            write_results(reports, arguments.results)


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="run_autograder", description=__doc__)
    parser.add_argument("--build", type=Path, required=True, help="the build folder of CMake")
    parser.add_argument("--submission", type=Path, required=True, help="what the student handed in")
    parser.add_argument("--results", type=Path, required=True, help="results.json")
    parser.add_argument("--user", default="grader", help="who grades, where root has called")
    return parser


if __name__ == "__main__":
    sys.exit(run_tool("run_autograder", parser(), main))
