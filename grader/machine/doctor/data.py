"""Fashion-MNIST: the committed sample, which a grade needs, and all of it, which it does not."""

from __future__ import annotations

import gzip
import os
import struct
import sys
import zlib
from pathlib import Path
from typing import Iterator

from grader.common.language import Count, _, marked
from grader.machine.doctor.finding import ROOT, Finding, note, ok, problem

SAMPLE = ROOT / "data" / "sample"
WHOLE = marked("all data")
RESTORE = marked("Restore it: git checkout -- data/sample")
# The files of Fashion-MNIST, and how many dimensions each has.
FILES = {
    "train-images-idx3-ubyte": 3,
    "train-labels-idx1-ubyte": 1,
    "t10k-images-idx3-ubyte": 3,
    "t10k-labels-idx1-ubyte": 1,
}


def fault_of(file: Path, dimensions: int) -> str:
    """What is wrong with an IDX file: its head names its sizes, and gzip's checksum covers the rest."""
    try:
        with gzip.open(file) as unpacked:
            head = unpacked.read(4 + 4 * dimensions)
            sizes = struct.unpack(f">{1 + dimensions}I", head)[1:]
            expected = 1
            for size in sizes:
                expected *= size
            found = len(unpacked.read())
    except OSError as error:
        return _("{file} cannot be read ({reason})").format(file=file.name, reason=error.strerror or error)
    except (EOFError, zlib.error, struct.error):
        return _("{file} is cut off or damaged").format(file=file.name)
    if found == expected:
        return ""
    says = _("{file} holds {found:,} bytes, not the {expected:,} that its head says")
    return says.format(file=file.name, found=Count(found), expected=Count(expected))


def check_sample() -> Finding:
    faults = [fault for name, dimensions in FILES.items() if (fault := fault_of(SAMPLE / f"{name}.gz", dimensions))]
    if faults:
        return problem(marked("sample"), _("in data/sample, {faults}").format(faults=_("; ").join(faults)), _(RESTORE))
    return ok("sample", _("the four files of data/sample are whole: enough for a grade"))


def check_all_data() -> Finding:
    """What data/fetch.py would say, without fetching."""
    named = os.environ.get("FASHION_MNIST_DIR", "")
    if named:
        lacking = [name for name in FILES if not any(Path(named, name + end).exists() for end in ("", ".gz"))]
        if lacking:
            says = _("FASHION_MNIST_DIR is {folder}, which has no {file}").format(folder=named, file=lacking[0])
            return problem(WHOLE, says, _("Correct FASHION_MNIST_DIR, or type: unset FASHION_MNIST_DIR"))
        return ok(WHOLE, _("FASHION_MNIST_DIR names {folder}").format(folder=named))
    sys.path.insert(0, str(ROOT / "data"))
    import fetch  # type: ignore[import-not-found]

    for folder in (fetch.TARGET, fetch.SYSTEM):
        if fetch.is_complete(folder):
            return ok(WHOLE, _("all 70,000 images are in {folder}").format(folder=folder))
    return note(WHOLE, _("only the sample is here; a grade needs no more"), _("To train on all: make data"))


def check_data() -> Iterator[Finding]:
    yield check_sample()
    yield check_all_data()
