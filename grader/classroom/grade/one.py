"""Grades one submission of a class: python3 -m grader.classroom.grade.one KEY --build B --out CLASS. Snakemake calls it.

Ends with 0 whatever the submission does, and leaves reports/KEY/graded.json last. What cannot be graded has failed.json
with the reason in place of report.json."""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import json
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from grader.classroom.grade import state
from grader.classroom.intake.taking_in import submissions_of
from grader.common.build_facts import ROOT
from grader.common.files import own_folder, replace_whole
from grader.common.language import pack, tr
from grader.common.tool import run_tool

MOST_SECONDS = 1800  # for one submission; each stage has limits of its own that are far lower
PR_SET_PDEATHSIG = 1


def grades_of(out: Path) -> Path:
    return out / "reports"


def end_with_parent() -> None:
    """The kernel ends this process when its parent has ended, even by SIGKILL."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def seed_of(out: Path, key: str) -> int:
    """The same each time, so that a class that goes on after a crash has the marks of one that did not crash."""
    return int.from_bytes(hashlib.sha256(f"{(out / 'seed').read_text().strip()} {key}".encode()).digest()[:8], "big")


def fail(grade: Path, reason: str) -> None:
    for name in ("report.json", "report.html"):
        (grade / name).unlink(missing_ok=True)
    replace_whole(grade / "failed.json", json.dumps({"reason": pack(reason)}, ensure_ascii=False) + "\n")


def _run(command: list[str], log: Path) -> str:
    """Why it failed; empty where it did not."""
    with log.open("wb") as stream:
        process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=stream, stderr=stream, preexec_fn=end_with_parent
        )
        try:
            code = process.wait(MOST_SECONDS)
        except subprocess.TimeoutExpired:
            process.terminate()  # it ends the compilers with it
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()
            return tr("the grade took more than {most} s", most=MOST_SECONDS)
    if code == 0:
        return ""
    said = " ".join(log.read_text(errors="replace").split())[-500:]
    return said or tr("the grader ended with {code} and said nothing", code=code)


def grade_one(key: str, build: Path, out: Path) -> None:
    submission, grade = submissions_of(out) / key, own_folder(grades_of(out) / key)
    for name in ("report.json", "report.html", "failed.json"):
        (grade / name).unlink(missing_ok=True)
    of = state.state_of(submission)
    command = [sys.executable, "-m", "grader.grade", str(submission), "--build", str(build), "--out", str(grade)]
    start = time.monotonic()
    reason = _run([*command, "--sandbox", "--seed", str(seed_of(out, key))], grade / "grade.txt")
    score = most = None
    if not reason:
        try:
            report = json.loads((grade / "report.json").read_text(encoding="utf-8"))
            score, most = report["score"], report["max_score"]
        except (OSError, ValueError, KeyError) as error:
            reason = f"{type(error).__name__}: {error}"
    if reason:
        fail(grade, reason)
    outcome = state.Outcome(of, score, most, round(time.monotonic() - start, 1))
    state.save(outcome, state.file_of(grade))


def main(arguments: argparse.Namespace) -> int:
    grade_one(arguments.key, arguments.build.resolve(), arguments.out.resolve())
    return 0


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make class", description=__doc__.splitlines()[0])
    parser.add_argument("key")
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    return parser


if __name__ == "__main__":
    sys.exit(run_tool("class", parser(), main))
