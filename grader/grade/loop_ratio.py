"""How many times as long as the BLAS floor the loop version takes on this machine: measured once, then kept.

A submission is timed beside the floor, which its neighbours on the machine slow down as they slow down the submission.
The loop version they slow down by another factor, so that a speedup measured against it tells how busy the machine was.
Its time in units of the floor is a fact of processor, BLAS and compiler: the same for every grade on this machine."""

from __future__ import annotations

import hashlib
import json
import statistics
from dataclasses import replace
from pathlib import Path

from grader.common.files import keep, state_of
from grader.common.language import _
from grader.common.rubric import rubric
from grader.common.tool import UserError
from grader.grade.judging import Judge
from grader.machine.blas import processor

EXERCISE = "loops"  # the name of its test cases in grader/judge/checks/speed.cpp


def _key(judge: Judge) -> str:
    files = [Path(judge.lab.judge), *judge.lab.worker_files]
    state = [processor()[0], judge.blas.core, *map(state_of, [judge.blas.file, *files])]
    return hashlib.sha256("\n".join(state).encode()).hexdigest()


def _file(judge: Judge) -> Path:
    return judge.lab.folder / "loop_ratio.json"


def _keep(judge: Judge, found: dict[str, list[float]]) -> dict[str, list[float]]:
    keep(_file(judge), json.dumps({"key": _key(judge), "ratios": found}))
    return found


def measure(judge: Judge) -> dict[str, list[float]]:
    """The ratios loop / floor by the names of the items of speed, from a run that takes about three seconds each."""
    found = replace(judge, launcher=[]).run([EXERCISE], "speed")
    if found.loop_ratios.keys() != rubric().gates.keys():
        raise UserError(_("the loop version could not be timed; grade again, and if that does not help: make doctor"))
    return found.loop_ratios


def ratios(judge: Judge) -> dict[str, list[float]]:
    """Those of the last time, unless the processor, BLAS or the grader's programs changed."""
    kept = _file(judge)
    if kept.exists() and (known := json.loads(kept.read_text()))["key"] == _key(judge):
        return known["ratios"]
    return _keep(judge, measure(judge))


def _corrected(known: dict[str, list[float]], again: dict[str, list[float]], by: float) -> dict[str, list[float]]:
    """The figures that are known, but for those that a busy core made so many times too high.

    Less tells nothing, for what reads memory beside slows down the floor more than the loops, by 7 % where it was seen.
    """
    median = statistics.median
    return {name: again[name] if median(again[name]) * by < median(known[name]) else known[name] for name in known}


def measure_speed(judge: Judge, exercises: list[str]) -> list[dict]:
    """The items of the speed stage, as the judge reports them.

    Where the loop version turns out faster than it is known to be, that was measured on a busy core, which all grades
    would pass on, or the floor is slow just now. It is measured once more; if that confirms it, the lower figure is
    kept, and the speed is judged by that."""
    known = ratios(judge)
    found = replace(judge, loop_ratios=known).run(exercises, "speed")
    if not found.loop_is_faster_by:
        return found.items
    corrected = _corrected(known, measure(judge), min(found.loop_is_faster_by))
    if corrected == known:
        return found.items
    return replace(judge, loop_ratios=_keep(judge, corrected)).run(exercises, "speed").items
