"""Which BLAS is linked, and with which kernels it is fastest: python3 -m grader.machine.blas --build DIR prints it.

OpenBLAS picks its kernels by the processor's model number: an older one takes a newer processor for an ancient one, and
some kernels compute wrong numbers there, or crash. So each kind that the processor supports is checked and timed once,
and the fastest that is right goes into every worker's environment. Called by grade.py, and by the doctor on Python 3.8;
never picks kernels that the processor cannot run, and leaves a value that the user set alone."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import signal
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from grader.common.build_facts import Build, read_build
from grader.common.files import keep, state_of
from grader.common.language import _, marked
from grader.common.progress import Progress
from grader.common.tool import UserError, run_tool

VARIABLE = "OPENBLAS_CORETYPE"
CHOOSERS = {"grader": marked("the grader"), "user": marked("the user"), "library": marked("the library")}
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
# What each kind of kernel needs of the processor, in the words of /proc/cpuinfo. For arm64 these are those of common
# processors, of the sixteen that OpenBLAS 0.3.21 has.
AVX512 = {"avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl", "avx2", "fma"}
NEEDS = {
    "x86_64": {
        "SapphireRapids": AVX512 | {"avx512_bf16", "amx_tile", "amx_bf16"},
        "Cooperlake": AVX512 | {"avx512_bf16"},
        "SkylakeX": AVX512,
        "Zen": {"avx2", "fma", "sse4a"},
        "Haswell": {"avx2", "fma"},
        "Sandybridge": {"avx"},
        "Nehalem": {"sse4_2"},
    },
    "aarch64": {
        "NEOVERSEN2": {"sve2", "bf16"},
        "NEOVERSEV1": {"sve"},
        "NEOVERSEN1": {"atomics", "asimdrdm", "dcpop"},
        "CORTEXA57": {"asimd"},
        "ARMV8": {"asimd"},
    },
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


def processor(cpuinfo: Path = Path("/proc/cpuinfo")) -> tuple[str, set[str]]:
    """The processor's name and its features. On arm64 it has no name, but numbers of who designed it and what it is."""
    facts: dict[str, str] = {}
    for line in cpuinfo.read_text().splitlines():
        key, value = line.partition(":")[::2]
        facts.setdefault(key.strip(), value.strip())
    if "CPU part" in facts:
        return f"{facts['CPU implementer']}:{facts['CPU part']}", set(facts["Features"].split())
    return facts.get("model name", "unknown"), set(facts.get("flags", "").split())


def kinds(machine: str, features: set[str]) -> list[str]:
    """The kinds of kernels that such a processor can run."""
    return [core for core, needs in NEEDS.get(machine, {}).items() if needs <= features]


def _probe(program: str, core: str) -> dict:
    """What the probe says with these kernels (empty: the library's own choice). "wrong" is why they cannot be used, or
    empty; where the probe does not even run with them, it is all that is known."""
    libraries = os.environ.get("LD_LIBRARY_PATH", "")
    environment = {"LD_LIBRARY_PATH": libraries, **ONE_THREAD, **({VARIABLE: core} if core else {})}
    try:
        result = subprocess.run([program], env=environment, capture_output=True, text=True, timeout=20)
    except subprocess.TimeoutExpired:
        return {"wrong": _("a small program does not end with it")}
    except OSError as error:
        return {"wrong": _("a small program does not start ({reason})").format(reason=error.strerror)}
    if result.returncode != 0:
        code, errors = result.returncode, result.stderr.strip().splitlines()
        reason = signal.strsignal(-code) if code < 0 else errors[-1] if errors else code
        return {"wrong": _("a small program crashes with it ({reason})").format(reason=reason)}
    facts: dict = dict(line.split(" ", 1) for line in result.stdout.splitlines())
    wrong = facts["wrong"] and _("{product} has wrong numbers").format(product=facts["wrong"])
    return {**facts, "wrong": wrong, "seconds_per_batch": float(facts["seconds_per_batch"])}


def _name(facts: dict) -> str:
    if facts["config"]:
        return " ".join(facts["config"].split()[:2])
    path = os.path.realpath(facts["file"])
    return marked("the slow reference BLAS") if "/blas/" in path else Path(path).name


def _what_to_do(user: str, tried: list[dict]) -> str:
    """What to set or to install where none of the kernels that were tried can be used."""
    wrong = tried[0]["wrong"]
    if user:
        says = _("BLAS cannot be used with {variable}={core}: {wrong}. Type: unset {variable}")
        return says.format(variable=VARIABLE, core=user, wrong=wrong)
    known = next((facts for facts in tried if "file" in facts), None)
    if known is None:
        return _("BLAS cannot be used: {wrong}. Type: make setup clean grade").format(wrong=wrong)
    says = _("{library} cannot be used on this machine: {wrong}. {remedy}, or choose one that is installed: {command}")
    another = _("Install a newer one or another, such as libblis-dev")
    remedy = another if known["config"] else _("Install another, such as libopenblas-dev")
    file = Path(known["file"])
    command = f"sudo update-alternatives --config {file.name}-{file.parent.name}"
    return says.format(library=_(_name(known)), wrong=wrong, remedy=remedy, command=command)


def fastest(program: str) -> Blas:
    """The kernels with which this probe is fastest, of those that compute right numbers."""
    user = os.environ.get(VARIABLE, "")
    own = _probe(program, user)
    tried = [own]
    if not user and own.get("config") != "":  # OpenBLAS, or one that crashed before it could say so
        tried += [_probe(program, core) for core in kinds(platform.machine(), processor()[1])]
    right = [facts for facts in tried if not facts["wrong"]]
    if not right:
        raise UserError(_what_to_do(user, tried))
    best = min(right, key=lambda facts: facts["seconds_per_batch"])
    # Override the library only for a gain of 5 % or more: a short measurement knows less than it does.
    is_right = not own["wrong"]
    if is_right and (best["core"] == own["core"] or best["seconds_per_batch"] > 0.95 * own["seconds_per_batch"]):
        best = own
    chooser = "user" if user else "library" if best is own else "grader"
    return Blas(_name(best), best["file"], best["core"], chooser, best["seconds_per_batch"])


def choose(build: Build) -> Blas:
    """The choice for this machine: from the last time, unless the processor, the library or the user's wish changed."""
    alternatives = Path("/etc/alternatives")
    libraries = [*alternatives.glob("libblas*"), *alternatives.glob("liblapack*")]
    state = [os.environ.get(VARIABLE, ""), os.environ.get("LD_LIBRARY_PATH", ""), *processor()[1], processor()[0]]
    files = [file for file in (*libraries, build.blas_probe) if os.path.exists(file)]  # a link may lead nowhere
    state += [f"{os.path.realpath(file)} {os.stat(file).st_mtime_ns}" for file in files]
    key = hashlib.sha256("\n".join(sorted(state)).encode()).hexdigest()
    kept = build.folder / "blas.json"
    if kept.exists() and (known := json.loads(kept.read_text()))["key"] == key:
        blas = Blas(**known["blas"])
        if known.get("library") == state_of(blas.file):
            return blas
    with Progress(1) as progress:
        progress.step(_("trying which kernels of BLAS are fastest here"))
        blas = fastest(build.blas_probe)
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
