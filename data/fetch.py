#!/usr/bin/env python3
# Gets all of Fashion-MNIST, for `make data`: from the system's package if there is one, else by download from mirrors.
# A file has its final name only when it is whole and its contents have the right SHA-256.
from __future__ import annotations

import argparse
import gzip
import hashlib
import os
import shutil
import subprocess
import sys
import zlib
from dataclasses import dataclass
from pathlib import Path

from download import BLOCK, DownloadError, download

TARGET = Path(__file__).resolve().parent / "fashion-mnist"
PACKAGE = "dataset-fashion-mnist"
SYSTEM = Path("/usr/share/datasets/fashion-mnist")
MIRRORS = [
    "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
    "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
]


@dataclass(frozen=True)
class Content:
    """What a file unpacks to. The .gz differ from mirror to mirror: gzip stores a name and a date in them."""

    size: int
    sha256: str


FILES = {
    "train-images-idx3-ubyte.gz": Content(
        47_040_016, "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"
    ),
    "train-labels-idx1-ubyte.gz": Content(60_008, "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
    "t10k-images-idx3-ubyte.gz": Content(
        7_840_016, "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"
    ),
    "t10k-labels-idx1-ubyte.gz": Content(10_008, "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
}


def is_good(file: Path, content: Content) -> bool:
    """Whether a .gz file unpacks to exactly this content; stops where it unpacks to more."""
    digest, size = hashlib.sha256(), 0
    try:
        with gzip.open(file) as unpacked:
            while size <= content.size and (block := unpacked.read(BLOCK)):
                digest.update(block)
                size += len(block)
    except (OSError, EOFError, zlib.error):
        return False
    return digest.hexdigest() == content.sha256


def is_complete(folder: Path) -> bool:
    return all(is_good(folder / name, content) for name, content in FILES.items())


def part_of(file: Path, url: str) -> Path:
    """Bytes from one mirror are never continued with those from another, hence the address in the name."""
    return file.with_name(f"{file.name}.{hashlib.sha256(url.encode()).hexdigest()[:8]}.part")


def fetch_from(mirror: str, file: Path, content: Content) -> None:
    url = f"{mirror.rstrip('/')}/{file.name}"
    part = part_of(file, url)
    was_begun = part.exists()
    if not is_good(part, content):
        download(url, part, limit=content.size)
    if is_good(part, content):
        os.replace(part, file)
        return
    part.unlink()
    if not was_begun:
        raise DownloadError(f"{url}: wrong contents (SHA-256 differs), not kept")
    fetch_from(mirror, file, content)  # the bytes from an earlier run were the bad ones, perhaps


def fetch(file: Path, content: Content, mirrors: list[str]) -> None:
    for mirror in mirrors:
        try:
            fetch_from(mirror, file, content)
        except DownloadError as error:
            print(f"  {error}", file=sys.stderr)
            continue
        for leftover in file.parent.glob(f"{file.name}.*.part"):
            leftover.unlink()
        print(f"  {file.name}: complete, SHA-256 checked")
        return
    raise DownloadError(f"{file.name}: no mirror worked. Try later, or name another: data/fetch.py --mirror URL")


def set_aside_damaged(folder: Path) -> None:
    for name, content in FILES.items():
        file = folder / name
        if file.exists() and not is_good(file, content):
            os.replace(file, folder / f"{name}.bad")
            print(f"  {name}: damaged, kept as {name}.bad")


def fetch_all(folder: Path, mirrors: list[str]) -> None:
    print(f"Fashion-MNIST into {folder}:")
    folder.mkdir(parents=True, exist_ok=True)
    set_aside_damaged(folder)
    for name, content in FILES.items():
        if (folder / name).exists():
            print(f"  {name}: already here")
        else:
            fetch(folder / name, content, mirrors)


def root_prefix() -> list[str] | None:
    """What to put before a command that needs root; None where that would ask for a password."""
    if os.geteuid() == 0:
        return []
    free = shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0
    return ["sudo", "-n"] if free else None


def install_package() -> bool:
    """Whether the system's package manager could provide the files. Asks nothing."""
    if not shutil.which("apt-get"):
        return False
    prefix = root_prefix()
    if prefix is None:
        print(f"This system may have it as a package: sudo apt-get install {PACKAGE}\nDownloading it instead.")
        return False
    command = [*prefix, "apt-get", "install", "-y", "-qq", PACKAGE]
    print("Fashion-MNIST from the system's packages:", " ".join(command), flush=True)
    done = subprocess.run(command).returncode == 0 and is_complete(SYSTEM)
    print(f"It is now in {SYSTEM}." if done else "That did not work. Downloading it instead.")
    return done


def provide() -> None:
    """All that `make data` does: the first of our own copy, the system's, the package, the mirrors."""
    set_aside_damaged(TARGET)
    if is_complete(TARGET):
        print(f"Fashion-MNIST is here already, in {TARGET}.")
    elif is_complete(SYSTEM):
        print(f"Fashion-MNIST is installed already, in {SYSTEM} ({PACKAGE}).")
    elif not install_package():
        fetch_all(TARGET, MIRRORS)


def parse_arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Gets all of Fashion-MNIST: 60,000 images and 10,000 more, 31 MB.")
    parser.add_argument("--to", type=Path, metavar="DIR", help="download into DIR instead of data/fashion-mnist")
    parser.add_argument("--mirror", action="append", metavar="URL", help="download from URL (may be repeated)")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    options = parse_arguments(arguments)
    try:
        if options.to or options.mirror:
            fetch_all(options.to or TARGET, options.mirror or MIRRORS)
        else:
            provide()
        if options.to:
            print(f"To use it: export FASHION_MNIST_DIR={options.to.resolve()}")
    except (DownloadError, OSError) as error:
        print(f"data/fetch.py: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. The next run goes on from here.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
