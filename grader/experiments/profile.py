"""Where a version spends its time (step 3).

    python3 -m grader.experiments.profile run PROGRAM FOLDER    the build: writes profile.json and gprof.log there
    python3 -m grader.experiments.profile show FOLDER VERSION   make profile: measures, prints, writes profile.log

PROGRAM is the training program of the loop version, built with -pg. Step 3's answers are held against profile.json;
what `show` measures with perf or callgrind is for reading only."""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from grader.common.build_facts import ROOT, read_build
from grader.common.files import replace_whole
from grader.common.language import Count, _, marked
from grader.common.progress import Progress
from grader.common.tool import UserError, run_tool
from grader.common.wrap import fill
from grader.experiments import profile_tools
from grader.experiments.profile_tools import Profile, Row
from grader.experiments.versions import VERSIONS, why
from grader.report.item import printable
from grader.machine.blas import choose

SAMPLE = ROOT / "data" / "sample"
EPOCHS = 10
SMALLEST = 0.005  # share of a row that is shown

# A line of gprof's flat profile: % time, cumulative seconds, self seconds, perhaps the calls, then the name.
LINE = re.compile(
    r"^\s*(?P<percent>[\d.]+)\s+[\d.]+\s+(?P<seconds>[\d.]+)\s+(?:(?P<calls>\d+)\s.*)?\bloops::(?P<name>\w+)\("
)


def measure(program: Path) -> str:
    """gprof's flat profile of ten epochs on the committed sample."""
    with tempfile.TemporaryDirectory() as folder:
        training = [str(program.resolve()), "--epochs", str(EPOCHS), "--csv", "curves.csv"]
        environment = {"FASHION_MNIST_DIR": str(SAMPLE), "PATH": "/usr/bin:/bin"}
        subprocess.run(training, cwd=folder, env=environment, stdout=subprocess.DEVNULL, check=True)
        gprof = ["gprof", "-b", "-p", str(program.resolve()), "gmon.out"]
        return subprocess.run(gprof, cwd=folder, capture_output=True, text=True, check=True).stdout


def functions(flat_profile: str) -> list[dict]:
    """The functions of namespace loops with their own seconds, without what they call; the hottest first."""
    rows = [match for line in flat_profile.splitlines() if (match := LINE.match(line))]
    return [
        {
            "name": row["name"],
            "self_seconds": float(row["seconds"]),
            "percent": float(row["percent"]),
            "calls": int(row["calls"] or 0),
        }
        for row in rows
    ]


def run(program: Path, folder: Path) -> int:
    text = measure(program)
    profile = functions(text)
    if len(profile) < 3:
        print(
            f"grader.experiments.profile: gprof shows only {len(profile)} functions of namespace loops", file=sys.stderr
        )
        return 1
    (folder / "gprof.log").write_text(text)
    replace_whole(folder / "profile.json", json.dumps(profile, indent=1) + "\n")
    return 0


def gprof(folder: Path) -> Profile:
    """What the build has measured of the loop version."""
    found = json.loads((folder / "profile.json").read_text())
    rows = [Row(f"loops::{row['name']}", row["percent"] / 100, row["calls"]) for row in found]
    return Profile("gprof", marked("self time"), EPOCHS, rows, (folder / "gprof.log").read_text())


def measured(folder: Path, version: str) -> Profile:
    """By perf where it works; else by gprof, or by callgrind where the time goes into libraries."""
    lab = read_build(folder.resolve())
    environment = {**os.environ, **choose(lab).environment(), "FASHION_MNIST_DIR": str(SAMPLE)}
    program, title = folder / VERSIONS[version].program, VERSIONS[version].title
    with Progress(3) as progress:
        progress.step(_("trying {version}").format(version=title))
        settings = {"env": environment, "capture_output": True, "text": True, "errors": "replace"}
        trial = subprocess.run([program, "--epochs", "1"], **settings)
        if trial.returncode != 0:
            raise UserError(why(title, trial.returncode, trial.stderr))
        progress.step(_("measuring with perf"))
        # A vectorised epoch is short: the more of them, the more samples.
        if profile := profile_tools.perf(program, EPOCHS if version == "loop" else 6 * EPOCHS, environment):
            return profile
        if version == "loop":
            return gprof(folder)
        progress.step(_("perf does not work here; counting with callgrind, half a minute"))
        if profile := profile_tools.callgrind(program, environment):
            return profile
    raise UserError(_("neither perf nor valgrind works here. To install one, type: sudo apt-get install valgrind"))


def show(folder: Path, version: str) -> int:
    profile = measured(folder, version)
    (folder / "profile.log").write_text(profile.text)
    counted = any(row.calls is not None for row in profile.rows)
    table = Table(box=None, padding=(0, 1), header_style="bold")
    table.add_column(_(profile.measured), justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    if counted:
        table.add_column(_("calls"), justify="right", no_wrap=True)
    table.add_column(_("function"), no_wrap=True)
    for row in profile.rows:
        if row.share < SMALLEST and not counted:
            break
        calls = [f"{Count(row.calls or 0):,}"] if counted else []
        table.add_row(f"{row.share:.1%}", "#" * round(20 * row.share), *calls, printable(row.name))
    console = Console(width=min(80, Console().width), highlight=False, markup=False)
    console.print(table)
    told = _(
        "{epochs} epochs of {version} on the sample, measured by {tool}. What a function calls is not counted as its "
        "own. All of it is in {log}"
    )
    names = {"version": VERSIONS[version].title, "tool": profile.tool, "log": folder / "profile.log"}
    text = told.format(epochs=profile.epochs, **names)
    console.print(fill(text))
    return 0


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="grader.experiments.profile", description="Where a version spends its time.")
    modes = parser.add_subparsers(dest="mode", required=True)
    of_build = modes.add_parser("run", help="the build: writes profile.json and gprof.log")
    of_build.add_argument("program", type=Path, help="that of the loop version, built with -pg")
    of_build.add_argument("build", type=Path)
    to_read = modes.add_parser("show", help="make profile: measures, prints, writes profile.log")
    to_read.add_argument("build", type=Path)
    to_read.add_argument("version", choices=VERSIONS)
    return parser


def main(arguments: argparse.Namespace) -> int:
    if arguments.mode == "run":
        return run(arguments.program, arguments.build)
    return show(arguments.build, arguments.version)


if __name__ == "__main__":
    sys.exit(run_tool("profile", parser(), main))
