"""`make try`: a scratch file is made once, compiled and run; its errors have the words that a grade has for them.

Run by pytest (`make test`); needs the built grader, in the folder that LAB_BUILD names."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from argparse import Namespace
from pathlib import Path

import pytest

from grader.common.build_facts import ROOT
from grader.common.tool import UserError
from grader.tests.support.corpus_support import build_folder, commands_of
from grader.tutor import trying


def tried(file: Path) -> int:
    return trying.main(Namespace(file=file, build=build_folder()))


def test_a_new_file_runs_and_shows_its_matrices(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert tried(tmp_path / "try.cpp") == 0
    said = capsys.readouterr().out
    assert "is new" in " ".join(said.split()) and "size of A: 3x4" in said
    text = (
        '#include <iostream>\nint main() { std::cout << "mine, threads: " << std::getenv("OPENBLAS_NUM_THREADS"); }\n'
    )
    (tmp_path / "try.cpp").write_text(text)
    assert tried(tmp_path / "try.cpp") == 0
    assert capsys.readouterr().out == "mine, threads: 1"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("A.prnt();", ["try.cpp:4: ", "has no member named ‘prnt’"]),
        ("A.T;", ["try.cpp:4: ", "Hint: the transposed matrix is A.t()"]),
        ("(A * A).print();", ["incompatible matrix dimensions: 2x3 and 2x3", "Hint: "]),
        ("while (true) {}", ["ended after 1 s of processor time"]),
        ("softmax_batch(A).print();", ["softmax_batch is declared, and defined nowhere", "copy the function into"]),
    ],
)
def test_what_goes_wrong_is_explained(
    line: str, words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trying, "RUN_SECONDS", 1)
    text = f"#include <armadillo>\nint main() {{\narma::mat A(2, 3, arma::fill::ones);\n{line}\n}}\n"
    (tmp_path / "try.cpp").write_text(text)
    assert tried(tmp_path / "try.cpp") == 1
    said = " ".join(capsys.readouterr().out.split())
    assert all(word in said for word in words), said


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is not a folder"):
        tried(tmp_path / "none" / "try.cpp")


def test_a_program_ends_with_make_try(tmp_path: Path) -> None:
    def runs() -> bool:
        return any(command.endswith("/try ") for command in commands_of(build_folder()).values())

    (tmp_path / "try.cpp").write_text("int main() { while (true) {} }\n")
    command = [sys.executable, "-m", "grader.tutor.trying", str(tmp_path / "try.cpp"), "--build", str(build_folder())]
    tries = subprocess.Popen(command, cwd=ROOT)
    end = time.monotonic() + 60
    while not runs():
        assert time.monotonic() < end, "it never ran"
        time.sleep(0.05)
    tries.terminate()
    assert tries.wait(10) == -signal.SIGTERM
    time.sleep(0.2)
    assert not runs()
