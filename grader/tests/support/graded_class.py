"""Shared by the tests that grade small classes for real: hands in, grades, reads what is left. Holds no test."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.classroom.grade import state
from grader.common.build_facts import ROOT
from grader.tests.support import corpus_support as support
from grader.tests.support.arena import no_sandbox

NEEDS = [
    pytest.mark.skipif(not support.SOLUTIONS.is_dir(), reason="a student's copy has no solutions/"),
    pytest.mark.skipif(bool(no_sandbox()), reason=no_sandbox() or "the sandbox works"),
    pytest.mark.skipif(not shutil.which("snakemake"), reason="no Snakemake: make setup class"),
]
BUILD = Path(os.environ.get("LAB_BUILD", ROOT / "build"))
SOFTMAX = "softmax_batch.cpp"
RIGHT = (ROOT / "solutions" / SOFTMAX).read_text()
# One file each, so that a grade takes seconds.
CLASS = {"Ana": RIGHT, "Bob": f"{RIGHT}this is no C++\n", "Cl\u00e9o": RIGHT, "Eve": ""}


def needs_all(test: Callable) -> Callable:
    """For one test of a file whose others need none of it."""
    for mark in NEEDS:
        test = mark(test)
    return test


def command(given: Path, out: Path, part: str = "") -> list[str]:
    module = [sys.executable, "-m", "grader.classroom.grade"]
    return [*module, str(given), "--build", str(BUILD), "--out", str(out), "--part", part]


def grade_class(given: Path, out: Path) -> str:
    result = subprocess.run(command(given, out), capture_output=True, text=True, cwd=ROOT, timeout=900)
    assert result.returncode == 0, result.stderr
    assert "Traceback" not in result.stdout + result.stderr
    shown = result.stdout.replace(str(out), "build/class")  # which is what it mostly is
    assert all(len(line) <= 80 for line in shown.splitlines()), shown
    return " ".join(result.stdout.split())


def given_class(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / name / SOFTMAX).write_text(text)
    return folder


def graded(out: Path, key: str) -> Path:
    return state.file_of(out / "reports" / key)


def marks(out: Path) -> dict[str, float]:
    return {file.parent.name: json.loads(file.read_text())["score"] for file in out.glob("reports/*/report.json")}
