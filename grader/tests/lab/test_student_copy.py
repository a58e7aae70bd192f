"""A student's copy has neither answers nor tests: it configures all the same, and a configuration that fails is no build."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from grader.tests.support.copy_support import copy_of_the_lab


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of_the_lab(tmp_path_factory.mktemp("student") / "lab")


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
