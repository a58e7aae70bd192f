"""Single keys from the terminal, without Enter and without an echo. Called by watch.py."""

from __future__ import annotations

import os
import select
import signal
import sys
import termios
import tty
from types import TracebackType


class Keyboard:
    """The terminal is as it was before when the `with` ends, whatever ended it."""

    def __enter__(self) -> Keyboard:
        self._descriptor = sys.stdin.fileno()
        self._before = termios.tcgetattr(self._descriptor)
        self._came_back = False
        signal.signal(signal.SIGCONT, self._take)
        tty.setcbreak(self._descriptor)
        return self

    def _take(self, *_: object) -> None:
        """After Ctrl-Z and fg: the shell has given the terminal its own modes in between."""
        tty.setcbreak(self._descriptor)
        self._came_back = True

    def came_back(self) -> bool:
        """Whether the terminal was somebody else's since the last question, so that the screen is to be drawn anew."""
        came_back, self._came_back = self._came_back, False
        return came_back

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        signal.signal(signal.SIGCONT, signal.SIG_DFL)
        termios.tcsetattr(self._descriptor, termios.TCSANOW, self._before)

    def key(self, seconds: float) -> str:
        """The key that is pressed within so many seconds, in lower case; "" when there is none, "q" at the end."""
        if not select.select([self._descriptor], [], [], seconds)[0]:
            return ""
        typed = os.read(self._descriptor, 1)
        return typed.decode(errors="replace").lower() if typed not in (b"", b"\x04") else "q"
