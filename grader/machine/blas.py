"""Which BLAS is linked, and with which kernels it is fastest: python3 -m grader.machine.blas --build DIR prints it.

OpenBLAS picks its kernels by the processor's model number, and an older one takes a newer processor for an ancient
one. So each kind that the processor supports is timed once, and the fastest goes into every worker's environment.
Called by grade.py; never picks kernels that the processor cannot run, and leaves a value that the user set alone."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from grader.common.build_facts import Build, read_build
from grader.common.files import keep, state_of
from grader.common.language import _, marked
from grader.common.tool import UserError, run_tool

VARIABLE = "OPENBLAS_CORETYPE"
CHOOSERS = {"grader": marked("the grader"), "user": marked("the user"), "library": marked("the library")}
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
# What each kind of kernel needs of the processor, in the words of /proc/cpuinfo.
AVX512 = {"avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl", "avx2", "fma"}
NEEDS = {
    "SapphireRapids": AVX512 | {"avx512_bf16", "amx_tile", "amx_bf16"},
    "Cooperlake": AVX512 | {"avx512_bf16"},
    "SkylakeX": AVX512,
    "Zen": {"avx2", "fma", "sse4a"},
    "Haswell": {"avx2", "fma"},
    "Sandybridge": {"avx"},
    "Nehalem": {"sse4_2"},
}


@dataclass(frozen=True)
class Blas:
    library: str  # what to call it in a report
    file: str
    core: str  # the kernels, as OpenBLAS names them; empty for another library
    chosen_by: str  # "grader", "user", or "library" when there was nothing to choose
    seconds_per_batch: float

    @property
    def is_slow(self) -> bool:
        return "reference" in self.library

    def environment(self) -> dict[str, str]:
        """The variables of a program that computes with one thread and these kernels."""
        return {**ONE_THREAD, **({VARIABLE: self.core} if self.core else {})}

    def describe(self) -> str:
        if not self.core:
            return _("{library}, one thread").format(library=_(self.library))
        text = _("{library}, {core} kernels (chosen by {chooser}), one thread")
        return text.format(library=_(self.library), core=self.core, chooser=_(CHOOSERS[self.chosen_by]))


def processor() -> tuple[str, set[str]]:
    """The processor's name and its features."""
    facts: dict[str, str] = {}
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        key, value = line.partition(":")[::2]
        facts.setdefault(key.strip(), value.strip())
    return facts.get("model name", "unknown"), set(facts.get("flags", "").split())


def _probe(program: str, core: str) -> dict | None:
    """What the probe says with these kernels (empty: the library's own choice); None when it cannot run with them."""
    libraries = os.environ.get("LD_LIBRARY_PATH", "")
    environment = {"LD_LIBRARY_PATH": libraries, **ONE_THREAD, **({VARIABLE: core} if core else {})}
    try:
        result = subprocess.run([program], env=environment, capture_output=True, text=True, timeout=20)
    except subprocess.TimeoutExpired:
        return None
    if result.returncode != 0:
        return None
    facts = dict(line.split(" ", 1) for line in result.stdout.splitlines())
    return {**facts, "seconds_per_batch": float(facts["seconds_per_batch"])}


def _name(facts: dict) -> str:
    if facts["config"]:
        return " ".join(facts["config"].split()[:2])
    path = os.path.realpath(facts["file"])
    return marked("the slow reference BLAS") if "/blas/" in path else Path(path).name


def _choose(program: str) -> Blas:
    own = _probe(program, "")
    if own is None:
        message = _("the program that times BLAS does not run; type: make doctor, or build again (make clean grade)")
        raise UserError(message)
    user = os.environ.get(VARIABLE, "")
    if user and (facts := _probe(program, user)):
        return Blas(_name(facts), facts["file"], facts["core"], "user", facts["seconds_per_batch"])
    if not own["config"]:
        return Blas(_name(own), own["file"], "", "library", own["seconds_per_batch"])
    features = processor()[1]
    tried = [facts for core, needs in NEEDS.items() if needs <= features and (facts := _probe(program, core))]
    best = min([own, *tried], key=lambda facts: facts["seconds_per_batch"])
    # Override the library only for a gain of 5 % or more: a short measurement knows less than it does.
    if best["seconds_per_batch"] > 0.95 * own["seconds_per_batch"]:
        best = own
    return Blas(_name(best), best["file"], best["core"], "library" if best is own else "grader", best["seconds_per_batch"])


def choose(build: Build) -> Blas:
    """The choice for this machine: from the last time, unless the processor, the library or the user's wish changed."""
    libraries = sorted(Path("/etc/alternatives").glob("libblas*")) + sorted(Path("/etc/alternatives").glob("liblapack*"))
    state = [os.environ.get(VARIABLE, ""), os.environ.get("LD_LIBRARY_PATH", ""), *processor()[1], processor()[0]]
    files = [file for file in (*libraries, build.blas_probe) if os.path.exists(file)]  # a link may lead nowhere
    state += [f"{os.path.realpath(file)} {os.stat(file).st_mtime_ns}" for file in files]
    key = hashlib.sha256("\n".join(sorted(state)).encode()).hexdigest()
    kept = build.folder / "blas.json"
    if kept.exists() and (known := json.loads(kept.read_text()))["key"] == key:
        blas = Blas(**known["blas"])
        if known.get("library") == state_of(blas.file):
            return blas
    blas = _choose(build.blas_probe)
    keep(kept, json.dumps({"key": key, "blas": asdict(blas), "library": state_of(blas.file)}))
    return blas


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="grader.machine.blas", description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("--environment", action="store_true", help="print the variables to run a program with")
    return parser


def main(arguments: argparse.Namespace) -> None:
    blas = choose(read_build(arguments.build.resolve()))
    print(" ".join(f"{k}={v}" for k, v in blas.environment().items()) if arguments.environment else blas.describe())


if __name__ == "__main__":
    sys.exit(run_tool("grader.machine.blas", parser(), main))
