"""Grades a class: python3 -m grader.classroom.grade SUBMISSIONS --build DIR --out CLASS. `make class` calls it.

Takes in what was handed in, grades what has changed since the last time, and writes marks and the class's page."""

from __future__ import annotations

import argparse
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

from grader.classroom.grade import changes, pages, running, state
from grader.classroom.grade.one import grades_of
from grader.classroom.grade.part import at_work, part_of
from grader.classroom.intake import table
from grader.classroom.intake.taking_in import submissions_of, take_in
from grader.classroom.roster import Entry
from grader.common.build_facts import read_build
from grader.common.files import in_turn, replace_whole
from grader.common.language import _, readable
from grader.common.rubric import rubric
from grader.common.tool import UserError, run_tool
from grader.common.wrap import fill
from grader.machine import sandbox

AFTERWARDS = ("grader.classroom.marks", "grader.classroom.page")


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make class", description=__doc__.splitlines()[0])
    parser.add_argument("submissions", help="what a system packed, or a folder of folders or archives")
    parser.add_argument("--build", type=Path, required=True, help="the build folder of CMake")
    parser.add_argument("--out", type=Path, required=True, help="the class's folder")
    parser.add_argument("--worksheet", default="", help="Moodle's worksheet of the assignment")
    parser.add_argument("--part", default="", help="such as 1/4: the first of four, for the first of four machines")
    return parser


def _keep_seed(out: Path) -> None:
    """The seed of the class: drawn from all that was handed in, so that it is the same where a part of the class has a
    folder of its own, and that nobody can hand in what was made for it."""
    file, submissions = out / "seed", submissions_of(out)
    if not file.exists():
        replace_whole(file, f"{int(state.digest(submissions.glob('*/*'), submissions), 16)}\n")


def _write_marks_and_page(arguments: argparse.Namespace) -> int:
    codes = [0]
    for module in AFTERWARDS:
        if importlib.util.find_spec(module):
            command = [sys.executable, "-m", module, "--build", str(arguments.build), "--out", str(arguments.out)]
            codes.append(subprocess.run(command, check=False).returncode)
    return max(codes)


def _summary(entries: list[Entry], count: int, seconds: float, out: Path) -> str:
    keys = [entry.key for entry in entries]
    failed = [key for key in keys if (grades_of(out) / key / "failed.json").exists()]
    graded = [key for key in keys if (grades_of(out) / key / "report.json").exists()]
    says = _("{graded} graded, {failed} could not be graded; {count} graded just now in {minutes:.1f} min")
    text = says.format(graded=len(graded), failed=len(failed), count=count, minutes=seconds / 60)
    return text + (_(", {speed:.1f} a minute").format(speed=60 * count / seconds) if count and seconds else "")


def main(arguments: argparse.Namespace) -> int:
    if not arguments.submissions:
        raise UserError(_("what is to be graded? Type, for one: make class SUBMISSIONS=folder"))
    part, out = part_of(arguments.part), arguments.out
    if not shutil.which("snakemake"):
        raise UserError(_("there is no Snakemake here, which runs a class. Type: make setup class"))
    rubric()  # says what is wrong with it once, and not for each submission
    sandbox.require(read_build(arguments.build.resolve()))
    worksheet = Path(arguments.worksheet) if arguments.worksheet else None
    with at_work(out, part):
        with in_turn(out):
            taken = take_in(Path(arguments.submissions), out, worksheet)
            _keep_seed(out)
        table.show(taken)
        wanted = changes.stale(taken.roster, out, part)
        for line in changes.announcement(wanted, out):
            print(fill(line), flush=True)
        keys = [entry.key for entry in wanted]
        seconds = running.run(keys, arguments.build, out, part.folder(out)) if wanted else 0.0
        if part.is_all:
            changes.show(changes.changes(taken.roster, out))
        mine = [entry for entry in taken.roster.submissions if part.has(entry)]
        print(" " + _summary(mine, len(wanted), seconds, out), flush=True)
        if part.is_all:
            for line in pages.translate(taken.roster.submissions, out):
                print(fill(readable(line)), flush=True)
            return _write_marks_and_page(arguments)
        print(_(" When all parts have ended, the same command without PART= joins them"))
        return 0


if __name__ == "__main__":
    sys.exit(run_tool("class", parser(), main))
