"""What a terminal of 80 columns shows of what the report prints: used by tests that a student's copy has, too."""

from __future__ import annotations

from rich.console import Console


def rendered(shown: object) -> str:
    return " ".join(filter(None, lines_of(shown)))


def lines_of(shown: object) -> list[str]:
    console = Console(width=80, no_color=True)
    with console.capture() as capture:
        console.print(shown)
    return [" ".join(line.split()) for line in capture.get().splitlines()]
