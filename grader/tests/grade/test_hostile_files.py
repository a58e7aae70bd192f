"""Grades folders that hold anything but plain files: pipes, links, devices, sockets, too much, or files of their own.

Run by pytest (`make test`); needs the built grader. Each costs its own exercise only, is said so in words, and leaves
nothing behind."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.common.build_facts import ROOT
from grader.tests.support import corpus_support as support
from grader.tests.support.arena import no_sandbox

pytestmark = pytest.mark.skipif(not support.SOLUTIONS.is_dir(), reason="a student's copy has no solutions/")

SOLUTION = ROOT / "solutions" / "softmax_batch.cpp"


def a_socket(path: Path) -> None:
    # By a short name: an address holds some hundred letters.
    with socket.socket(socket.AF_UNIX) as listener:
        folder = os.open(path.parent, os.O_RDONLY)
        listener.bind(f"/proc/self/fd/{folder}/{path.name}")
        os.close(folder)


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(100 << 20)


def unreadable(path: Path) -> None:
    path.write_bytes(SOLUTION.read_bytes())
    path.chmod(0)


# What stands in the place of softmax_batch.cpp, and what the report says of it.
HAZARDS: dict[str, tuple[Callable[[Path], object], str]] = {
    "pipe": (os.mkfifo, "is not a plain file"),
    "folder": (Path.mkdir, "is not a plain file"),
    "socket": (a_socket, "cannot be read"),
    "link-to-passwd": (lambda path: path.symlink_to("/etc/passwd"), "is a link"),
    "link-to-the-solution": (lambda path: path.symlink_to(SOLUTION), "is a link"),
    "link-to-itself": (lambda path: path.symlink_to(path.name), "is a link"),
    "link-to-a-device": (lambda path: path.symlink_to("/dev/zero"), "is a link"),
    "100-megabytes": (sparse, "104,857,600 bytes"),
    "empty": (lambda path: path.write_bytes(b" \n"), "is empty"),
    "missing": (lambda path: None, "is missing"),
}

# answers.toml, each of which takes a reader of TOML to a limit.
ANSWERS = {
    "long-key": b".".join([b"a"] * 400_000) + b" = 1\n",
    "long-key-that-is-read": b".".join([b"a"] * 2_000) + b" = 1\n",
    "deep-list": b"[profile]\nhottest = " + b"[" * 4_000,
    "large-number": b"[profile]\nhottest = " + b"9" * 4_000 + b"\n",
    "terminal-codes": b'[profile]\nhottest = ["\\u001b[2J", "\\u001b[8m"]\n',
    "not-text": bytes(range(256)),
    "of-another-kind": b"profile = 3\n",
    "huge-list": b"[profile]\nhottest = [" + b'"linear",' * 400 + b"]\n",
}


def graded(folder: Path, only: str, name: str = "submission") -> dict[str, dict]:
    """The items of a grade of folder/submission, in the sandbox where there is one."""
    more = [] if no_sandbox() else ["--sandbox"]
    result = support.grade(folder / name, folder / "out", "--only", only, *more)
    assert result.code == 0, result.output
    assert all(character.isprintable() or character == "\n" for character in result.output)
    assert "Traceback" not in result.output
    expected = {"report.json", "report.html", "judge", "lock", "objects", "output", "submission"}
    assert {path.name for path in (folder / "out").iterdir()} <= expected
    return {f"{item['exercise']}: {item['name']}": item for item in result.report["items"]}


def points(items: dict[str, dict]) -> float:
    return round(sum(item["points"] for item in items.values()), 6)


def honest_submission(folder: Path) -> Path:
    return Path(shutil.copytree(support.SOLUTIONS, folder / "submission"))


@pytest.mark.parametrize("hazard", HAZARDS)
def test_in_the_place_of_a_file(hazard: str, tmp_path: Path) -> None:
    make, says = HAZARDS[hazard]
    file = honest_submission(tmp_path) / "softmax_batch.cpp"
    file.unlink()
    make(file)
    with_an_honest_one = hazard in ("pipe", "missing")
    items = graded(tmp_path, "softmax_batch,accuracy" if with_an_honest_one else "softmax_batch")
    assert items["softmax_batch: compiles"]["status"] == "fail"
    assert says in items["softmax_batch: compiles"]["message"]
    assert points(items) == (3.0 if with_an_honest_one else 0.0)


def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read every file")
    file = honest_submission(tmp_path) / "softmax_batch.cpp"
    unreadable(file)
    assert "cannot be read" in graded(tmp_path, "softmax_batch")["softmax_batch: compiles"]["message"]


@pytest.mark.parametrize("name", ANSWERS)
def test_answers_that_are_a_bomb(name: str, tmp_path: Path) -> None:
    (honest_submission(tmp_path) / "answers.toml").write_bytes(ANSWERS[name])
    item = graded(tmp_path, "answers")["answers: hottest functions"]
    assert (item["status"], item["points"]) == ("fail", 0.0)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])  # the first has a mark at its begin
def test_a_file_in_utf_16_is_told_how_to_be_saved(encoding: str, tmp_path: Path) -> None:
    folder = honest_submission(tmp_path)
    for name in ("softmax_batch.cpp", "answers.toml"):
        (folder / name).write_bytes((folder / name).read_text(encoding="utf-8").encode(encoding))
    items = graded(tmp_path, "softmax_batch,answers")
    for name in ("softmax_batch: compiles", "answers: hottest functions"):
        assert items[name]["status"] == "fail" and "is in UTF-16, " in items[name]["message"]
        assert "Save with Encoding" in items[name]["message"] and "hint" not in items[name]


def test_files_of_its_own_change_nothing(tmp_path: Path) -> None:
    """Headers that would shadow the contract, a CMakeLists.txt, a Makefile, a rubric, and names with odd characters."""
    folder = honest_submission(tmp_path)
    for name in ("softmax_reg_vec.hpp", "vec_exos.hpp", "softmax_reg.hpp", "armadillo", "cmath"):
        (folder / name).write_text("#error a header of the submission's own\n")
    for name in ("CMakeLists.txt", "Makefile", "rubric.toml", "judge.json", "sitecustomize.py", "grader.py"):
        (folder / name).write_text("raise SystemExit('a file of the submission was run')\n")
    for name in ("a\nb.cpp", "\x1b[2J.cpp", "-o hostile-attack.cpp", "$(touch hostile-attack).cpp", "é\udce9.cpp"):
        (folder / name).write_text("#error\n")
    items = graded(tmp_path, "softmax_batch")
    assert points(items) == 2.0


@pytest.mark.parametrize("more", [[], ["--sandbox"]], ids=["open", "sandbox"])
def test_folders_whose_names_are_not_utf_8(more: list[str], tmp_path: Path) -> None:
    """As an old zip unpacks them: b"Andr\xe9" is the submission of a student, and his teacher grades into another."""
    if more and no_sandbox():
        pytest.skip(no_sandbox())
    folder = honest_submission(tmp_path).rename(tmp_path / "Andr\udce9")
    out = tmp_path / "notes \udce9"
    result = support.grade(folder, out, "--only", "softmax_batch", *more)
    assert (result.code, result.report["score"]) == (0, 2.0), result.output
    assert {item["status"] for item in result.report["items"]} == {"pass"}, result.output
    assert "/notesé/report.html" in "".join(result.output.split())
    assert "Andr\xe9" in (out / "report.html").read_text(encoding="utf-8")
    (folder / "softmax_batch.cpp").unlink()
    command = [sys.executable, "-m", "grader.tutor.hint", "--report", str(out / "report.json")]
    hint = subprocess.run([*command, "--memory", str(tmp_path / "hints")], cwd=ROOT, capture_output=True)
    assert hint.returncode == 0 and "/André/softmax_batch.cpp" in "".join(hint.stdout.decode().split())
    assert "/Andrè is not a folder." in " ".join(support.grade(tmp_path / "Andr\udce8", out, *more).output.split())


def test_marks_in_a_name_reach_neither_the_terminal_nor_the_page(tmp_path: Path) -> None:
    name = "\x1b[2Jpassed\u202e\u2066.x"
    honest_submission(tmp_path).rename(tmp_path / name)
    out = tmp_path / ("out" + name)
    result = support.grade(tmp_path / name, out, "--only", "softmax_batch")
    page = (out / "report.html").read_text(encoding="utf-8")
    assert all(c.isprintable() or c == "\n" for c in result.output + page) and "?[2Jpassed??.x" in page
    failed = support.grade(tmp_path / ("not" + name), out)
    assert all(c.isprintable() or c == "\n" for c in failed.output) and "is not a folder" in failed.output


def test_a_folder_with_an_odd_name(tmp_path: Path) -> None:
    honest_submission(tmp_path).rename(tmp_path / "$(touch hostile-attack) [bold]\x1b[2J 'x")
    folder = next(path for path in tmp_path.iterdir())
    assert points(graded(tmp_path, "softmax_batch", folder.name)) == 2.0
    assert not Path("hostile-attack").exists()
