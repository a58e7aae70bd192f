"""Shared by the tests that build a copy of the lab: the files that a student gets. Holds no test."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from grader.common.build_facts import ROOT

NOT_THE_STUDENTS = ("solutions/", "grader/tests/", "grader/maintenance/reliability/", "data/sample/")


def copy_of_the_lab(folder: Path) -> Path:
    files = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True).stdout.split("\0")
    if not any(files):
        pytest.skip("not a checkout of git")
    for file in filter(None, files):
        if not file.startswith(NOT_THE_STUDENTS):
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / file, folder / file)
    return folder
