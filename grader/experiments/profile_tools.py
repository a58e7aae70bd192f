"""Profiles a training program with perf, or with callgrind where perf does not work. Called by profile.py.

Both see into the libraries, which gprof does not; on a version that calls BLAS that is where the time goes."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from shutil import which

from grader.common.language import _, marked

SECONDS = 300  # more than either tool takes
BLAS = re.compile(r"lib(open)?blas|liblapack|libmkl|libblis|libatlas")
# What is not worth a row for each function, by "library function".
GROUPS = (
    (re.compile(r"^\["), marked("the system (kernel)")),
    (re.compile(r"^libz\.| data::"), marked("reading the data")),
    (re.compile(r"^libm[.-]| __ieee754"), marked("exp, log (libm)")),
    (re.compile(r"^(ld-|libc[.-]|libstdc|libgcc)| _dl_"), marked("memory, text, loading (libc)")),
)
PERF_LINE = re.compile(r"^\s*[\d.]+%\s*;\s*(?P<count>\d+)\s*;(?P<place>[^;]*);\s*\[.\] (?P<symbol>[^;]*)")
CALLGRIND_LINE = re.compile(r"^\s*(?P<count>[\d,]+) \([ \d.]+%\)  [^:]*:(?P<symbol>.*?)(?: \[(?P<place>[^\]]*)\])?$")


@dataclass(frozen=True)
class Row:
    name: str
    share: float  # of the whole, from 0 to 1
    calls: int | None = None  # where the tool counts them


@dataclass(frozen=True)
class Profile:
    tool: str
    measured: str  # what a share is a share of
    epochs: int
    rows: list[Row]  # the largest first
    text: str  # all that the tool said


def short(symbol: str) -> str:
    """A C++ name without its template arguments, parameters and result."""
    symbol = re.sub(r"\[(clone|abi:)[^\]]*\]|@@.*", "", symbol)
    plain = re.sub(r"operator[<>()=]+", "operator", symbol)
    while (shorter := re.sub(r"<[^<>]*>", "", plain)) != plain:
        plain = shorter
    return plain.split("(")[0].strip().split(" ")[-1]


def _name(place: str, symbol: str) -> str:
    library = place if place.startswith("[") else Path(place).name
    if group := next((name for pattern, name in GROUPS if pattern.search(f"{library} {symbol}")), None):
        return _(group)
    if BLAS.search(library):
        return "{function} (BLAS)".format(function=short(symbol)) if not symbol.startswith("0x") else "BLAS"
    return short(symbol)


def rows(lines: Iterable[re.Match[str]]) -> list[Row]:
    counts: Counter[str] = Counter()
    for line in lines:
        counts[_name((line["place"] or "").strip(), line["symbol"].strip())] += int(line["count"].replace(",", ""))
    return [Row(name, count / counts.total()) for name, count in counts.most_common()]


def _said(command: list[str], environment: dict[str, str]) -> str | None:
    """What the command printed; None when it did not work."""
    try:
        settings = {"env": environment, "capture_output": True, "text": True, "errors": "replace"}
        done = subprocess.run(command, timeout=SECONDS, **settings)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


def perf(program: Path, epochs: int, environment: dict[str, str]) -> Profile | None:
    with tempfile.TemporaryDirectory() as folder:
        data = str(Path(folder) / "perf.data")
        training = [str(program), "--epochs", str(epochs)]
        if _said(["perf", "record", "-q", "-F", "1000", "-o", data, "--", *training], environment) is None:
            return None
        columns = ["--no-children", "-g", "none", "-F", "overhead,sample,dso,symbol", "-t", ";"]
        text = _said(["perf", "report", "-i", data, "--stdio", *columns], environment) or ""
    found = rows(match for line in text.splitlines() if (match := PERF_LINE.match(line)))
    return Profile("perf", marked("self time"), epochs, found, text) if found else None


def callgrind(program: Path, environment: dict[str, str]) -> Profile | None:
    """Two epochs, some hundred times slower, on valgrind's own processor, which has no AVX-512.

    It counts while the model is trained: of two epochs, reading the data would be the larger part."""
    environment = {name: value for name, value in environment.items() if name != "OPENBLAS_CORETYPE"}
    with tempfile.TemporaryDirectory() as folder:
        data = str(Path(folder) / "callgrind.out")
        tool = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={data}", "--toggle-collect=*train_sgd*"]
        if not which("valgrind") or _said([*tool, str(program), "--epochs", "2"], environment) is None:
            return None
        text = _said(["callgrind_annotate", "--auto=no", data], environment) or ""
    found = rows(match for line in text.splitlines() if (match := CALLGRIND_LINE.match(line)))
    return Profile("callgrind", marked("instructions"), 2, found, text) if found else None
