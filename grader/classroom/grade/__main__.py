"""Grades a class: python3 -m grader.classroom.grade SUBMISSIONS --build DIR --out CLASS. `make class` calls it.

Takes in what was handed in, grades what has changed since the last time, and writes marks and the class's page."""

from __future__ import annotations

import argparse
import importlib.util
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

from grader.classroom.grade import changes, running
from grader.classroom.grade.one import grades_of
from grader.classroom.intake import table
from grader.classroom.intake.taking_in import take_in
from grader.classroom.roster import Roster
from grader.common.build_facts import read_build
from grader.common.files import alone_in, replace_whole
from grader.common.language import _
from grader.common.rubric import rubric
from grader.common.tool import UserError, run_tool
from grader.machine import sandbox

AFTERWARDS = ("grader.classroom.marks", "grader.classroom.page")


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make class", description=__doc__.splitlines()[0])
    parser.add_argument("submissions", help="what a system packed, or a folder of folders or archives")
    parser.add_argument("--build", type=Path, required=True, help="the build folder of CMake")
    parser.add_argument("--out", type=Path, required=True, help="the class's folder")
    parser.add_argument("--worksheet", default="", help="Moodle's worksheet of the assignment")
    return parser


def _keep_seed(out: Path) -> None:
    file = out / "seed"
    if not file.exists():
        replace_whole(file, f"{secrets.randbits(64)}\n")


def _write_marks_and_page(arguments: argparse.Namespace) -> int:
    codes = [0]
    for module in AFTERWARDS:
        if importlib.util.find_spec(module):
            command = [sys.executable, "-m", module, "--build", str(arguments.build), "--out", str(arguments.out)]
            codes.append(subprocess.run(command, check=False).returncode)
    return max(codes)


def _summary(roster: Roster, count: int, seconds: float, out: Path) -> str:
    keys = [entry.key for entry in roster.submissions]
    failed = [key for key in keys if (grades_of(out) / key / "failed.json").exists()]
    graded = [key for key in keys if (grades_of(out) / key / "report.json").exists()]
    says = _("{graded} graded, {failed} could not be graded; {count} graded just now in {minutes:.1f} min")
    text = says.format(graded=len(graded), failed=len(failed), count=count, minutes=seconds / 60)
    return text + (_(", {speed:.1f} a minute").format(speed=60 * count / seconds) if count and seconds else "")


def main(arguments: argparse.Namespace) -> int:
    if not arguments.submissions:
        raise UserError(_("what is to be graded? Type, for one: make class SUBMISSIONS=folder"))
    if not shutil.which("snakemake"):
        raise UserError(_("there is no Snakemake here, which runs a class. Type: make setup class"))
    rubric()  # says what is wrong with it once, and not for each submission
    sandbox.require(read_build(arguments.build.resolve()))
    worksheet = Path(arguments.worksheet) if arguments.worksheet else None
    with alone_in(arguments.out):
        taken = take_in(Path(arguments.submissions), arguments.out, worksheet)
        table.show(taken)
        _keep_seed(arguments.out)
        wanted = changes.stale(taken.roster, arguments.out)
        print(_(" {count} to be graded").format(count=len(wanted)), flush=True)
        seconds = running.run([entry.key for entry in wanted], arguments.build, arguments.out) if wanted else 0.0
        changes.show(changes.changes(taken.roster, arguments.out))
        print(" " + _summary(taken.roster, len(wanted), seconds, arguments.out), flush=True)
        return _write_marks_and_page(arguments)


if __name__ == "__main__":
    sys.exit(run_tool("class", parser(), main))
