"""A fork of the inspector is held as tightly as a process of its own: grade/inspecting.py and legality/serving.py.

Run by pytest (`make test`); needs nothing that is built."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from grader.grade import inspecting
from grader.machine import limited_run
from grader.machine.limited_run import Reach, Result
from grader.tests.support.corpus_support import commands_of, left_of

MODULE = "grader.tests.support.serving_support"
WAYS = ("forked", "own process")


def run(way: str, folder: Path, *arguments: str) -> Result:
    if way == "own process":
        return limited_run.run([sys.executable, "-m", MODULE, *arguments], Reach(folder), shut_in=False)
    result = inspecting.forked(MODULE, list(arguments), folder)
    assert result
    return result


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> str:
    return request.param


def state(way: str, folder: Path) -> dict:
    result = run(way, folder, "state")
    assert result.code == 0, result.errors
    return json.loads(result.output)


def test_it_has_the_state_of_a_process_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OF_THE_USER", "1")
    forked, own = (state(way, tmp_path) for way in WAYS)
    assert own["limits"]["RLIMIT_CPU"] == [limited_run.CPU_SECONDS] * 2 and own["limits"]["RLIMIT_CORE"] == [0, 0]
    assert "OF_THE_USER" not in own["environment"] and own["folder"] == str(tmp_path)
    same = ("limits", "environment", "input", "folder", "files")
    assert {key: forked[key] for key in same} == {key: own[key] for key in same}
    assert forked["session"] != os.getsid(0)


def test_each_has_a_session_of_its_own(tmp_path: Path) -> None:
    first, second = (state("forked", tmp_path)["session"] for _ in range(2))
    assert first != second


def test_the_limits_are_those_of_the_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    state("forked", tmp_path)
    monkeypatch.setattr(limited_run, "CPU_SECONDS", 7)
    assert state("forked", tmp_path)["limits"]["RLIMIT_CPU"] == [7, 7]


def test_what_it_says_and_how_it_ends(way: str, tmp_path: Path) -> None:
    assert run(way, tmp_path, "exit", "3") == Result(3, "said before the end\n", "")
    raised = run(way, tmp_path, "raise")
    assert raised.code == 1 and "ValueError: a fault" in raised.errors and not raised.cut_short


def test_a_signal_is_told(way: str, tmp_path: Path) -> None:
    for whom in ("itself", "group"):
        killed = run(way, tmp_path, "kill", whom)
        assert killed.code == -9 and killed.cut_short
    assert run(way, tmp_path, "exit", "0").code == 0


def test_cpu_time_memory_and_output_are_limited(way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limited_run, "CPU_SECONDS", 1)
    monkeypatch.setattr(limited_run, "MEMORY", 1 << 30)
    monkeypatch.setattr(limited_run, "LARGEST_OUTPUT", 1 << 16)
    assert run(way, tmp_path, "loop").cut_short
    assert "MemoryError" in run(way, tmp_path, "eat").errors
    written = run(way, tmp_path, "write")
    assert written.code != 0 and len(written.output) <= 1 << 16


def test_what_takes_too_long_is_ended_with_all_that_it_started(
    way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limited_run, "WALL_SECONDS", 1)
    assert run(way, tmp_path, "leave") == Result(-1, "", "took longer than 1 s")
    assert left_of(tmp_path) == {}


def test_end_all_ends_it(way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limited_run, "_ending", threading.Event())
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(run, way, tmp_path, "leave")
        while "sleep" not in str(commands_of(tmp_path)):
            time.sleep(0.05)
        limited_run.end_all()
        assert running.result().code < 0
        assert left_of(tmp_path) == {}
        assert run(way, tmp_path, "leave").code < 0  # what starts later is ended, too


def test_many_at_once_keep_apart(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(lambda code: run("forked", tmp_path, "exit", str(code)).code, range(40)))
    assert codes == list(range(40))


def test_without_a_process_that_forks_there_is_no_result(tmp_path: Path) -> None:
    assert inspecting.forked("grader.no_such_module", [], tmp_path) is None
    assert inspecting.forked("grader.no_such_module", [], tmp_path) is None
