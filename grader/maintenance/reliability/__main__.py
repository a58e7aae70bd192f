"""How far noise moves a speed verdict: make reliability [GRADES=200] prints the table of grader/TRUST.md.

Grades the speed of submissions whose right verdict is known, many times, on an idle machine and on busy ones. Their
objects are built once, by the grader's flags; only the judge's speed stage runs, as in a grade. Each grade is kept in
build/reliability: run it again after an interruption, or with more GRADES, and it goes on."""

from __future__ import annotations

import argparse
import signal
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

from grader.common.build_facts import ROOT, Build, read_build
from grader.common.progress import Progress
from grader.common.rubric import rubric
from grader.common.tool import UserError
from grader.grade import judging, loop_ratio
from grader.grade.judging import Judge
from grader.machine.blas import choose
from grader.maintenance.reliability.hogs import CONDITIONS, hogs, require_hogs
from grader.maintenance.reliability.record import Grade, Record
from grader.report.report_json import alone_in

SOURCES = Path(__file__).parent
FILES = ("softmax_batch", "cross_entropy_loss_batch", "grad_batch", "train_sgd_vec", "evaluate")
# What anything passes, and nothing passes for being close to BLAS: each gate of the rubric is looked at alone.
NO_GATES = {"required_speedup": 0.0, "required_efficiency": 0.0, "sufficient_efficiency": 1e9}
ITEMS = {"train_sgd_vec": "training epoch", "evaluate": "evaluation"}
LOOPS = {item: f"loop version / BLAS floor, {item}" for item in ITEMS.values()}


@dataclass(frozen=True, eq=False)
class Contestant:
    """A submission with a known verdict for one item; `gates` replaces the rubric's, to look at one at a time."""

    name: str
    exercise: str
    should_pass: bool
    objects: Path
    gates: dict[str, dict[str, float]]


def measured(judge: Judge) -> list[bytes]:
    """All that a grade's speed depends on, the machine apart: when it changes, a new record is begun."""
    files = [Path(judge.lab.judge), *judge.lab.worker_files]
    files += [Path(module.__file__) for module in (loop_ratio, judging)]
    files += sorted(SOURCES.glob("*.cpp")) + sorted((ROOT / "solutions").glob("*.cpp"))
    facts = [judge.blas.describe(), judge.lab.compiler, *judge.lab.flags, rubric().budget_seconds, rubric().precision]
    facts.append(rubric().gates)
    return [str(fact).encode() for fact in facts] + [file.read_bytes() for file in files]


def compile_object(lab: Build, source: Path, target: Path, *flags: str) -> None:
    """Unless an earlier run for this record has done it."""
    if target.is_file() and not target.is_symlink():
        return
    target.unlink(missing_ok=True)
    partial = target.with_suffix(".new")
    command = [lab.compiler, *lab.flags, "-w", "-shared", *flags, "-I", str(ROOT), "-I", str(ROOT / "reference")]
    subprocess.run([*command, str(source), "-o", str(partial)], check=True)
    partial.replace(target)


def solutions_folder(lab: Build, out: Path, name: str) -> Path:
    """A folder of objects: links to those of the solutions, to be replaced one by one."""
    answers = out / "solutions"
    answers.mkdir(parents=True, exist_ok=True)
    for file in FILES:
        compile_object(lab, ROOT / "solutions" / f"{file}.cpp", answers / f"{file}.so")
    folder = out / name.replace(" ", "-")
    folder.mkdir(exist_ok=True)
    for file in FILES:
        if not (folder / f"{file}.so").exists():
            (folder / f"{file}.so").symlink_to(answers / f"{file}.so")
    return folder


def race(judge: Judge, contestant: Contestant) -> dict:
    """The item that the judge's speed stage gives."""
    judge = replace(judge, objects=contestant.objects, gates=contestant.gates)
    found = loop_ratio.race(judge, [contestant.exercise])
    return found[0] if found else {"status": "error"}


def grade(judge: Judge, contestant: Contestant, condition: str) -> Grade:
    start = time.monotonic()
    item = race(judge, contestant)
    seconds = time.monotonic() - start
    speed = item.get("speed", {})
    ratio, floor_seconds = (speed.get(name, float("nan")) for name in ("ratio", "floor_seconds"))
    rounds = len(speed.get("floor_samples", []))
    rough = speed.get("rough", False)
    return Grade(condition, contestant.name, item["status"], ratio, seconds, rounds, floor_seconds, rough)


def diluted(lab: Build, out: Path, exercise: str, extra: int) -> Path:
    folder = solutions_folder(lab, out, f"{exercise}-{extra}")
    flags = [f"-DEXTRA={extra}", *(["-DDILUTE_TRAINING"] if exercise == "train_sgd_vec" else [])]
    compile_object(lab, SOURCES / "diluted.cpp", folder / f"{exercise}.so", *flags)
    return folder


def speeds(judge: Judge, exercise: str, objects: Path) -> tuple[float, float, float]:
    """Seconds of the loop version, the submission and the floor, with gates that anything passes."""
    gates = {ITEMS[exercise]: NO_GATES}
    rows = [race(judge, Contestant("", exercise, True, objects, gates))["speed"] for _ in range(5)]
    return tuple(statistics.median(row[f"{who}_seconds"] for row in rows) for who in ("loop", "submission", "floor"))


