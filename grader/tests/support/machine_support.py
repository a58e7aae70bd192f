"""Grades the answers as on an odd machine, in a process of its own. Shared by the tests of grader/tests/machine/."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from grader.common.build_facts import ROOT
from grader.tests.support.corpus_support import SOLUTIONS, build_folder

ONLY = "softmax_batch"


def others_may_enter(folder: Path = ROOT) -> bool:
    """Whether a user who does not own it comes as far as this folder: root's own home, say, lets nobody in."""
    return all(place.stat().st_mode & 0o001 for place in (folder, *folder.parents))


def grade(
    out: Path, *options: str, launcher: Sequence[str] = (), python: str = sys.executable, **more: Any
) -> subprocess.CompletedProcess[str]:
    """`launcher` goes before the command; `options` may override what is said here."""
    command = [*launcher, python, "-m", "grader.grade", str(SOLUTIONS), "--build", str(build_folder())]
    command += ["--out", str(out), "--only", ONLY, *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, **more)


def score(out: Path) -> tuple[float, float]:
    report = json.loads((out / "report.json").read_text())
    return report["score"], report["max_score"]


def earns_all(done: subprocess.CompletedProcess[str], out: Path) -> None:
    assert done.returncode == 0 and "Traceback" not in done.stderr, done.stdout + done.stderr
    report = json.loads((out / "report.json").read_text())
    assert report["score"] == report["max_score"] > 0, done.stdout + done.stderr
    assert {item["status"] for item in report["items"]} <= {"pass", "skip"}, done.stdout + done.stderr


def mounting(*mounts: str) -> list[str]:
    """A launcher that mounts something first, for its program alone: `mount` with each of these lists of options."""
    if os.geteuid() != 0 or subprocess.run(["unshare", "-m", "true"], capture_output=True).returncode != 0:
        pytest.skip("only root can mount")
    script = "".join(f"mount {options} && " for options in mounts)
    return ["unshare", "-m", "sh", "-c", f'{script}exec "$@"', "sh"]
