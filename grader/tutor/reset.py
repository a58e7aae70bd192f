"""Gives the stub of an exercise back: python3 -m grader.tutor.reset FOLDER --only NAMES. `make reset` calls it.

What was there stays beside it under another name, so nothing is ever lost. A student's copy has the stubs in stubs/,
where `make release` has put them; the instructors' copy makes them of solutions/."""

from __future__ import annotations

import argparse
import sys
from itertools import count
from pathlib import Path

from grader.common.build_facts import ROOT
from grader.common.console import Prose, console_of_80
from grader.common.files import replace_whole
from grader.common.language import _, readable
from grader.common.rubric import Exercise, rubric
from grader.common.tool import UserError, run_tool
from grader.report.tasks import named, tasks_of, words_of

STUBS = Path(__file__).parent / "stubs"


def stub_of(exercise: Exercise) -> bytes:
    kept = STUBS / exercise.file
    if kept.is_file():
        return kept.read_bytes()
    solution = ROOT / "solutions" / exercise.file
    if not solution.is_file():
        says = _("the stub of {file} is not in this copy of the lab: take it from the copy that you were given")
        raise UserError(says.format(file=exercise.file))
    from grader.maintenance.stubs import make_stub  # which a student's copy has not

    return make_stub(solution, "loops").encode()


def wanted(only: str) -> list[Exercise]:
    """The exercises that are named, each by its file: a file goes back as a whole, so that nothing goes unasked."""
    table = rubric()
    if not words_of(only):
        says = _("which exercise? Name it, as in: make reset ONLY=softmax_batch. There are: {known}")
        raise UserError(says.format(known=", ".join(table.exercises)))
    exercises = {exercise.name: exercise for exercise in named(only, table).values()}
    for name in words_of(only):
        owner = next((e for e in exercises.values() if name != e.name and name in tasks_of(e)), None)
        if owner:
            says = _(
                "{name} is one of {count} functions in {file}, which goes back as a whole: make reset ONLY={owner}. "
                "Then copy the others from the file that it keeps"
            )
            names = {"file": owner.file, "owner": owner.name}
            raise UserError(says.format(name=name, count=len(owner.functions), **names))
    return list(exercises.values())


def set_aside(file: Path) -> Path:
    """A copy under the first name that is free; mode x never writes over what is there."""
    content = file.read_bytes()
    for number in count(1):
        copy = file.with_name(f"{file.name}.{number}")
        try:
            with copy.open("xb") as stream:
                stream.write(content)
            return copy
        except FileExistsError:
            continue
    raise AssertionError("count() ends never")


def reset(file: Path, stub: bytes) -> str:
    """Returns what was done, in words."""
    if file.is_dir():
        raise UserError(_("{file} is a folder: remove it, then type make reset again").format(file=file))
    if not file.exists():
        replace_whole(file, stub.decode())
        return _("{file} is the stub again.").format(file=file)
    if file.read_bytes() == stub:
        return _("{file} is the stub already: nothing was changed.").format(file=file)
    kept = set_aside(file)
    replace_whole(file, stub.decode())
    return _("{file} is the stub again. What you had is in {kept}").format(file=file, kept=kept)


def main(arguments: argparse.Namespace) -> None:
    exercises = wanted(arguments.only)
    if not arguments.folder.is_dir():
        raise UserError(_("{folder} is not a folder").format(folder=arguments.folder))
    stubs = [stub_of(exercise) for exercise in exercises]  # all of them, before any file is touched
    for exercise, stub in zip(exercises, stubs):
        console_of_80().print(Prose(readable(reset(arguments.folder / exercise.file, stub))))


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make reset", description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="exercises/")
    parser.add_argument("--only", default="", help="exercises, separated by commas")
    parser.add_argument("--build", type=Path, default=Path("build"), help="the build folder of CMake")
    return parser


if __name__ == "__main__":
    sys.exit(run_tool("reset", parser(), main))
