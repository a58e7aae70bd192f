"""The next hint on what failed in the last grade: python3 -m grader.tutor.hint --report R --memory M [--only NAMES].

`make hint` calls it, and the watcher calls next_hint. It reads the report and remembers how many hints were shown; it
grades nothing."""

from __future__ import annotations

import argparse
import json
import sys
import textwrap
from pathlib import Path

from rich.text import Text

from grader import language
from grader.lab import Exercise, UserError, complain, rubric
from grader.language import _
from grader.report import first_to_fix
from grader.tasks import Item, items_of, named, task_of
from grader.terminal import console_of_80
from grader.tutor.ladders import Ladder, ladder_for

WIDTH = 80


def read_memory(path: Path) -> dict[str, dict]:
    """How many hints were shown, by task; nothing when there is no file, or none that makes sense."""
    try:
        memory = json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
    return memory if isinstance(memory, dict) else {}


def write_memory(path: Path, memory: dict[str, dict]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".new")
    temporary.write_text(json.dumps(memory, indent=1) + "\n")
    temporary.replace(path)


def climb(task: str, item: Item, ladder: Ladder, path: Path) -> int:
    """How many hints to show now: one more than the last time. Another check, or the same one failing in another way,
    starts from the first."""
    memory = read_memory(path)
    check = ["" if item["status"] == "todo" else item["name"], ladder.key]
    known = memory.get(task)
    before = known.get("shown", 0) if isinstance(known, dict) and known.get("check") == check else 0
    shown = min(before + 1, len(ladder.rungs))
    write_memory(path, {**memory, task: {"check": check, "shown": shown}})
    return shown


def _short(rung: str) -> str:
    return textwrap.shorten(rung, WIDTH - 5, placeholder=" ...")


def _paragraph(text: str, first: str = "  ", rest: str = "  ") -> str:
    return textwrap.fill(text, WIDTH, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)


def _rungs(ladder: Ladder, shown: int) -> Text:
    """The earlier hints in a line each, the newest in full."""
    text = Text()
    for number, rung in enumerate(ladder.rungs[: shown - 1], 1):
        text.append(f"  {number}. {_short(rung)}\n", style="dim")
    return text.append(_paragraph(ladder.rungs[shown - 1], f"  {shown}. ", "     "))


def _after(task: str, exercise: Exercise, shown: int, ladder: Ladder, command: str) -> str:
    if shown < len(ladder.rungs):
        return _("The next hint: {command}").format(command=command.format(task=task))
    text = _("There are no more hints for this. Read step {step} of handout.md again, or show {file} to somebody.")
    return text.format(step=exercise.step, file=exercise.file)


def next_hint(items: list[Item], wanted: dict[str, Exercise], memory: Path, command: str) -> Text:
    """The next hint on the first thing to fix among the tasks that are wanted; `command` asks for another one."""
    concerned = [item for item in items if any(item in items_of(e, task, items) for task, e in wanted.items())]
    item = first_to_fix(concerned)
    if item is None:
        return Text(_("Nothing is left to hint at: this is allowed, right and fast."))
    exercise = rubric().exercises[item["exercise"]]
    task = task_of(exercise, item) or next(task for task, owner in wanted.items() if owner == exercise)
    if item["status"] not in ("fail", "todo"):
        text = _("{task}, {item}: {message}. There is no hint for this.")
        return Text(_paragraph(text.format(task=task, item=item["name"], message=item["message"]), "", ""))
    ladder = ladder_for(task, exercise, item)
    shown = climb(task, item, ladder, memory)
    name = _("how to start") if item["status"] == "todo" else item["name"]
    heading = _("Hint {shown} of {all}: {task}, {name}")
    heading = heading.format(shown=shown, all=len(ladder.rungs), task=task, name=name)
    text = Text(f"{heading}\n", style="bold")
    text.append(_paragraph(textwrap.shorten(item["message"], 230, placeholder=" ...")) + "\n\n", style="not bold dim")
    text.append(_rungs(ladder, shown))
    text.append("\n\n" + _paragraph(_after(task, exercise, shown, ladder, command), "", ""), style="not bold")
    return text


def read_report(path: Path, wanted: dict[str, Exercise], only: str) -> dict:
    """The last report, if it is about one of the tasks that are wanted."""
    again = f"make grade ONLY={only}" if only else "make grade"
    if not path.exists():
        raise UserError(_("There is no grade yet. Type: {command}").format(command=again))
    last = json.loads(path.read_text())
    if not any(item["exercise"] == exercise.name for item in last["items"] for exercise in wanted.values()):
        raise UserError(_("That was not in the last grade. Type: {command}").format(command=again))
    return last


def changed_since(path: Path, last: dict, wanted: dict[str, Exercise]) -> list[str]:
    """The files of these exercises that are newer than the report."""
    files = [Path(last["submission"]) / exercise.file for exercise in wanted.values()]
    return [file.name for file in files if file.exists() and file.stat().st_mtime > path.stat().st_mtime]


def main() -> int:
    parser = argparse.ArgumentParser(prog="make hint", description=__doc__.splitlines()[0])
    parser.add_argument("--report", type=Path, required=True)
    parser.add_argument("--memory", type=Path, required=True, help="how many hints were shown; a file of this tool")
    parser.add_argument("--build", type=Path, default=Path("build"), help="the build folder of CMake")
    parser.add_argument("--only", default="", help="exercises or small functions, separated by commas")
    arguments = parser.parse_args()
    language.start(arguments.build)
    try:
        wanted = named(arguments.only, rubric())
    except UserError as error:
        return complain("hint", error)
    try:
        last = read_report(arguments.report, wanted, arguments.only)
    except UserError as what_to_do_first:
        print(_paragraph(str(what_to_do_first), "", ""))
        return 0
    command = "make hint ONLY={task}" if arguments.only else "make hint"
    console_of_80().print(next_hint(last["items"], wanted, arguments.memory, command))
    if changed := changed_since(arguments.report, last, wanted):
        text = _("{file} has changed since that grade. To grade again: make grade")
        print(_paragraph(text.format(file=changed[0]), "", ""))
    return 0


if __name__ == "__main__":
    sys.exit(main())
