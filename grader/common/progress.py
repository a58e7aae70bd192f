"""One line that says what a long run is doing, on a terminal only. Called by the tools that take longer than a second."""

from __future__ import annotations

import sys
from types import TracebackType


class Progress:
    """Counts steps and overwrites its own line; leaves nothing behind."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.done = 0
        self.visible = sys.stderr.isatty()

    def __enter__(self) -> Progress:
        return self

    def step(self, what: str) -> None:
        self.done += 1
        self._write(f"[{self.done}/{self.total}] {what} ...")

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.clear()

    def clear(self) -> None:
        self._write("")

    def _write(self, text: str) -> None:
        if self.visible:
            print(f"\r\x1b[K{text[:79]}", end="", file=sys.stderr, flush=True)
