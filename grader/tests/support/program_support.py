"""Shared by the tests that put another program in the place of one: writes it as a package would. Holds no test."""

from __future__ import annotations

import os
from pathlib import Path

LONG_AGO = (1_000_000_000, 1_000_000_000)


def program(file: Path, script: str) -> Path:
    """In one step and with an old time, as a package installs a program."""
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_suffix(".new")
    new.write_text(f"#!/bin/sh\n{script}\n")
    new.chmod(0o755)
    os.utime(new, LONG_AGO)
    new.replace(file)
    return file