def calibrate(judge: Judge, lab: Build, out: Path, exercise: str) -> list[tuple[str, float, float, int]]:
    """Gate, its value, factor, and how many images more for each thousand make a submission that many times as fast as the gate here.

    The value is the rubric's, or less where the answers themselves are not as fast as that on this machine."""
    loop, answer, floor = speeds(judge, exercise, solutions_folder(lab, out, "solutions-only"))
    images = 4000  # about as many as it will be, so that what the objects differ by otherwise hardly counts
    _, more, floor_then = speeds(judge, exercise, diluted(lab, out, exercise, images))
    image = (more * floor / floor_then - answer) / images
    result = []
    for gate, time_at_gate in (("required_speedup", loop), ("required_efficiency", floor)):
        for factor in (0.8, 1.25):
            value = min(rubric().gates[ITEMS[exercise]][gate], time_at_gate / (answer * factor))
            seconds = time_at_gate / (value * factor)
            result.append((gate, value, factor, round((seconds - answer) / image)))
    return result


def near_the_gates(judge: Judge, lab: Build, out: Path, exercise: str, record: Record) -> list[Contestant]:
    """Submissions at 0.8 and 1.25 times each gate of the exercise; start the first run on an idle machine."""
    item = ITEMS[exercise]
    result = []
    for gate, value, factor, extra in record.remember(exercise, lambda: calibrate(judge, lab, out, exercise)):
        name = f"{item} at {factor}x {gate.removeprefix('required_')} {value:.2g}"
        gates = {item: {**NO_GATES, gate: value}}
        result.append(Contestant(name, exercise, factor > 1, diluted(lab, out, exercise, extra), gates))
    return result


def contestants(judge: Judge, lab: Build, out: Path, record: Record) -> list[Contestant]:
    answers = solutions_folder(lab, out, "solutions-only")
    per_image = solutions_folder(lab, out, "per image")
    compile_object(lab, SOURCES / "per_image.cpp", per_image / "train_sgd_vec.so")
    gates = rubric().gates
    result = [Contestant(f"solutions, {ITEMS[e]}", e, True, answers, gates) for e in ITEMS]
    result.append(Contestant("image by image, training epoch", "train_sgd_vec", False, per_image, gates))
    return result + [c for exercise in ITEMS for c in near_the_gates(judge, lab, out, exercise, record)]


def printed(grades: list[Grade]) -> list[float]:
    """The speedups that the reports show."""
    return [g.ratio for g in grades if g.ratio == g.ratio] or [float("nan")]


def row(condition: str, name: str, wrong_status: str, grades: list[Grade]) -> str:
    counts = [sum(g.status == status for g in grades) for status in (wrong_status, "inconclusive", "error")]
    counts.append(sum(g.rough for g in grades))
    ratios, but_rough = printed(grades), printed([g for g in grades if not g.rough])
    figures = [statistics.median(ratios), max(ratios) / min(ratios), max(but_rough) / min(but_rough)]
    seconds = statistics.median(g.seconds for g in grades)
    cells = [condition, name, len(grades), *counts, *(f"{figure:.2f}" for figure in figures), f"{seconds:.1f}"]
    return f"| {' | '.join(map(str, cells))} |"


def rows(condition: str, known: list[Contestant], record: Record) -> list[str]:
    submissions = [(c.name, "fail" if c.should_pass else "pass") for c in known]
    measured = [(name, "", record.of(condition, name)) for name in LOOPS.values()]
    measured += [(name, wrong, record.of(condition, name)) for name, wrong in submissions]
    return [row(condition, name, wrong, grades) for name, wrong, grades in measured if grades]


def measure_loops(judge: Judge, condition: str, record: Record) -> None:
    """What a first grade under this condition would keep as the time of the loop version, in units of the floor."""
    start = time.monotonic()
    found = loop_ratio.measure(judge)
    seconds = (time.monotonic() - start) / len(found)
    for item, ratios in found.items():
        record.add(Grade(condition, LOOPS[item], "pass", statistics.median(ratios), seconds))


def measure(judge: Judge, known: list[Contestant], condition: str, grades: int, record: Record) -> None:
    """Grades the submissions in turn until each has so many grades under this condition."""
    missing = {contestant: grades - len(record.of(condition, contestant.name)) for contestant in known}
    rounds = max(0, *missing.values())
    loops_missing = grades // 20 - len(record.of(condition, LOOPS["evaluation"]))
    with hogs(condition), Progress(sum(max(0, n) for n in (*missing.values(), loops_missing))) as progress:
        for seed in range(loops_missing):
            progress.step(f"{condition}: loop version")
            measure_loops(replace(judge, seed=seed), condition, record)
        for left in range(rounds, 0, -1):
            for contestant in (contestant for contestant, count in missing.items() if count >= left):
                progress.step(f"{condition}: {contestant.name}")
                record.add(grade(replace(judge, seed=grades - left), contestant, condition))


COLUMNS = "condition submission grades wrong inconclusive error rough speedup max/min but_rough seconds".split()
HEAD = f"| {' | '.join(COLUMNS).replace('_', ' ')} |\n{'|---' * len(COLUMNS)}|"


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


def main() -> int:
    parser = argparse.ArgumentParser(prog="make reliability", description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("--grades", type=int, default=200, help="of each submission under each condition")
    parser.add_argument("--conditions", default=",".join(CONDITIONS), help="some of them, separated by commas")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that the hogs end with it
    lab = read_build(arguments.build.resolve())
    try:
        # Two at once would read each other's verdicts, and keep them as their own.
        with alone_in(lab.folder / "reliability", "BUILD"):
            fill_the_table(lab, arguments.conditions.split(","), arguments.grades)
    except UserError as error:
        print(f"reliability: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
