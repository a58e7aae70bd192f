"""How many times as long as the BLAS floor the loop version takes on this machine: measured once, then kept.

A submission is timed beside the floor, which its neighbours on the machine slow down as they slow down the submission.
The loop version they slow down by another factor, so that a speedup measured against it tells how busy the machine was.
Its time in units of the floor is a fact of processor, BLAS and compiler: the same for every grade on this machine."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import replace
from pathlib import Path

from grader.blas import processor
from grader.judging import Judge
from grader.lab import UserError
from grader.language import _

EXERCISE = "loops"  # the name of its test cases in grader/checks/speed.cpp


def _key(judge: Judge) -> str:
    files = [Path(file) for file in (judge.lab.judge, judge.lab.worker, *judge.lab.worker_objects)]
    state = [processor()[0], judge.blas.file, judge.blas.core]
    state += [f"{file} {os.stat(file).st_size} {os.stat(file).st_mtime_ns}" for file in files]
    return hashlib.sha256("\n".join(state).encode()).hexdigest()


def measure(judge: Judge) -> dict[str, list[float]]:
    """The ratios loop / floor by the names of the items of speed, from a run that takes about three seconds each."""
    found = replace(judge, launcher=[]).run([EXERCISE], "speed")
    if not found or any("ratios" not in item for item in found):
        raise UserError(_("the loop version could not be timed; grade again, and if that does not help: make doctor"))
    return {item["name"]: item["ratios"] for item in found}


def ratios(judge: Judge) -> dict[str, list[float]]:
    """Those of the last time, unless the processor, BLAS or the grader's programs changed."""
    key = _key(judge)
    kept = judge.lab.folder / "loop_version.json"
    if kept.exists() and (known := json.loads(kept.read_text()))["key"] == key:
        return known["ratios"]
    result = measure(judge)
    temporary = kept.with_suffix(f".{os.getpid()}")
    temporary.write_text(json.dumps({"key": key, "ratios": result}))
    temporary.replace(kept)
    return result
