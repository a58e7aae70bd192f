"""What `make check` runs: one case of each kind and stage, the documents and the quick tests."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from grader.common.build_facts import ROOT
from grader.tests.grade.test_corpus import IN_TURN, SHAPES, TIMED, kind

pytestmark = pytest.mark.skipif(not (ROOT / "solutions").is_dir(), reason="a student's copy has no solutions/")
STAGES = {"build", "legality", "parity", "answer"}  # that of speed has a test of its own


def collected(*options: str) -> set[str]:
    command = [sys.executable, "-m", "pytest", "-q", "--collect-only", *options, "grader/tests"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return {line for line in done.stdout.splitlines() if "::" in line}


def test_one_case_of_each_kind_and_stage() -> None:
    chosen = collected("--check")
    assert chosen < collected()
    cases = re.findall(r"test_corpus\.py::test_(timed_)?case\[(.+)\]", "\n".join(chosen))
    kinds = [kind(key) for timed, key in cases if not timed]
    assert {name for name, _ in kinds} == {*SHAPES} and {stage for _, stage in kinds} == STAGES
    assert len(kinds) == len({kind(key) for key in IN_TURN})
    assert [key in TIMED for timed, key in cases if timed] == [True]
    attacks = {name.rsplit("-", 1)[1] for name in chosen if "test_hostile.py::test_attack" in name}
    assert attacks == {"sandbox]", "open]"}
    assert {"test_handout.py", "test_handouts_in_step.py"} <= {name.split("::")[0].split("/")[-1] for name in chosen}
