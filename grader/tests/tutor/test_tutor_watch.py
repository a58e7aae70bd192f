"""make watch in a pseudo-terminal: saves, keys, and what is left over.

Needs the built grader, in the folder that LAB_BUILD names."""

from __future__ import annotations

import _thread
import io
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from rich.console import Console

from grader.common.build_facts import ROOT
from grader.common.rubric import rubric
from grader.grade.grade import result_of
from grader.report.item import Item, make_item
from grader.report.next_thing import next_of
from grader.tests.support import corpus_support as support
from grader.tests.support.corpus_support import commands_of, left_of
from grader.tutor.watch import without_old_speeds

pytestmark = pytest.mark.skipif(not support.SOLUTIONS.is_dir(), reason="a student's copy has no solutions/")
PATIENCE = 90.0  # for a machine that is busy with other tests
KEYS = "q: quit"
BOMB = ROOT / "grader" / "tests" / "corpus" / "hostile" / "softmax_batch--constexpr-bomb.cpp"  # what takes long to read
HEAD = '#include "softmax_reg_vec.hpp"\narma::mat softmax_batch(const arma::mat& x) {\n'


class Session:
    """A student at a terminal, with the watcher running on a copy of the stubs."""

    def __init__(self, folder: Path, *more: str) -> None:
        self.exercises = Path(shutil.copytree(ROOT / "exercises", folder / "exercises"))
        command = [sys.executable, "-m", "grader.tutor.watch", str(self.exercises)]
        command += ["--build", str(support.build_folder()), "--out", str(folder / "out"), *more]
        command += ["--memory", str(folder / "h")]
        environment = {**os.environ, "COLUMNS": "80", "LINES": "40", "TERM": "xterm", "NO_COLOR": "1"}
        self.terminal, inner = pty.openpty()
        streams = {"stdin": inner, "stdout": inner, "stderr": inner}
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True, **streams)
        os.close(inner)

    def save(self, solution: str) -> None:
        shutil.copy(support.SOLUTIONS / solution, self.exercises / solution)

    def write(self, name: str, text: str) -> None:
        (self.exercises / name).write_text(text)

    def press(self, key: str) -> None:
        os.write(self.terminal, key.encode())

    def until(self, words: str) -> str:
        """What the terminal shows up to these words."""
        text, end = "", time.monotonic() + PATIENCE
        while words not in text:
            assert time.monotonic() < end and self.process.poll() is None, f"{words!r} is not in {text!r}"
            if select.select([self.terminal], [], [], 0.2)[0]:
                text += re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", os.read(self.terminal, 65536).decode(errors="replace"))
        return text


@contextmanager
def started(folder: Path, *more: str) -> Iterator[Session]:
    session = Session(folder, *more)
    try:
        yield session
    finally:
        if session.process.poll() is None:
            os.killpg(session.process.pid, signal.SIGKILL)
        session.process.wait()
        os.close(session.terminal)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with started(tmp_path) as one:
        yield one


def test_a_save_is_graded_with_the_words_on_that_file(session: Session, tmp_path: Path) -> None:
    assert "Tasks done: 0 of 17" in session.until(KEYS)
    page = tmp_path / "out" / "report.html"
    assert 'http-equiv="refresh"' in page.read_text()
    session.save("softmax_batch.cpp")
    assert "Tasks done: 1 of 17" in session.until(KEYS)
    assert "<b>2</b> of 20 marks" in page.read_text(), "of all exercises, not of the one that was saved"
    session.write("softmax_batch.cpp", HEAD + "    retrun x;\n}\n")
    text = session.until(KEYS)
    assert "First thing to fix: softmax_batch, compiles" in text and "retrun x;" in text
    session.press("h")
    assert "Hint 1: softmax_batch" in session.until(KEYS)
    session.press("h")
    text = session.until(KEYS)
    assert "Hint 1: softmax_batch" in text and "change" in text and "press h again" in text
    session.write("softmax_batch.cpp", HEAD + "    retrun (x);\n}\n")
    session.until(KEYS)
    session.press("h")
    assert "Hint 2: softmax_batch" in session.until(KEYS)
    session.press("q")
    assert session.process.wait(PATIENCE) == 0
    assert 'http-equiv="refresh"' not in page.read_text(), "nothing changes any more"


def test_only_the_files_that_are_named_are_watched(tmp_path: Path) -> None:
    with started(tmp_path, "--only", "softmax_batch.cpp,evaluate") as session:
        screen = session.until(KEYS)
        assert "total of this part" in screen and "evaluate" in screen and "vec_exos" not in screen
        session.save("vec_exos.cpp")
        session.save("softmax_batch.cpp")
        assert "Grading softmax_batch ..." in session.until(KEYS)


def test_the_speed_follows_once_the_values_are_right(session: Session) -> None:
    session.until(KEYS)
    session.save("evaluate.cpp")
    text = session.until("Measuring the speed of evaluate")
    assert "Tasks done:" in text and "of the BLAS floor" not in text
    assert "of the BLAS floor" in session.until(KEYS)


