"""What an editor reads: .vscode/, .devcontainer/ and .clangd name what exists, and match what the grader prints."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from grader.common.build_facts import ROOT
from grader.tests.support import corpus_support as support

FILES = (".vscode/tasks.json", ".vscode/settings.json", ".vscode/extensions.json", ".devcontainer/devcontainer.json")
# What a student may write in softmax_batch, and the message that VS Code should show at its line.
WRONG = {
    "return arma::exp(logit);": "was not declared in this scope",
    "for (int i = 0; i < 2; ++i) {\n    }\n    return logits;": "`for` is a loop",
}


def read(name: str) -> dict:
    """Strict JSON: no comments and no key twice, so that every program can read it."""

    def once(pairs: list[tuple[str, object]]) -> dict:
        assert len(dict(pairs)) == len(pairs), f"{name}: a key stands twice in {pairs}"
        return dict(pairs)

    return json.loads((ROOT / name).read_text(), object_pairs_hook=once)


def commands(value: object) -> list[str]:
    if isinstance(value, dict):
        return [command for part in value.values() for command in commands(part)]
    if isinstance(value, list):
        return [command for part in value for command in commands(part)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("name", FILES)
def test_every_make_target_exists(name: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    calls = [call for text in commands(read(name)) for call in re.findall(r"(?:^|&& )make ((?:[a-z]+ ?)+)", text)]
    named = {target for call in calls for target in call.split()}
    assert named <= targets, f"{name}: no such target: {named - targets}"
    assert named or "tasks" not in name


def test_the_container_recommends_what_the_folder_does() -> None:
    inside = read(".devcontainer/devcontainer.json")["customizations"]["vscode"]["extensions"]
    assert inside == read(".vscode/extensions.json")["recommendations"]


def matchers() -> list[dict]:
    return [task["problemMatcher"] for task in read(".vscode/tasks.json")["tasks"] if task["problemMatcher"]]


def test_tasks_that_grade_match_alike() -> None:
    tasks = read(".vscode/tasks.json")["tasks"]
    assert all(bool(task["problemMatcher"]) == task["command"].startswith("make grade") for task in tasks)
    assert all(matcher == matchers()[0] for matcher in matchers())


def file_with(statements: str) -> str:
    return (
        '#include "softmax_reg_vec.hpp"\n\narma::mat softmax_batch(const arma::mat& logits) {\n    %s\n}\n' % statements
    )


@pytest.mark.parametrize("wrong", WRONG)
def test_the_matcher_finds_what_a_grade_prints(tmp_path: Path, wrong: str) -> None:
    shutil.copytree(ROOT / "exercises", tmp_path / "exercises")
    (tmp_path / "exercises" / "softmax_batch.cpp").write_text(file_with(wrong))
    printed = support.grade(tmp_path / "exercises", tmp_path / "out", "--only", "softmax_batch").output
    pattern = matchers()[0]["pattern"]
    found = [match for line in printed.splitlines() if (match := re.search(pattern["regexp"], line))]
    places = [(match[pattern["file"]], match[pattern["line"]]) for match in found]
    assert places == [("softmax_batch.cpp", "4")], printed
    assert WRONG[wrong] in found[0][pattern["message"]]


@pytest.mark.skipif(shutil.which("clangd") is None, reason="clangd is not installed")
def test_clangd_reads_an_exercise_before_anything_is_built(tmp_path: Path) -> None:
    for folder in ("exercises", "reference"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    for dotfile in (".clangd", ".clang-tidy"):
        shutil.copy(ROOT / dotfile, tmp_path)
    # What make tidy has to say of style is for the lab's own sources.
    student = "if (logits.n_elem == 0) {\n        return logits;\n    } else {\n        return 2.0 * logits;\n    }"
    (tmp_path / "exercises" / "softmax_batch.cpp").write_text(file_with(student))
    command = ["clangd", f"--check={tmp_path / 'exercises' / 'softmax_batch.cpp'}"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert "All checks completed, 0 errors" in done.stderr, done.stderr
