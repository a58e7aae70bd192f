"""A grade as one screen of the terminal, 80 x 24 where it can be: the table first, the next thing to do last.

Called by grade.py and by the watcher; judges nothing. What comes from a submission becomes Text, never markup."""

from __future__ import annotations

import os
from pathlib import Path

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from grader.lab import ROOT, Rubric, rubric
from grader.report import MARKS, PROTECTIONS, first_to_fix, open_points, points, worst
from grader.tasks import Item, progress, task_of

COLOURS = {"pass": "green", "fail": "red", "todo": "yellow", "skip": "dim", "inconclusive": "cyan", "error": "magenta"}
COLUMNS = {"allowed": ("build", "legality"), "right": ("parity", "answer"), "fast": ("speed",)}


def console_of_80() -> Console:
    return Console(width=min(80, Console().width), no_color="NO_COLOR" in os.environ, highlight=False)


def _cell(items: list[Item], stages: tuple[str, ...]) -> Text:
    own = [item for item in items if item["stage"] in stages]
    if not own:
        return Text("-", style="dim")
    status = worst(own)
    passed = sum(item["status"] == "pass" for item in own)
    text = MARKS[status] if passed in (0, len(own)) else f"{MARKS[status]} {passed}/{len(own)}"
    return Text(text, style=COLOURS[status])


def _marks(items: list[Item], not_judged: float = 0.0) -> str:
    most = sum(item["max_points"] for item in items) - not_judged
    return f"{points(sum(item['points'] for item in items))} / {points(most)}"


def is_part(items: list[Item], table: Rubric) -> bool:
    return {item["exercise"] for item in items} != set(table.exercises)


def table_of(items: list[Item], total: str) -> Table:
    table = Table(box=None, padding=(0, 1), header_style="bold")
    for heading in ("exercise", *COLUMNS):
        table.add_column(heading, no_wrap=True)
    table.add_column("marks", justify="right", no_wrap=True)
    for name in dict.fromkeys(item["exercise"] for item in items):
        own = [item for item in items if item["exercise"] == name]
        table.add_row(name, *(_cell(own, stages) for stages in COLUMNS.values()), _marks(own))
    table.add_row(Text(total, style="bold"), "", "", "", Text(_marks(items, open_points(items)), style="bold"))
    return table


def progress_of(items: list[Item], table: Rubric) -> Text:
    """How many tasks are done, with a mark for each task in the order of the lab."""
    tasks = progress(table, items)
    bar = "".join("#" if done else "." for done in tasks.values())
    return Text(f" Tasks done: {sum(tasks.values())} of {len(tasks)} [{bar}]")


def part_of(items: list[Item], table: Rubric) -> Text:
    most = sum(item["max_points"] for item in items)
    every = sum(exercise.max_points for exercise in table.exercises.values())
    line = " Only a part of the grade: {most} of the {every} marks. For all of it: make grade"
    return Text(line.format(most=points(most), every=points(every)))


def speed_of(item: Item, gate: dict[str, float]) -> Text:
    line = " {name}: {ratio:.1f}x the loops (needs {speedup:g}x), {share:.2f} of the BLAS floor (needs {least:g})"
    speed = item["speed"]
    gates = {"speedup": gate["required_speedup"], "least": gate["required_efficiency"]}
    return Text(line.format(name=item["name"], ratio=speed["ratio"], share=speed["efficiency"], **gates))


def _source_line(item: Item) -> Text | None:
    """The student's own line that the message is about, where the report has it."""
    place = item.get("excerpt") or (item.get("findings") or [{}])[0].get("excerpt")
    if not place:
        return None
    line = place["lines"][place["line"] - place["first_line"]]
    return Text(f"{place['line']} | {line.strip()}", style="bold", no_wrap=True, overflow="ellipsis")


def _start() -> Text:
    first, second = [exercise for exercise in rubric().exercises.values()][:2]
    return Text.assemble(
        ("Nothing is written yet. Start here:\n", "bold"),
        "  1. Read steps 1 and {step} of handout.md. make train runs the loop version.\n".format(step=first.step),
        "  2. Open exercises/{file} and write {function}.\n".format(file=first.file, function=first.functions[0]),
        "  3. Type make grade ONLY={name} (and make hint when you are stuck).\n".format(name=first.name),
        "  4. When its row says ok, go on to the next row: exercises/{file}.".format(file=second.file),
    )


def _todo(item: Item) -> Text:
    exercise = rubric().exercises[item["exercise"]]
    task = task_of(exercise, item) or exercise.functions[0]
    where = "{task} in exercises/{file}" if len(exercise.functions) > 1 else "exercises/{file}"
    where = where.format(task=task, file=exercise.file)
    return Text.assemble(
        ("Next: {where}, step {step} of handout.md\n".format(where=where, step=exercise.step), "bold"),
        "  How to start: make hint; to grade it: make grade ONLY={name}".format(name=exercise.name),
    )


def next_of(items: list[Item], is_students: bool) -> Group | Text:
    """The next thing to do; with the commands for it where the exercises are the reader's own."""
    item = first_to_fix(items)
    if item is None:
        return Text("Everything is allowed, right and fast.", style="green")
    if is_students and item["status"] == "todo":
        untouched = all(other["status"] in ("todo", "skip") for other in items) and not is_part(items, rubric())
        return _start() if untouched else _todo(item)
    verb = {"fail": "First thing to fix", "todo": "Next", "skip": "Still waits"}.get(item["status"], "Look at")
    lines = [line for line in [_source_line(item)] if line] + [Text(item["message"])]
    if "hint" in item:
        lines.append(Text("Hint: {hint}".format(hint=item["hint"])))
    if is_students and item["status"] == "fail":
        again = "For a hint: make hint; to grade only this: make grade ONLY={name}".format(name=item["exercise"])
        lines.append(Text(again, style="dim"))
    heading = Text(f"{verb}: {item['exercise']}, {item['name']}", style="bold")
    return Group(heading, Padding(Group(*lines), (0, 0, 0, 2), expand=False))


def is_students(submission: str) -> bool:
    return Path(submission).resolve() == ROOT / "exercises"


def summary(items: list[Item], table: Rubric) -> Group:
    """The table and what belongs to it; the watcher shows it as well."""
    part = is_part(items, table)
    lines = [progress_of(items, table), *([part_of(items, table)] if part else [])]
    lines += [speed_of(item, table.gates[item["name"]]) for item in items if "speed" in item]
    if missing := open_points(items):
        text = " The grader failed to judge {points} marks, which is its own fault: grade again."
        lines.append(Text(text.format(points=points(missing)), style="magenta"))
    return Group(table_of(items, "total of this part" if part else "total"), *lines)


def _about(report: dict, out: Path) -> Group:
    guards = ", ".join(PROTECTIONS[name] for name in report["protections"])
    without = "" if "bubblewrap" in report["protections"] else "; no sandbox (grader/TRUST.md)"
    lines = [f"Protections: {guards}{without}"]
    if (out / "report.html").exists():
        lines.append("{out}/report.html shows it with pictures, in a browser".format(out=out))
    lines.append("{out}/report.json has every item; SEED={seed} draws the same inputs".format(out=out, seed=report["seed"]))
    return Group(*(Text(line, style="dim") for line in lines))


def show(report: dict, out: Path) -> None:
    console, items = console_of_80(), report["items"]
    console.print(summary(items, rubric()), "", _about(report, out), "", sep="\n")
    console.print(next_of(items, is_students(report["submission"])))
