"""Submissions whose right verdict is known: the answers, slow code, and answers slowed down to just beside each gate.

Called by __main__.py. Their objects are built once for a record, by the grader's flags."""

from __future__ import annotations

import statistics
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

from grader.common.files import replacing
from grader.common.build_facts import ROOT, Build
from grader.common.rubric import Gate, rubric
from grader.grade import loop_ratio
from grader.grade.judging import Judge
from grader.maintenance.reliability.record import Record

SOURCES = Path(__file__).parent
# What anything passes, and nothing passes for being close to BLAS: each gate of the rubric is looked at alone.
NO_GATE = Gate(required_speedup=0.0, required_efficiency=0.0, sufficient_efficiency=1e9)


def timed() -> dict[str, str]:
    """The item of speed of each exercise that has one."""
    return {exercise.name: item for exercise in rubric().required.values() for item in exercise.speed}


@dataclass(frozen=True, eq=False)
class Contestant:
    """A submission with a known verdict for one item; `gates` replaces the rubric's, to look at one at a time."""

    name: str
    exercise: str
    should_pass: bool
    objects: Path
    gates: dict[str, Gate]


def compile_object(lab: Build, source: Path, target: Path, *flags: str) -> None:
    """Unless an earlier run for this record has done it."""
    if target.is_file() and not target.is_symlink():
        return
    target.unlink(missing_ok=True)
    command = [lab.compiler, *lab.flags, "-w", "-shared", *flags, "-I", str(ROOT), "-I", str(ROOT / "reference")]
    with replacing(target) as partial:
        subprocess.run([*command, str(source), "-o", str(partial)], check=True)


def solutions_folder(lab: Build, out: Path, name: str) -> Path:
    """A folder of objects: links to those of the solutions, to be replaced one by one."""
    answers = out / "solutions"
    answers.mkdir(parents=True, exist_ok=True)
    files = [file for exercise in timed() for file in rubric().exercises[exercise].needs]
    for file in files:
        compile_object(lab, ROOT / "solutions" / f"{file}.cpp", answers / f"{file}.so")
    folder = out / name.replace(" ", "-")
    folder.mkdir(exist_ok=True)
    for file in files:
        if not (folder / f"{file}.so").exists():
            (folder / f"{file}.so").symlink_to(answers / f"{file}.so")
    return folder


def measured_item(judge: Judge, contestant: Contestant) -> dict:
    """The item that the judge's speed stage gives."""
    judge = replace(judge, objects=contestant.objects, gates=contestant.gates)
    found = loop_ratio.measure_speed(judge, [contestant.exercise])
    return found[0] if found else {"status": "error"}


def diluted(lab: Build, out: Path, exercise: str, extra: int) -> Path:
    folder = solutions_folder(lab, out, f"{exercise}-{extra}")
    flags = [f"-DEXTRA={extra}", *(["-DDILUTE_TRAINING"] if exercise == "train_sgd_vec" else [])]
    compile_object(lab, SOURCES / "diluted.cpp", folder / f"{exercise}.so", *flags)
    return folder


def speeds(judge: Judge, exercise: str, objects: Path) -> tuple[float, float, float]:
    """Seconds of the loop version, the submission and the floor, with gates that anything passes."""
    gates = {timed()[exercise]: NO_GATE}
    rows = [measured_item(judge, Contestant("", exercise, True, objects, gates))["speed"] for _ in range(5)]
    return tuple(statistics.median(row[f"{who}_seconds"] for row in rows) for who in ("loop", "submission", "floor"))


def calibrate(judge: Judge, lab: Build, out: Path, exercise: str) -> list[tuple[str, float, float, int]]:
    """Gate, its value, factor, and the extra images for each thousand that make a submission so many times as fast as it.

    The value is the rubric's, or less where the answers themselves are not as fast as that on this machine."""
    loop, answer, floor = speeds(judge, exercise, solutions_folder(lab, out, "solutions-only"))
    images = 4000  # about as many as it will be, so that what the objects differ by otherwise hardly counts
    _, more, floor_then = speeds(judge, exercise, diluted(lab, out, exercise, images))
    image = (more * floor / floor_then - answer) / images
    result = []
    for gate, time_at_gate in (("required_speedup", loop), ("required_efficiency", floor)):
        for factor in (0.8, 1.25):
            value = min(getattr(rubric().gates[timed()[exercise]], gate), time_at_gate / (answer * factor))
            seconds = time_at_gate / (value * factor)
            result.append((gate, value, factor, round((seconds - answer) / image)))
    return result


def near_the_gates(judge: Judge, lab: Build, out: Path, exercise: str, record: Record) -> list[Contestant]:
    """Submissions at 0.8 and 1.25 times each gate of the exercise; start the first run on an idle machine."""
    item = timed()[exercise]
    result = []
    for gate, value, factor, extra in record.remember(exercise, lambda: calibrate(judge, lab, out, exercise)):
        name = f"{item} at {factor}x {gate.removeprefix('required_')} {value:.2g}"
        gates = {item: replace(NO_GATE, **{gate: value})}
        result.append(Contestant(name, exercise, factor > 1, diluted(lab, out, exercise, extra), gates))
    return result


def contestants(judge: Judge, lab: Build, out: Path, record: Record) -> list[Contestant]:
    answers = solutions_folder(lab, out, "solutions-only")
    per_image = solutions_folder(lab, out, "per image")
    compile_object(lab, SOURCES / "per_image.cpp", per_image / "train_sgd_vec.so")
    gates = rubric().gates
    result = [Contestant(f"solutions, {item}", e, True, answers, gates) for e, item in timed().items()]
    result.append(Contestant("image by image, training epoch", "train_sgd_vec", False, per_image, gates))
    return result + [c for exercise in timed() for c in near_the_gates(judge, lab, out, exercise, record)]
