"""Lets every hostile submission of hostile/ loose on the grader, and checks what it earns and what it leaves behind.

Run by pytest (`make test`); needs the built grader, in the folder that LAB_BUILD names. None may gain a mark, stop the
report, cost an honest neighbour its marks, or leave a process or a file. What a header says is all that it may earn."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from grader.grade import judging
from grader.machine import limited_run
from grader.tests.support.arena import Attack, Fight, Run, attacks, fight, honest_objects, left_behind, no_sandbox
from grader.tests.support.corpus_support import SOLUTIONS

pytestmark = pytest.mark.skipif(not SOLUTIONS.is_dir(), reason="a student's copy has no solutions/")

WALLS = ("sandbox", "open")


@pytest.fixture(scope="module")
def fights(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Future]]:
    """All the fights that this session asks for: two at a time, and those that only wait for a limit beside them."""
    asked = [item.callspec.params["name"] for item in request.session.items if item.originalname == "test_attack"]
    folder = tmp_path_factory.mktemp("hostile")
    with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(2) as busy, ThreadPoolExecutor(8) as waiting:
        # A bomb shows no more in thirty seconds than in eight; a judge that hangs is to fail here, not ten minutes on.
        patch.setattr(limited_run, "CPU_SECONDS", 8)
        patch.setattr(judging, "JUDGE_SECONDS", 150)
        honest = honest_objects(folder / "honest")
        first_those_that_wait = sorted(dict.fromkeys(asked), key=lambda name: "waits" not in attacks()[name].header)
        yield {
            name: (waiting if "waits" in attacks()[name].header else busy).submit(
                fight, attacks()[name], folder / name, honest
            )
            for name in first_those_that_wait
        }


def earned(items: dict[str, dict]) -> set[str]:
    return {name for name, item in items.items() if item["status"] in ("pass", "inconclusive")}


def check_build(attack: Attack, result: Fight) -> None:
    compiles = attack.header.get("compiles", "yes")
    if compiles == "yes" or compiles == "no in the sandbox" and no_sandbox():
        assert not result.built.error
    elif compiles != "either":
        assert result.built.error
        assert attack.header.get("says", "") in result.built.error
    assert all(printable(item.message) for item in result.first_items)


def check_run(attack: Attack, run: Run, wall: str) -> None:
    own = {name: item for (exercise, name), item in run.items.items() if exercise == attack.exercise.name}
    values = {name: item for name, item in own.items() if item["stage"] == "parity"}
    assert set(values) == set(attack.exercise.points), "the judge did not get to all items"
    assert "error" not in {item["status"] for item in own.values()}, own
    # What only the sandbox keeps from the compiler compiles without one; there the legality stage is the only wall.
    reads_files = no_sandbox() and "/solutions/softmax_batch.cpp" in attack.text
    if attack.header.get("run time") != "any" and not reads_files:
        assert earned(values) == attack.earns("run time"), own
    assert earned(run.graded) == attack.earns("graded"), run.graded
    for name in attack.exercise.speed if "speed" in attack.header else ():
        assert own[name]["status"] == "fail", own[name]
    failed = [item["message"] for item in own.values() if item["status"] not in ("pass", "inconclusive")]
    if failed and "says" in attack.header:
        assert any(words in failed[0] for words in attack.header["says"].split(" | ")), failed[0]
    assert all(printable(item["message"]) for item in run.graded.values())
    honest = {item["status"] for (exercise, _), item in run.items.items() if exercise == attack.neighbour}
    assert honest == {"pass"}, "an honest function lost its marks"
    if wall == "sandbox" or "without the sandbox" not in attack.header:
        assert "REACHED" not in run.printed, run.printed
    assert run.left == []
    patience = 20 * len(values) + (60 if "speed" in attack.header else 20)
    assert run.seconds < patience, "no call may take longer than its limit of 10 s"


def printable(text: str) -> bool:
    return all(character.isprintable() for character in text)


@pytest.mark.thorough(one_of_each=lambda name, wall: wall)
@pytest.mark.parametrize("wall", WALLS)
@pytest.mark.parametrize("name", attacks())
def test_attack(name: str, wall: str, fights: dict[str, Future]) -> None:
    if wall == "sandbox" and no_sandbox():
        pytest.skip(no_sandbox())
    result: Fight = fights[name].result()
    check_build(attacks()[name], result)
    if wall in result.runs:
        check_run(attacks()[name], result.runs[wall], wall)


def test_what_is_left_behind_is_seen(tmp_path: Path) -> None:
    assert left_behind(tmp_path, tmp_path) == []
    (tmp_path / "file").touch()
    code = "import time; print(flush=True); time.sleep(60)"
    sleeper = subprocess.Popen([sys.executable, "-c", code, tmp_path], stdout=subprocess.PIPE)
    sleeper.stdout.readline()  # until it has started, its command line is empty
    try:
        kinds = [found.split(":")[0] for found in left_behind(tmp_path, tmp_path)]
    finally:
        sleeper.kill()
        sleeper.wait()
    assert kinds == ["a process", "a file"]


def test_there_are_enough() -> None:
    assert len(attacks()) >= 60
    assert all("case" in attack.header for attack in attacks().values())
