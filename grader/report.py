"""The grade as report.json and as one screen of the terminal. Called by grade.py; judges nothing."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from grader.blas import Blas
from grader.lab import Exercise, Rubric

# What an exercise is worth saying first when its items differ: the status that most needs an action.
GRAVITY = ("error", "fail", "todo", "skip", "inconclusive", "pass")
MARKS = {"pass": "ok", "fail": "FAIL", "todo": "to do", "skip": "waits", "inconclusive": "noisy", "error": "grader"}
# What each protection is, in words; grader/TRUST.md says what it holds off.
PROTECTIONS = {
    "process": "own process",
    "limits": "limits",
    "seccomp": "seccomp",
    "bubblewrap": "bubblewrap",
}
COLOURS = {"pass": "green", "fail": "red", "todo": "yellow", "skip": "dim", "inconclusive": "cyan", "error": "magenta"}


def points(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def open_points(items: list[dict]) -> float:
    """The points of the items that the grader failed to judge."""
    return sum(item["max_points"] for item in items if item["status"] == "error")


def make(
    submission: Path, items: list[dict], exercises: list[Exercise], table: Rubric, seed: int, blas: Blas, protections: list[str]
) -> dict:
    """The report of one grade, in the order of the rubric."""
    order = {name: position for position, name in enumerate(table.exercises)}
    items = sorted(items, key=lambda item: order[item["exercise"]])
    return {
        "submission": str(submission),
        "score": round(sum(item["points"] for item in items), 6),
        # What the grader failed to judge counts neither way.
        "max_score": round(sum(exercise.max_points for exercise in exercises) - open_points(items), 6),
        "seed": seed,
        "mark_to_beat": table.mark_to_beat,
        "blas": asdict(blas),
        "protections": protections,
        "items": items,
    }


def save(report: dict, out: Path) -> None:
    """Writes OUT/report.json in one step, so that a reader finds the old one or the new one, whole."""
    temporary = out / "report.json.new"
    temporary.write_text(json.dumps(report, indent=1) + "\n")
    temporary.replace(out / "report.json")


def worst(items: list[dict]) -> str:
    return min((item["status"] for item in items), key=GRAVITY.index)


def _stage_cell(items: list[dict], stages: tuple[str, ...]) -> Text:
    own = [item for item in items if item["stage"] in stages]
    if not own:
        return Text("-", style="dim")
    status = worst(own)
    passed = sum(item["status"] == "pass" for item in own)
    text = MARKS[status] if passed in (0, len(own)) else f"{MARKS[status]} {passed}/{len(own)}"
    return Text(text, style=COLOURS[status])


def _table(report: dict) -> Table:
    table = Table(box=None, padding=(0, 1), header_style="bold")
    for heading, justify in (("exercise", "left"), ("allowed", "left"), ("right", "left"), ("fast", "left")):
        table.add_column(heading, justify=justify, no_wrap=True)
    table.add_column("marks", justify="right", no_wrap=True)
    for name in dict.fromkeys(item["exercise"] for item in report["items"]):
        own = [item for item in report["items"] if item["exercise"] == name]
        cells = [_stage_cell(own, stages) for stages in (("build", "legality"), ("parity", "answer"), ("speed",))]
        marks = f"{points(sum(i['points'] for i in own))} / {points(sum(i['max_points'] for i in own))}"
        table.add_row(name, *cells, marks)
    total = f"{points(report['score'])} / {points(report['max_score'])}"
    table.add_row(Text("total", style="bold"), "", "", "", Text(total, style="bold"))
    return table


def first_to_fix(items: list[dict]) -> dict | None:
    """The first item that the student can act on: something wrong before something that is still to do."""
    for status in ("fail", "todo", "error", "inconclusive", "skip"):
        for item in items:
            if item["status"] == status:
                return item
    return None


def _print_speed(console: Console, items: list[dict]) -> None:
    for item in items:
        if "speed" in item:
            console.print(f"{item['name']}: {item['message']}", style="dim", highlight=False)


def _print_next(console: Console, report: dict) -> None:
    item = first_to_fix(report["items"])
    if item is None:
        console.print("Everything is allowed, right and fast.", style="green")
        return
    verb = {"fail": "First thing to fix", "todo": "Next", "skip": "Still waits"}.get(item["status"], "Look at")
    console.print(f"{verb}: {item['exercise']}, {item['name']}", style="bold")
    console.print(Text(f"  {item['message']}"))
    if "hint" in item:
        console.print(Text(f"  Hint: {item['hint']}"))


def console_of_80() -> Console:
    return Console(width=min(80, Console().width), no_color="NO_COLOR" in os.environ, highlight=False)


def show(report: dict, out: Path) -> None:
    console = console_of_80()
    console.print(_table(report))
    _print_speed(console, report["items"])
    console.print()
    _print_next(console, report)
    if missing := open_points(report["items"]):
        console.print(f"The grader failed to judge {points(missing)} marks, which is its own fault: grade again.", style="magenta")
    guards = ", ".join(PROTECTIONS[name] for name in report["protections"])
    if "bubblewrap" not in report["protections"]:
        guards += "; no sandbox: your files are as safe as from any program of yours"
    console.print(Text(f"Protections: {guards}", style="dim"))
    if (out / "report.html").exists():
        console.print(Text(f"{out}/report.html shows it with pictures, in a browser", style="dim"))
    console.print(Text(f"{out}/report.json has every item; SEED={report['seed']} draws the same inputs", style="dim"))
