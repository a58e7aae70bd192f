"""Runs one program of the grader on a submission's file, the compiler for one, within limits of time and size.

Called by build.py; what the program prints is kept to what is worth reading."""

from __future__ import annotations

import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

CPU_SECONDS = 60
WALL_SECONDS = 120
MEMORY = 4 << 30
LARGEST_OUTPUT = 64 << 20
KEPT_OUTPUT = 64 << 10


@dataclass(frozen=True)
class Result:
    code: int
    output: str
    errors: str


def run(command: list[str], folder: Path) -> Result:
    """Runs `command` in `folder`. A program that takes too long counts as failed and says so in its errors."""
    limits = [f"--cpu={CPU_SECONDS}", f"--as={MEMORY}", f"--fsize={LARGEST_OUTPUT}", "--core=0"]
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        try:
            code = subprocess.run(
                ["prlimit", *limits, "--", *command],
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=errors,
                timeout=WALL_SECONDS,
            ).returncode
        except subprocess.TimeoutExpired:
            return Result(-1, "", f"took longer than {WALL_SECONDS} s")
        texts = []
        for file in (output, errors):
            file.seek(0)
            texts.append(file.read(KEPT_OUTPUT).decode(errors="replace"))
        return Result(code, *texts)
