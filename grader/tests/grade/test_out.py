"""The folder of grades belongs to the grader: what is planted in it leads nowhere, and nothing outlives a grade.

Run by pytest (`make test`); needs the built grader, in the folder that LAB_BUILD names."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.common.build_facts import ROOT, read_build
from grader.common.rubric import rubric
from grader.grade import building
from grader.grade.building import build
from grader.grade.headers import make_headers
from grader.grade.staging import Staged
from grader.tests.support import corpus_support as support
from grader.tests.support.arena import no_sandbox

pytestmark = pytest.mark.skipif(not support.SOLUTIONS.is_dir(), reason="a student's copy has no solutions/")
SOFTMAX = rubric().exercises["softmax_batch"]
HEAD = '#include "softmax_reg_vec.hpp"\n'
ENDLESS = HEAD + 'arma::mat softmax_batch(const arma::mat&) { while (true) std::atof("1"); }\n'
TEMPLATES = (
    "template <int depth, int path> constexpr int f() { if constexpr (depth == 0) return path; "
    "else return f<depth - 1, 2 * path>() + f<depth - 1, 2 * path + 1>(); }\n"
)
ENDLESS_TO_READ = f"{HEAD}{TEMPLATES}constexpr int endless = f<28, 1>();\n"


# --- what is planted --------------------------------------------------------------------------------------------------

LINKS = ("lock", *(f"judge/softmax_batch-parity.{end}" for end in ("txt", "json", "jsonl")))
LINKS += ("output/softmax_batch.txt", "objects/softmax_batch.json", "objects/softmax_batch.so", "report.json")
LINKS += ("report.html", "submission/softmax_batch/softmax_batch.cpp")
FOLDER_LINKS = ("objects", "objects/softmax_batch.new", "judge", "output", "submission", "submission/softmax_batch")


def one_line(result: support.Grade) -> str:
    assert "Traceback" not in result.output
    return " ".join(result.output.split())


@pytest.mark.parametrize("link", LINKS)
def test_a_link_in_the_place_of_a_file_leads_nowhere(link: str, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.write_text("mine")
    place = tmp_path / "out" / link
    place.parent.mkdir(parents=True)
    place.symlink_to(mine)
    solution = (support.SOLUTIONS / SOFTMAX.file).read_text()
    talkative = solution.replace("    return ", '    std::cerr << "said";\n    return ', 1).encode()
    folder = support.submission(tmp_path / "submission", {SOFTMAX.file: talkative})
    said = one_line(support.grade(folder, tmp_path / "out", "--only", "softmax_batch"))
    assert mine.read_text() == "mine"
    assert not place.is_symlink() or link in said or link.startswith("output/"), said


@pytest.mark.parametrize("link", FOLDER_LINKS)
def test_a_link_in_the_place_of_a_folder_is_named(link: str, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "softmax_batch.cpp").write_text("mine")
    (tmp_path / "out" / link).parent.mkdir(parents=True)
    (tmp_path / "out" / link).symlink_to(mine)
    said = one_line(support.grade(support.SOLUTIONS, tmp_path / "out", "--only", "softmax_batch"))
    assert "is in the way: " in said and f"out/{link}" in said.replace(" ", "")
    assert {path.name: path.read_text() for path in mine.iterdir()} == {"softmax_batch.cpp": "mine"}


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("objects", Path.touch),
        ("judge", Path.touch),
        ("report.json", Path.mkdir),
        ("objects/softmax_batch.json", Path.mkdir),
    ],
)
def test_what_is_in_the_way_is_named(name: str, make: Callable[[Path], None], tmp_path: Path) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    make(tmp_path / name)
    said = one_line(support.grade(support.SOLUTIONS, tmp_path, "--only", "softmax_batch"))
    assert "is in the way: " in said and name in said.replace(" ", "")
    assert (tmp_path / name).exists()


# --- what is kept, and what an object shows ---------------------------------------------------------------------------


def built(folder: Path, text: str, shut_in: bool = False) -> Path:
    lab = read_build(support.build_folder())
    make_headers(lab)
    (folder / "objects").mkdir(exist_ok=True)
    source = folder / SOFTMAX.file
    source.write_text(text)
    one = build(Staged(SOFTMAX, source), lab, folder / "objects", shut_in)
    assert not one.error and not one.fault
    return folder / "objects" / "softmax_batch.so"


def test_a_stub_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stub = (ROOT / "exercises" / SOFTMAX.file).read_text()
    built(tmp_path, stub)
    kept = (tmp_path / "objects" / "softmax_batch.json").read_text()
    monkeypatch.setattr(building, "_built", lambda job: pytest.fail("nothing has changed"))
    assert not built(tmp_path, stub).exists()
    assert (tmp_path / "objects" / "softmax_batch.json").read_text() == kept


@pytest.mark.skipif(bool(no_sandbox()), reason="no sandbox here")
def test_the_sandbox_takes_no_object_that_was_made_without_it(tmp_path: Path) -> None:
    solution = (support.SOLUTIONS / SOFTMAX.file).read_text()
    built(tmp_path, solution).write_text("another object")
    assert built(tmp_path, solution).read_bytes() == b"another object", "nothing has changed"
    assert built(tmp_path, solution, shut_in=True).read_bytes().startswith(b"\x7fELF")


def test_an_object_shows_the_functions_of_its_own_exercise(tmp_path: Path) -> None:
    """Else the first file that has a function of this name would give it to all others that are loaded with it."""
    text = """inline arma::mat softmax_batch_of(const arma::mat& A) { return A; }
    arma::mat scaled(const arma::mat& A) { return A; }
    struct Trick { friend double train_sgd_vec(const Dataset&, const Hyperparameters&, Model&) { return 0; } };
    Gradients grad_batch(const arma::mat& A, const arma::mat&, const arma::uvec&) { return {A, A}; }
    arma::mat softmax_batch(const arma::mat& A) { return scaled(softmax_batch_of(A)); }
    auto used = &train_sgd_vec;
    """
    command = ["nm", "--dynamic", "--defined-only", "--demangle", str(built(tmp_path, HEAD + text))]
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    names = ("softmax_batch_of", "scaled", "train_sgd_vec", "grad_batch")
    assert " softmax_batch(" in shown and not any(f" {name}(" in shown for name in names), shown


# --- what is left -----------------------------------------------------------------------------------------------------


def wait_for(program: str, folder: Path) -> None:
    end = time.monotonic() + 90
    while not any(program in command for command in support.commands_of(folder).values()):
        assert time.monotonic() < end, f"{program} never started"
        time.sleep(0.05)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
@pytest.mark.parametrize("more", [[], ["--sandbox"]], ids=["open", "sandbox"])
def test_nothing_outlives_a_grade_that_is_ended(number: signal.Signals, more: list[str], tmp_path: Path) -> None:
    if more and no_sandbox():
        pytest.skip(no_sandbox())
    folder = support.submission(tmp_path / "submission", {"softmax_batch.cpp": ENDLESS.encode()})
    grading = start(folder, tmp_path / "out", *more)
    wait_for("/worker ", tmp_path)
    grading.send_signal(number)
    assert grading.wait(10) == -number
    assert support.left_of(tmp_path) == {}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_compilers_end_with_a_grade(number: signal.Signals, tmp_path: Path) -> None:
    folder = support.submission(tmp_path / "submission", {"softmax_batch.cpp": ENDLESS_TO_READ.encode()})
    grading = start(folder, tmp_path / "out")
    wait_for("cc1plus", tmp_path)
    grading.send_signal(number)
    assert grading.wait(10) == -number
    assert support.left_of(tmp_path) == {}


def start(folder: Path, out: Path, *more: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "grader.grade", str(folder), "--build", str(support.build_folder())]
    command += ["--out", str(out), "--only", "softmax_batch", *more]
    return subprocess.Popen(command, cwd=ROOT, env={**os.environ}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
