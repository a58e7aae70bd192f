"""Shared by the tests that build a copy of the lab: the files that a student gets. Holds no test."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from grader.common.build_facts import ROOT

LEFT_OUT = ROOT / "grader" / "classroom" / "left_out.gitattributes"
NOT_NEEDED = ("grader/tests/", "data/sample/")  # by what these tests build


def copy_of_the_lab(folder: Path) -> Path:
    """As they are here, committed or not."""
    git = ["git", "-C", str(ROOT), "-c", f"core.attributesFile={LEFT_OUT}"]
    files = subprocess.run([*git, "ls-files", "-z"], capture_output=True).stdout
    if not files:
        pytest.skip("not a checkout of git")
    ask = [*git, "check-attr", "-z", "--stdin", "export-ignore"]
    facts = subprocess.run(ask, input=files, capture_output=True, check=True).stdout.decode().split("\0")
    for file, left_out in zip(facts[0::3], facts[2::3]):
        if left_out != "set" and not file.startswith(NOT_NEEDED):
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / file, folder / file)
    return folder
