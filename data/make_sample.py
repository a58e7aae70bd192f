#!/usr/bin/env python3
# Makes data/sample, the first 6,000 training and the first 1,000 test images of Fashion-MNIST with their labels.
# Run by hand, once; its result is committed. The same gzip writes the same bytes every time.
from __future__ import annotations

import argparse
import gzip
import os
import struct
import subprocess
import sys
from pathlib import Path

from fetch import FILES, SYSTEM, is_good

SAMPLE = Path(__file__).resolve().parent / "sample"
COUNTS = {"train": 6_000, "t10k": 1_000}


def first_items(idx: bytes, count: int) -> bytes:
    """The IDX file that holds the first `count` items of `idx`."""
    n_dimensions = idx[3]
    header = 4 + 4 * n_dimensions
    (n_items,) = struct.unpack(">I", idx[4:8])
    item_size = (len(idx) - header) // n_items
    return idx[:4] + struct.pack(">I", count) + idx[8:header] + idx[header : header + count * item_size]


def make_sample(full: Path, sample: Path) -> None:
    sample.mkdir(parents=True, exist_ok=True)
    for name, content in FILES.items():
        if not is_good(full / name, content):
            raise SystemExit(f"{full / name}: missing or not the original. Get all of it: make data")
        items = first_items(gzip.decompress((full / name).read_bytes()), COUNTS[name.split("-")[0]])
        packed = subprocess.run(["gzip", "-9n"], input=items, stdout=subprocess.PIPE, check=True).stdout
        unfinished = sample / f"{name}.new"
        unfinished.write_bytes(packed)
        os.replace(unfinished, sample / name)
        print(f"{sample / name}: {len(packed):,} bytes")


def main() -> int:
    parser = argparse.ArgumentParser(description="Makes the committed sample from all of Fashion-MNIST.")
    parser.add_argument("--full", type=Path, default=SYSTEM, metavar="DIR", help=f"where all of it is ({SYSTEM})")
    parser.add_argument("--to", type=Path, default=SAMPLE, metavar="DIR", help="where to write (data/sample)")
    options = parser.parse_args()
    make_sample(options.full, options.to)
    return 0


if __name__ == "__main__":
    sys.exit(main())
