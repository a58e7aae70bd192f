"""The made-up class: the same from the same seed, with all that a real one has, and each is taken in as what it is."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

import pytest

from grader.classroom.intake.taking_in import take_in
from grader.tests.support import sample_class
from grader.tests.support.corpus_support import SOLUTIONS

pytestmark = pytest.mark.skipif(not SOLUTIONS.is_dir(), reason="a student's copy has no solutions/")


def digests(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def test_the_same_seed_makes_the_same_class(tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        sample_class.make(30, tmp_path / name, seed)
    assert digests(tmp_path / "a") == digests(tmp_path / "b") != digests(tmp_path / "c")


def test_a_class_of_200_has_all_kinds_and_is_taken_in(tmp_path: Path) -> None:
    kinds = sample_class.make(200, tmp_path / "given")
    entries = take_in(tmp_path / "given", tmp_path / "class").roster.submissions
    assert len(entries) == 200 and set(kinds.values()) == set(sample_class.KINDS)
    assert {entry.state for entry in entries} == {"ok", "late", "two versions", "renamed", "empty"}
    empty = {number for number, kind in kinds.items() if kind == "empty"}
    assert all(entry.gradable for entry in entries if entry.identifier not in empty)
    most = Counter(
        tuple(sorted(digests(tmp_path / "class/submissions" / e.key).items())) for e in entries if e.gradable
    )
    assert most.most_common(1)[0][1] >= 2  # two that are the same
