"""Every name in the Python of the lab is defined or imported, and every import is used: what Python says only once a line
runs, such as one that reports a damaged file."""

from __future__ import annotations

import subprocess
import sys

import pytest

from grader.common.build_facts import ROOT


def test_no_name_is_unknown_and_no_import_unused() -> None:
    pytest.importorskip("pyflakes")
    folders = [str(ROOT / name) for name in ("grader", "reference", "data")]
    done = subprocess.run([sys.executable, "-m", "pyflakes", *folders], capture_output=True, text=True)
    assert done.stdout + done.stderr == ""
