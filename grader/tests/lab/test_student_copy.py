"""A student's copy has neither answers nor tests: it configures all the same, and a configuration that fails is no build."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from grader.common.build_facts import ROOT


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("student") / "lab"
    files = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True).stdout.split("\0")
    if not any(files):
        pytest.skip("not a checkout of git")
    for file in filter(None, files):
        if not file.startswith(("solutions/", "grader/tests/", "grader/maintenance/reliability/", "data/sample/")):
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / file, folder / file)
    return folder


def make(folder: Path, target: str) -> subprocess.CompletedProcess:
    return subprocess.run(["make", target], cwd=folder, capture_output=True, text=True, timeout=300)


def test_a_failed_configuration_is_tried_again(copy: Path) -> None:
    source = copy / "data" / "idx.cpp"
    text = source.read_text()
    source.unlink()
    failed = make(copy, "configured")
    assert failed.returncode != 0 and "make doctor" in failed.stdout
    source.write_text(text)
    assert make(copy, "configured").returncode == 0
    assert (copy / "build" / "lab.json").exists()
