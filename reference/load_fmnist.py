"""Reads Fashion-MNIST from IDX files, plain or .gz, for softmax_reg.py.

A set is (n, 784) pixels in [0, 1] and n labels. It never fetches anything; 'make data' does.
"""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
SYSTEM_DATA = Path("/usr/share/datasets/fashion-mnist")  # where Debian's dataset-fashion-mnist puts it
FILES = [f"{part}-{kind}-ubyte" for part in ("train", "t10k") for kind in ("images-idx3", "labels-idx1")]


class Dataset(NamedTuple):
    images: np.ndarray
    labels: np.ndarray


def find_file(folder: Path, name: str) -> Path | None:
    return next((path for path in (folder / f"{name}.gz", folder / name) if path.is_file()), None)


def find_data() -> Path:
    """The folder that FASHION_MNIST_DIR names, or else the first that holds the data; the sample comes last."""
    if chosen := os.environ.get("FASHION_MNIST_DIR"):
        return Path(chosen)
    sample = ROOT / "data" / "sample"
    folders = (ROOT / "data" / "fashion-mnist", SYSTEM_DATA)
    return next((folder for folder in folders if all(find_file(folder, name) for name in FILES)), sample)


def read_idx(folder: Path, name: str) -> np.ndarray:
    path = find_file(folder, name)
    if path is None:
        raise SystemExit(f"{folder}: holds neither {name} nor {name}.gz; get the data with 'make data'")
    try:
        raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    except (OSError, EOFError, zlib.error) as error:
        raise SystemExit(f"{path}: cannot be read ({error}); get it again with 'make data'") from None
    n_dims = int(name[name.index("idx") + 3])
    header = np.frombuffer(raw[: 4 + 4 * n_dims].ljust(4 + 4 * n_dims, b"\0"), dtype=">u4")
    shape = tuple(int(extent) for extent in header[1:])
    if header[0] != 0x0800 + n_dims or len(raw) != header.nbytes + int(np.prod(shape)):
        raise SystemExit(f"{path}: is not a whole IDX file of {n_dims} dimensions; get it again with 'make data'")
    return np.frombuffer(raw, dtype=np.uint8, offset=header.nbytes).reshape(shape)


def load(folder: Path, prefix: str) -> Dataset:
    imgs, labels = read_idx(folder, f"{prefix}-images-idx3-ubyte"), read_idx(folder, f"{prefix}-labels-idx1-ubyte")
    if len(imgs) == 0 or len(imgs) != len(labels):
        raise SystemExit(f"{folder}: {prefix} has {len(imgs)} images and {len(labels)} labels; use 'make data'")
    return Dataset(imgs.reshape(len(imgs), -1) / 255, labels.astype(np.intp))


def create_batches(imgs: np.ndarray, labels: np.ndarray, batch_size: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    for first in range(0, len(imgs), batch_size):
        yield imgs[first : first + batch_size], labels[first : first + batch_size]
