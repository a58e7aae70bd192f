"""How far noise moves a speed verdict: make reliability [GRADES=200] prints the rows of RECORD.md.

Grades the speed of submissions whose right verdict is known, many times, on an idle machine and on busy ones. Their
objects are built once, by the grader's flags; only the judge's speed stage runs, as in a grade. Each grade is kept in
build/reliability: run it again after an interruption, or with more GRADES, and it goes on."""

from __future__ import annotations

import argparse
import signal
import statistics
import sys
import time
from dataclasses import replace
from pathlib import Path

from grader.common.build_facts import ROOT, Build, read_build
from grader.common.files import alone_in
from grader.common.progress import Progress
from grader.common.rubric import rubric
from grader.common.tool import run_tool
from grader.grade import judging, loop_ratio
from grader.grade.judging import Judge
from grader.machine.blas import choose
from grader.maintenance.reliability.contestants import SOURCES, Contestant, contestants, measured_item
from grader.maintenance.reliability.hogs import CONDITIONS, hogs, require_hogs
from grader.maintenance.reliability.record import Grade, Record
from grader.maintenance.reliability.table import HEAD, loops, rows


def measured(judge: Judge) -> list[bytes]:
    """All that a grade's speed depends on, the machine apart: when it changes, a new record is begun."""
    files = [Path(judge.lab.judge), *judge.lab.worker_files]
    files += [ROOT / "grader" / "common" / "rubric.py"]  # how `needed` follows from a gate
    files += [Path(module.__file__) for module in (loop_ratio, judging)]
    files += sorted(SOURCES.glob("*.cpp")) + sorted((ROOT / "solutions").glob("*.cpp"))
    facts = [judge.blas.describe(), judge.lab.compiler, *judge.lab.flags, rubric().budget_seconds, rubric().precision]
    facts.append(rubric().gates)
    return [str(fact).encode() for fact in facts] + [file.read_bytes() for file in files]


def grade(judge: Judge, contestant: Contestant, condition: str) -> Grade:
    start = time.monotonic()
    item = measured_item(judge, contestant)
    seconds = time.monotonic() - start
    speed = item.get("speed", {})
    ratio, floor_seconds = (speed.get(name, float("nan")) for name in ("ratio", "floor_seconds"))
    rounds = len(speed.get("floor_samples", []))
    rough = speed.get("rough", False)
    return Grade(condition, contestant.name, item["status"], ratio, seconds, rounds, floor_seconds, rough)


def measure_loops(judge: Judge, condition: str, record: Record) -> None:
    """What a first grade under this condition would keep as the time of the loop version, in units of the floor."""
    start = time.monotonic()
    found = loop_ratio.measure(judge)
    seconds = (time.monotonic() - start) / len(found)
    for item, ratios in found.items():
        record.add(Grade(condition, loops(item), "pass", statistics.median(ratios), seconds))


def measure(judge: Judge, known: list[Contestant], condition: str, grades: int, record: Record) -> None:
    """Grades the submissions in turn until each has so many grades under this condition."""
    missing = {contestant: grades - len(record.of(condition, contestant.name)) for contestant in known}
    rounds = max(0, *missing.values())
    loops_missing = grades // 20 - len(record.of(condition, loops("evaluation")))
    with hogs(condition), Progress(sum(max(0, n) for n in (*missing.values(), loops_missing))) as progress:
        for seed in range(loops_missing):
            progress.step(f"{condition}: loop version")
            measure_loops(replace(judge, seed=seed), condition, record)
        for left in range(rounds, 0, -1):
            for contestant in (contestant for contestant, count in missing.items() if count >= left):
                progress.step(f"{condition}: {contestant.name}")
                record.add(grade(replace(judge, seed=grades - left), contestant, condition))


def fill_the_table(lab: Build, conditions: list[str], grades: int) -> None:
    """Grades until the record has so many of each, and prints the rows of each condition when they are complete."""
    require_hogs(conditions)
    out = lab.folder / "reliability"
    judge = Judge(lab, out, seed=0, blas=choose(lab), launcher=[])
    record = Record(out, measured(judge))
    known = contestants(judge, lab, out / f"objects-{record.key}", record)
    print(f"{judge.blas.describe()}\n\n{HEAD}", flush=True)
    for condition in conditions:
        measure(judge, known, condition, grades, record)
        print(*rows(condition, known, record), sep="\n", flush=True)


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make reliability", description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("--grades", type=int, default=200, help="of each submission under each condition")
    parser.add_argument("--conditions", default=",".join(CONDITIONS), help="some of them, separated by commas")
    return parser


def main(arguments: argparse.Namespace) -> None:
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that the hogs end with it
    lab = read_build(arguments.build.resolve())
    # Two at once would read each other's verdicts, and keep them as their own.
    with alone_in(lab.folder / "reliability", "BUILD"):
        fill_the_table(lab, arguments.conditions.split(","), arguments.grades)


if __name__ == "__main__":
    sys.exit(run_tool("reliability", parser(), main))
