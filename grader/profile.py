"""Profiles the loop version with gprof (step 3).

    python3 -m grader.profile run PROGRAM FOLDER    the build: writes FOLDER/profile.json and FOLDER/profile.log
    python3 -m grader.profile show FOLDER           make profile: prints what was measured

PROGRAM is the training program, built with -pg. Step 3's answers are held against profile.json."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from grader.lab import ROOT

# A line of gprof's flat profile: % time, cumulative seconds, self seconds, perhaps the calls, then the name.
LINE = re.compile(
    r"^\s*(?P<percent>[\d.]+)\s+[\d.]+\s+(?P<seconds>[\d.]+)\s+(?:(?P<calls>\d+)\s.*)?\bloops::(?P<name>\w+)\("
)


def measure(program: Path) -> str:
    """gprof's flat profile of ten epochs on the committed sample."""
    with tempfile.TemporaryDirectory() as folder:
        training = [str(program.resolve()), "--epochs", "10", "--csv", "curves.csv"]
        environment = {"FASHION_MNIST_DIR": str(ROOT / "data" / "sample"), "PATH": "/usr/bin:/bin"}
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
        print(f"grader.profile: gprof shows only {len(profile)} functions of namespace loops", file=sys.stderr)
        return 1
    (folder / "profile.log").write_text(text)
    temporary = folder / "profile.json.new"
    temporary.write_text(json.dumps(profile, indent=1) + "\n")
    temporary.replace(folder / "profile.json")
    return 0


def show(folder: Path) -> int:
    profile = json.loads((folder / "profile.json").read_text())
    table = Table(box=None, padding=(0, 1), header_style="bold")
    table.add_column("self time", justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    for heading in ("self seconds", "calls"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("function of namespace loops", no_wrap=True)
    for row in profile:
        bar = "#" * round(row["percent"] / 5)
        table.add_row(f"{row['percent']:.0f} %", bar, f"{row['self_seconds']:.2f}", f"{row['calls']:,}", row["name"])
    console = Console(width=min(80, Console().width), highlight=False)
    console.print(table)
    console.print("Ten epochs of the loop version on the sample, one image at a time. Self time is")
    console.print(f"without what a function calls. The whole profile is in {folder}/profile.log")
    return 0


def main() -> int:
    if len(sys.argv) == 4 and sys.argv[1] == "run":
        return run(Path(sys.argv[2]), Path(sys.argv[3]))
    if len(sys.argv) == 3 and sys.argv[1] == "show":
        return show(Path(sys.argv[2]))
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