def test_a_save_ends_the_grade_that_still_runs(session: Session, tmp_path: Path) -> None:
    session.until(KEYS)
    body = '    while (true) std::atof("1");\n    return x;\n'
    session.write("softmax_batch.cpp", "#include <cstdlib>\n" + HEAD + body + "}\n")
    session.until("checking the values")
    session.save("softmax_batch.cpp")
    assert "Tasks done: 1 of 17" in session.until(KEYS)
    assert list(left_of(tmp_path, most=1)) == [session.process.pid]


def test_it_comes_back_after_the_shell_had_the_terminal(session: Session) -> None:
    """Ctrl-Z and fg: the shell stops it, gives the terminal its own modes, and lets it go on."""
    session.until(KEYS)
    cbreak = termios.tcgetattr(session.terminal)
    os.kill(session.process.pid, signal.SIGSTOP)
    os.waitpid(session.process.pid, os.WUNTRACED)
    modes = [*cbreak]
    modes[3] |= termios.ECHO | termios.ICANON
    termios.tcsetattr(session.terminal, termios.TCSANOW, modes)
    os.kill(session.process.pid, signal.SIGCONT)
    assert "Tasks done: 0 of 17" in session.until(KEYS)
    assert termios.tcgetattr(session.terminal)[3] == cbreak[3]
    session.press("q")
    assert session.process.wait(PATIENCE) == 0


def test_it_ends_at_once_and_leaves_the_terminal_and_no_process(session: Session, tmp_path: Path) -> None:
    session.until("Grading learning_curves")
    session.press("q")
    assert session.process.wait(PATIENCE) == 0
    assert left_of(tmp_path) == {}


def test_it_ends_what_reads_or_compiles_a_file(session: Session, tmp_path: Path) -> None:
    session.until(KEYS)
    shutil.copy(BOMB, session.exercises / "softmax_batch.cpp")
    wait_for("grader.legality", tmp_path)
    session.press("q")
    assert session.process.wait(PATIENCE) == 0
    assert left_of(tmp_path) == {}


def test_a_grade_ends_at_once_without_a_traceback(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "exercises", tmp_path / "exercises")
    shutil.copy(BOMB, tmp_path / "exercises" / "softmax_batch.cpp")
    command = [sys.executable, "-m", "grader.grade", str(tmp_path / "exercises"), "--only", "softmax_batch"]
    command += ["--build", str(support.build_folder()), "--out", str(tmp_path / "out")]
    grade = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    wait_for("grader.legality", tmp_path)
    grade.send_signal(signal.SIGINT)
    assert "Traceback" not in grade.communicate(timeout=10)[1] and grade.returncode == 130
    assert left_of(tmp_path) == {}


def test_a_signal_just_before_a_wait_is_seen_at_once() -> None:
    leave = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        job = pool.submit(leave.wait, PATIENCE)
        signal_unseen = threading.Timer(0.5, _thread.interrupt_main)  # which does not wake what waits
        signal_unseen.start()
        with pytest.raises(KeyboardInterrupt):
            result_of(job)
        assert not job.done()
        leave.set()


def items_of(name: str, fails: str = "") -> list[Item]:
    """As a grade has them in which all is right, but for one check."""
    exercise = rubric().exercises[name]
    speeds = [make_item(exercise, speed, "speed", "pass") for speed in exercise.speed]
    checks = [make_item(exercise, c, "parity", "fail" if c == fails else "pass") for c in exercise.points]
    return [make_item(exercise, "compiles", "build", "pass"), *checks, *speeds]


@pytest.mark.parametrize(("fails", "says"), [("", "is being measured"), ("random logits", "once these are right")])
def test_a_speed_of_old_code_has_no_marks(fails: str, says: str) -> None:
    items = {name: items_of(name) for name in rubric().exercises["train_sgd_vec"].needs}
    items |= {"softmax_batch": items_of("softmax_batch", fails), "evaluate": items_of("evaluate")}
    known = without_old_speeds(items, ["softmax_batch"], rubric())
    speed = known["train_sgd_vec"][-1]
    assert (speed.stage, speed.status, speed.points) == ("speed", "skip", 0) and says in speed.message
    assert {**known, "train_sgd_vec": items["train_sgd_vec"]} == items, "nothing else has changed"
    assert [item.name for item in known["train_sgd_vec"]] == [item.name for item in items["train_sgd_vec"]]


@pytest.mark.parametrize("status", ["fail", "todo"])
def test_it_names_the_key_and_not_the_command(status: str) -> None:
    item = make_item(rubric().exercises["softmax_batch"], "random logits", "parity", status, "why")
    console = Console(width=80, file=io.StringIO(), record=True)
    console.print(next_of([item], is_students=True, by_keys=True))
    text = console.export_text()
    assert "press h" in text and "make hint" not in text


def test_without_a_terminal_it_says_what_to_type(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "grader.tutor.watch", "exercises", "--build", "b", "--out", "o", "--memory", "m"]
    done = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    assert done.returncode == 2 and "it needs a terminal" in done.stderr and "Traceback" not in done.stderr


def wait_for(program: str, folder: Path) -> None:
    end = time.monotonic() + PATIENCE
    while not any(program in command for command in commands_of(folder).values()):
        assert time.monotonic() < end, f"{program} never started"
        time.sleep(0.1)
