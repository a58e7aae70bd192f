"""Where the lab is, and what CMake has built, from lab.json in the build folder. It decides nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from grader.common.language import _
from grader.common.tool import UserError

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Build:
    """What CMake built, from lab.json in the build folder."""

    folder: Path
    compiler: str
    flags: tuple[str, ...]
    diagnostics: tuple[str, ...]  # the flags of submissions beside: what g++ says of them, and how
    clang_flags: tuple[str, ...]  # those by which libclang reads the headers that the compiler reads
    libraries: tuple[str, ...]  # Armadillo's, to link a program with
    places: tuple[str, ...]  # what compiler and programs need that is not where the system has it
    judge: str
    worker: str
    blas_probe: str
    profile: str
    seccomp: bool  # the workers shut themselves in
    worker_objects: str  # the folder of the grader's own objects, which workers load

    @property
    def worker_files(self) -> list[Path]:
        """All that runs in a worker beside a submission."""
        return [Path(self.worker), *sorted(Path(self.worker_objects).glob("*.so"))]


def read_build(folder: Path) -> Build:
    facts = folder / "lab.json"
    if not facts.exists():
        raise UserError(_("{file} is missing: the grader is not built. Type: make grade").format(file=facts))
    table = json.loads(facts.read_text())
    return Build(
        folder=folder, **{key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    )
