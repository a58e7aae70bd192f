"""Profiles the loop version with gprof, for the check of step 3: python3 -m grader.profile PROGRAM OUTPUT.json

The build runs it once; the grader only reads what it wrote. PROGRAM is the training program, built with -pg."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from grader.lab import ROOT

# A line of gprof's flat profile: % time, cumulative seconds, self seconds, then the name after the calls.
LINE = re.compile(r"^\s*(?P<percent>[\d.]+)\s+[\d.]+\s+(?P<seconds>[\d.]+)\s.*\bloops::(?P<name>\w+)\(")


def flat_profile(program: Path) -> list[dict[str, object]]:
    """The functions of namespace loops with their own seconds, without what they call; the hottest first."""
    with tempfile.TemporaryDirectory() as folder:
        training = [str(program.resolve()), "--epochs", "10", "--csv", "curves.csv"]
        environment = {"FASHION_MNIST_DIR": str(ROOT / "data" / "sample"), "PATH": "/usr/bin:/bin"}
        subprocess.run(training, cwd=folder, env=environment, stdout=subprocess.DEVNULL, check=True)
        gprof = ["gprof", "-b", "-p", str(program.resolve()), "gmon.out"]
        text = subprocess.run(gprof, cwd=folder, capture_output=True, text=True, check=True).stdout
    rows = [LINE.match(line) for line in text.splitlines()]
    return [{"name": r["name"], "self_seconds": float(r["seconds"]), "percent": float(r["percent"])} for r in rows if r]


def main() -> int:
    program, output = map(Path, sys.argv[1:3])
    profile = flat_profile(program)
    if len(profile) < 3:
        print(f"grader.profile: gprof shows only {len(profile)} functions of namespace loops", file=sys.stderr)
        return 1
    temporary = output.with_suffix(".tmp")
    temporary.write_text(json.dumps(profile, indent=1) + "\n")
    temporary.replace(output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
