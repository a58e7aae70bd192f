"""make compare: the table of step 8, from the real programs, with the solutions and with the stubs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from grader.common.build_facts import ROOT
from grader.common.tool import UserError
from grader.experiments import compare
from grader.experiments.curves import Epoch
from grader.tests.support.copy_support import copy_of_the_lab

BUILD = Path(os.environ.get("LAB_BUILD", ROOT / "build"))
ROWS = [Epoch(1, 1.5, 1.25, 0.5, 0.2), Epoch(2, 1.0, 0.75, 0.625, 0.2), Epoch(3, 0.75, 0.7, 0.75, 0.4)]
needs_solutions = pytest.mark.skipif(not (ROOT / "solutions").is_dir(), reason="a student's copy has no solutions/")


def run(*options: str, lab: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "grader.experiments.compare", "--build", str(BUILD.resolve()), *options]
    environment = {**os.environ, "FASHION_MNIST_DIR": str(ROOT / "data" / "sample"), "COLUMNS": "80"}
    return subprocess.run(command, cwd=lab, env=environment, capture_output=True, text=True, timeout=300)


def trained(name: str, rows: list[Epoch]) -> compare.Trained:
    return compare.Trained(name, "", rows)


@needs_solutions
def test_the_solutions_agree_with_the_loop_version_and_numpy() -> None:
    done = run("--version", "solutions", "--epochs", "2")
    assert done.returncode == 0, done.stderr
    assert "Only the sample of Fashion-MNIST is here: 6000 images" in done.stdout
    rows = re.findall(r"^ +(\d+) +1\.\d{6} .*% +(\S+) +(\S+) *$", done.stdout, re.MULTILINE)
    assert rows == [("1", "True", "True"), ("2", "True", "True")]
    assert done.stdout.count("isclose is True for all epochs") == 2
    times = re.findall(r"^ (\w+(?: floor)?) +([\d.]+) +([\d.]+) *$", done.stdout, re.MULTILINE)
    assert [version for version, _, _ in times] == ["loop", "answers", "NumPy", "BLAS floor"] and times[0][2] == "1.0"
    assert all(float(seconds) > 0 for _, seconds, _ in times)
    assert float(times[-1][2]) > 1  # some 15 when nothing disturbs it
    assert max(map(len, done.stdout.splitlines())) <= 80 and "\x1b" not in done.stdout


def test_a_stub_is_named_with_the_next_action() -> None:
    if "NotImplemented" not in (ROOT / "exercises" / "softmax_batch.cpp").read_text():
        pytest.skip("exercises/ is not the stubs")
    done = run("--epochs", "2")
    assert done.returncode == 2 and done.stdout == ""
    assert "softmax_batch.cpp is still to do: write it" in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr and max(map(len, done.stderr.splitlines())) <= 80


@pytest.mark.parametrize("options", [("--epochs", "0"), ("--epochs", "x"), ("--epochs", "-1"), ("--version", "loop")])
def test_bad_options_are_refused(options: tuple[str, str]) -> None:
    done = run(*options)
    assert done.returncode == 2 and options[1] in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("value", [1.0, 1.0 + 1.0e-5, 1.0 + 1.2e-5, 0.0, 1e-8, -1.0])
@pytest.mark.parametrize("expected", [1.0, 0.0, 1e-8])
def test_close_is_numpys(value: float, expected: float) -> None:
    assert compare.close(value, expected) == bool(np.isclose(value, expected))


@pytest.mark.parametrize("name", ["train_loss", "valid_loss", "valid_accuracy"])
def test_the_first_difference_is_named(name: str) -> None:
    wrong = [ROWS[0], *(replace(row, **{name: getattr(row, name) * 1.001}) for row in ROWS[1:])]
    said = compare.verdict(trained("vec", wrong), trained("loop", ROWS))
    assert said.startswith(f"your version: from epoch 2 on the {compare.WORDS[name]} is not close")
    assert f"should be {getattr(ROWS[1], name):.10g}" in said and "make grade" in said
    assert [compare.differences(row, good) for row, good in zip(wrong, ROWS)] == [[], [name], [name]]


def test_a_version_that_differs_shows_in_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    wrong = [ROWS[0], replace(ROWS[1], valid_loss=0.8), ROWS[2]]
    compare.show([trained("loop", ROWS), trained("vec", wrong), trained("numpy", ROWS)], 0.05)
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    rows = [words[-2:] for words in lines if words[:1] in (["1"], ["2"], ["3"])]
    assert rows == [["True", "True"], ["False", "True"], ["True", "True"]]
    assert ["BLAS", "floor", "0.0500", "4.0"] in lines


def test_the_seconds_are_those_of_a_typical_epoch() -> None:
    assert trained("loop", ROWS).seconds == 0.2


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("echo wrong >&2; printf 'x is \\033[2J to do\\n' >&2; exit 1", "could not train: x is ?[2J to do"),
        ("exit 1", "your version could not train: ?"),
        ("kill -SEGV $$", "your version was stopped by SIGSEGV"),
        ("exit 0", "cannot be read"),
    ],
)
def test_a_program_that_fails_is_named(program: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(UserError) as error, compare.Progress(1) as progress:
        compare.train("vec", ["sh", "-c", program], 1, tmp_path / "a" / "yours.csv", dict(os.environ), progress)
    assert said in str(error.value)


def test_one_slow_epoch_of_the_floor_does_not_count(tmp_path: Path) -> None:
    """Of two epochs one took fifty milliseconds in place of three, and the answers were faster than their floor."""
    program = tmp_path / "train_floor"
    program.write_text("#!/bin/sh\necho 0.05; for _ in $(seq 2 $1); do echo 0.003; done\n")
    program.chmod(0o755)
    assert compare.floor_seconds(tmp_path, 2, dict(os.environ)) == 0.003


def test_a_floor_that_fails_is_named(tmp_path: Path) -> None:
    program = tmp_path / "train_floor"
    program.write_text("#!/bin/sh\necho no such data >&2\nexit 1\n")
    program.chmod(0o755)
    with pytest.raises(UserError, match="BLAS floor could not train: no such data"):
        compare.floor_seconds(tmp_path, 1, dict(os.environ))


@needs_solutions
def test_a_students_copy_compares_with_the_loops_of_numpy(tmp_path: Path) -> None:
    copy = copy_of_the_lab(tmp_path / "lab")
    assert not (copy / "reference" / "softmax_reg_vec.py").exists()
    done = run("--version", "solutions", "--epochs", "1", lab=copy)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("isclose is True for all epochs") == 2 and "NumPy, by loops: isclose" in done.stdout
    refused = [sys.executable, "reference/softmax_reg.py", "--version", "vec"]
    assert "invalid choice: 'vec'" in subprocess.run(refused, cwd=copy, capture_output=True, text=True).stderr
