"""Packs the autograder for Gradescope: python3 -m grader.classroom.autograder.pack --out gradescope.zip

`make gradescope` calls it. The zip has setup.sh and run_autograder at its root and the lab in lab/, without the answers:
grading needs none."""

from __future__ import annotations

import argparse
import subprocess
import sys
import zipfile
from pathlib import Path

from grader.common.build_facts import ROOT
from grader.common.files import replacing
from grader.common.language import _, readable
from grader.common.tool import UserError, run_tool

FOLDER = Path(__file__).parent
AT_ROOT = ("setup.sh", "run_autograder")
LEFT_OUT = ("solutions/", "grader/tests/", "grader/maintenance/reliability/", ".devcontainer/", ".vscode/", ".ci/")
LEFT_OUT += ("grader/experiments/ablation/steps.", "grader/experiments/bench/eigen.cpp")  # answers, too
LEFT_OUT += ("grader/experiments/bench/written_out.py",)
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same bytes from the same files


def _files() -> list[str]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    names = [name for name in done.stdout.decode("utf-8", "surrogateescape").split("\0") if name]
    if done.returncode or not names:
        says = _("{folder} is no checkout of git, by which the files of the lab are known: clone it, and pack there")
        raise UserError(says.format(folder=ROOT))
    return sorted(name for name in names if not name.startswith(LEFT_OUT) and (ROOT / name).is_file())


def _add(archive: zipfile.ZipFile, name: str, source: Path) -> None:
    entry = zipfile.ZipInfo(name, LONG_AGO)
    entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
    executable = name in AT_ROOT or source.stat().st_mode & 0o100
    entry.external_attr = (0o100755 if executable else 0o100644) << 16
    archive.writestr(entry, source.read_bytes())


def pack(file: Path) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    with replacing(file) as partial, zipfile.ZipFile(partial, "w") as archive:
        for name in AT_ROOT:
            _add(archive, name, FOLDER / name)
        for name in _files():
            _add(archive, f"lab/{name}", ROOT / name)
    return file


def main(arguments: argparse.Namespace) -> None:
    print(readable(str(pack(arguments.out))))
    print(_("Gradescope: Configure Autograder > upload it; Ubuntu 24.04 or newer; Container: 2 CPU, 3 GB"))


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make gradescope", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="the zip to write")
    parser.add_argument("--build", type=Path, default=Path("build"), help="the build folder of CMake")
    return parser


if __name__ == "__main__":
    sys.exit(run_tool("gradescope", parser(), main))
