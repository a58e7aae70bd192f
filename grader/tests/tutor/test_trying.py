"""`make try`: a scratch file is made once, compiled and run; its errors have the words that a grade has for them.

Run by pytest (`make test`); needs the built grader, in the folder that LAB_BUILD names."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import pytest

from grader.common.tool import UserError
from grader.machine import limited_run
from grader.tests.support.corpus_support import build_folder
from grader.tutor import trying


def tried(file: Path) -> int:
    return trying.main(Namespace(file=file, build=build_folder()))


def test_a_new_file_runs_and_shows_its_matrices(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert tried(tmp_path / "try.cpp") == 0
    said = capsys.readouterr().out
    assert "is new" in " ".join(said.split()) and "size of A: 3x4" in said
    (tmp_path / "try.cpp").write_text('#include <iostream>\nint main() { std::cout << "mine"; }\n')
    assert tried(tmp_path / "try.cpp") == 0
    assert capsys.readouterr().out == "mine"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("A.prnt();", ["try.cpp:4: ", "has no member named ‘prnt’"]),
        ("A.T;", ["try.cpp:4: ", "Hint: the transposed matrix is A.t()"]),
        ("(A * A).print();", ["incompatible matrix dimensions: 2x3 and 2x3", "Hint: "]),
        ("while (true) {}", ["ended after 5 s of processor time"]),
    ],
)
def test_what_goes_wrong_is_explained(
    line: str, words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    if "while" in line:
        monkeypatch.setattr(limited_run, "CPU_SECONDS", 5)  # the compiler needs some of them
    text = f"#include <armadillo>\nint main() {{\narma::mat A(2, 3, arma::fill::ones);\n{line}\n}}\n"
    (tmp_path / "try.cpp").write_text(text)
    assert tried(tmp_path / "try.cpp") == 1
    said = " ".join(capsys.readouterr().out.split())
    assert all(word in said for word in words), said


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is not a folder"):
        tried(tmp_path / "none" / "try.cpp")
