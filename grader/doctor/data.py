"""Fashion-MNIST: the committed sample, which a grade needs, and all of it, which it does not."""

from __future__ import annotations

import gzip
import os
import struct
import sys
import zlib
from pathlib import Path
from typing import Iterator

from grader.doctor.finding import ROOT, Finding, note, ok, problem

SAMPLE = ROOT / "data" / "sample"
RESTORE = "Restore it: git checkout -- data/sample"
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
            _, *sizes = struct.unpack(f">{1 + dimensions}I", head)
            expected = 1
            for size in sizes:
                expected *= size
            found = len(unpacked.read())
    except OSError as error:
        return f"{file.name} cannot be read ({error.strerror or error})"
    except (EOFError, zlib.error, struct.error):
        return f"{file.name} is cut off or damaged"
    return "" if found == expected else f"{file.name} holds {found:,} bytes, not the {expected:,} that its head says"


def check_sample() -> Finding:
    faults = [fault for name, dimensions in FILES.items() if (fault := fault_of(SAMPLE / f"{name}.gz", dimensions))]
    if faults:
        return problem("sample", f"in data/sample, {'; '.join(faults)}", RESTORE)
    return ok("sample", "the four files of data/sample are whole: enough for a grade")


def check_all_data() -> Finding:
    """What data/fetch.py would say, without fetching."""
    named = os.environ.get("FASHION_MNIST_DIR", "")
    if named:
        lacking = [name for name in FILES if not any(Path(named, name + end).exists() for end in ("", ".gz"))]
        if lacking:
            remedy = "Correct FASHION_MNIST_DIR, or type: unset FASHION_MNIST_DIR"
            return problem("all data", f"FASHION_MNIST_DIR is {named}, which has no {lacking[0]}", remedy)
        return ok("all data", f"FASHION_MNIST_DIR names {named}")
    sys.path.insert(0, str(ROOT / "data"))
    import fetch  # type: ignore[import-not-found]

    for folder in (fetch.TARGET, fetch.SYSTEM):
        if fetch.is_complete(folder):
            return ok("all data", f"all 70,000 images are in {folder}")
    return note("all data", "only the sample is here; a grade needs no more", "To train on all: make data")


def check_data() -> Iterator[Finding]:
    yield check_sample()
    yield check_all_data()
