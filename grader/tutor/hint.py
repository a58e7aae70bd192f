"""The next hint on what failed in the last grade: python3 -m grader.tutor.hint --report R --memory M [--only NAMES].

`make hint` calls it, and the watcher calls next_hint. It reads the report and remembers how many hints were shown, and
of which file: a second one wants a change, since a burst of calls teaches nothing. It grades nothing."""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

from rich.text import Text

from grader.common.console import console_of_80
from grader.common.files import replace_whole
from grader.common.language import _, readable
from grader.common.rubric import Exercise, may_be_a_stub, rubric
from grader.common.tool import run_tool
from grader.common.wrap import fill
from grader.grade.staging import content, copy_of
from grader.report import examples
from grader.report.item import Item, advice_on, first_to_fix, make_item, title_of, todo_message, translated
from grader.report.report_json import Report, load
from grader.report.tasks import items_of, named, task_of, words_of
from grader.tutor.ladders import Ladder, ladder_for, what_failed

LONGEST = 640  # of a message: eight lines, which only an unusual one has
SAID_BY_LADDER = ("any: compile",)  # ladders that begin with what is the item's own hint


def read_memory(path: Path) -> dict[str, dict]:
    """How many hints were shown, by task; nothing when there is no file, or none that makes sense."""
    try:
        memory = json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
    return memory if isinstance(memory, dict) else {}


def write_memory(path: Path, memory: dict[str, dict]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_whole(path, json.dumps(memory, indent=1) + "\n")


def fingerprint(file: Path, comments: bool) -> str:
    """Of what a file says, spaces and line ends apart, with its comments or without those of C++."""
    text = content(file) or b""
    text = text if comments else re.sub(rb"//[^\n]*|/\*.*?\*/", b"", text, flags=re.DOTALL)
    return hashlib.sha256(b"".join(text.split())).hexdigest()


def climb(task: str, item: Item, ladder: Ladder, path: Path, file: Path) -> int:
    """How many hints to show now: one more than the last time, once the student's file has changed. Another check, or
    the same one failing in another way, starts from the first. A comment is a change where nothing is written yet: the
    shapes are to be noted in one."""
    memory, now = read_memory(path), fingerprint(file, comments=item.status == "todo")
    check = ["" if item.status == "todo" else item.name, ladder.key, what_failed(item)]
    known = memory.get(task)
    if not isinstance(known, dict) or known.get("check") != check:
        known = {}
    before = known.get("shown", 0)
    waits = rubric().hints_want_a_change and known.get("file") == now
    shown = before if waits else min(before + 1, len(ladder.rungs))
    write_memory(path, {**memory, task: {"check": check, "shown": shown, "file": now}})
    return shown


def _paragraph(text: str, first: str = "  ", rest: str = "  ") -> str:
    return fill(readable(text), first=first, rest=rest)


def _text(text: str) -> Text:
    return Text(_paragraph(text, "", ""))


def _rungs(ladder: Ladder, shown: int) -> Text:
    """The earlier hints, which were about other parts of it, and the newest."""
    text = Text()
    for number, rung in enumerate(ladder.rungs[: shown - 1], 1):
        text.append(_paragraph(rung, f"  {number}. ", "     ") + "\n", style="dim")
    return text.append(_paragraph(ladder.rungs[shown - 1], f"  {shown}. ", "     "))


def _after(task: str, exercise: Exercise, item: Item, is_last: bool, command: str) -> str:
    command = command.format(task=task)
    if not is_last and rubric().hints_want_a_change:
        shapes = _("write the shape of each parameter and of the result into a comment, or a first line above throw")
        what = shapes if item.status == "todo" and exercise.functions else _("try what this one says")
        text = _("The next hint wants a change in {file} first: {what}. Then: {command}")
        return text.format(file=exercise.file, what=what, command=command)
    if not is_last:
        return _("The next hint: {command}").format(command=command)
    text = _("There are no more hints for this. Read step {step} of handout.md again, or show {file} to somebody.")
    return text.format(step=exercise.step_of(item.name), file=exercise.file)


def _concerned(items: list[Item], wanted: dict[str, Exercise]) -> list[Item]:
    return [item for item in items if any(item in items_of(e, task, items) for task, e in wanted.items())]


def _task(exercise: Exercise, item: Item, wanted: dict[str, Exercise]) -> str:
    """The task that an item is about. What stops a file of several from compiling lies in one of them, or its name
    stands for all."""
    if item.status == "todo":
        return task_of(exercise, item) or next(task for task, owner in wanted.items() if owner == exercise)
    return task_of(exercise, item) or item.function or exercise.file


def _place(task: str, item: Item) -> str:
    """The task and what of it the item is about, without saying a name twice."""
    part = _("how to start") if item.status == "todo" else title_of(item.name.removeprefix(f"{task} is "))
    return task if part == task else f"{task}, {part}"


def _nothing_left(advice: Item | None) -> Text:
    """To fix; `advice` is on code that is fast enough."""
    if advice is None:
        return Text(_("Nothing is left to hint at: this is allowed, right and fast."))
    said = translated(advice)
    text = Text(_("Nothing is left to fix. {name} could be faster still:").format(name=said.title) + "\n", style="bold")
    hint = _("Hint: {hint}").format(hint=said.hint)
    return text.append(_paragraph(said.message) + "\n" + _paragraph(hint), style="not bold")


def next_hint(items: list[Item], wanted: dict[str, Exercise], memory: Path, command: str, submission: Path) -> Text:
    """The next hint on the first thing to fix among the tasks that are wanted; `command` asks for another one, which
    wants a change in the file of the submission."""
    item = first_to_fix(_concerned(items, wanted))
    if item is None:
        return _nothing_left(advice_on(_concerned(items, wanted)))
    exercise = rubric().exercises[item.exercise]
    task = _task(exercise, item, wanted)
    if item.status not in ("fail", "todo"):
        text = _("{place}: {message}. There is no hint for this.")
        return _text(text.format(place=_place(task, item), message=translated(item).message))
    ladder = ladder_for(task, exercise, item)
    shown = climb(task, item, ladder, memory, submission / exercise.file)
    heading = _("Hint {shown}: {place}").format(shown=shown, place=_place(task, item))
    text = Text(f"{heading}\n", style="bold")
    in_words = translated(item)
    if item.status == "todo" and exercise.functions:  # the item may be about the first of several
        in_words = translated(replace(item, message=todo_message(exercise, task)))
    said = [textwrap.shorten(in_words.message, LONGEST, placeholder=" ...")]
    if item.hint and ladder.key not in SAID_BY_LADDER:
        said.append(_("Hint: {hint}").format(hint=in_words.hint))
    text.append("\n".join(map(_paragraph, said)) + "\n\n", style="not bold dim")
    if item.status == "todo" and (example := examples.of(task)):
        text.append("\n".join("  " + line for line in example.lines()) + "\n\n", style="not bold")
    text.append(_rungs(ladder, shown))
    is_last = shown == len(ladder.rungs)
    text.append("\n\n" + _paragraph(_after(task, exercise, item, is_last, command), "", ""), style="not bold")
    return text


def what_to_do_first(path: Path, wanted: dict[str, Exercise], only: str) -> str:
    """What to type where the last report is not about any of the tasks that are wanted; "" where it is."""
    again = f"make grade ONLY={','.join(words_of(only))}" if only else "make grade"
    if not path.exists():
        return _("There is no grade yet. Type: {command}").format(command=again)
    last = load(path)
    graded = {item.exercise for item in last.items}
    if not not_begun(last, wanted) and not any(exercise.name in graded for exercise in wanted.values()):
        return _("That was not in the last grade. Type: {command}").format(command=again)
    return ""


def changed_since(path: Path, last: Report, wanted: dict[str, Exercise]) -> list[str]:
    """The files of these exercises that are others than the last grade has read: by what they hold, because a clock
    may be wrong."""
    graded = {item.exercise for item in last.items}
    exercises = [e for e in {e.name: e for e in wanted.values()}.values() if e.name in graded]
    return [e.file for e in exercises if content(Path(last.submission) / e.file) != content(copy_of(e, path.parent))]


def gone_since(last: Report, wanted: dict[str, Exercise]) -> list[Path]:
    """The files of these exercises that were there in the last grade: without one, there may be no grade any more."""
    said = [item for item in last.items if item.stage in ("build", "answer")]
    read = {item.exercise for item in said if " is missing. " not in item.message}
    files = [Path(last.submission) / exercise.file for exercise in wanted.values() if exercise.name in read]
    return [file for file in dict.fromkeys(files) if not file.exists() and not file.is_symlink()]


def not_begun(last: Report, wanted: dict[str, Exercise]) -> list[Item]:
    """The wanted tasks that the last grade did not look at and whose file is still the stub, as it would have them."""
    graded = {item.exercise for item in last.items}
    return [
        make_item(exercise, task, "parity", "todo", todo_message(exercise, task))
        for task, exercise in wanted.items()
        if exercise.functions and exercise.name not in graded and may_be_a_stub(Path(last.submission) / exercise.file)
    ]


def answer(last: Report, path: Path, wanted: dict[str, Exercise], memory: Path, only: str) -> list[Text]:
    """What there is to say, in paragraphs: a hint, and what the last grade does not know."""
    if gone := gone_since(last, wanted):
        text = _("{file} is missing: put it back (git checkout {file}, or from the copy that you were given)")
        return [_text(text.format(file=gone[0]))]
    changed = [
        _text(_("{file} has changed since that grade. To grade again: make grade").format(file=file))
        for file in changed_since(path, last, wanted)[:1]
    ]
    command, folder = "make hint ONLY={task}" if only else "make hint", Path(last.submission)
    if first_to_fix(_concerned(last.items, wanted)):
        return [next_hint(last.items, wanted, memory, command, folder), *changed]
    graded = {item.exercise for item in last.items}
    if not changed and (begin := not_begun(last, wanted)):
        return [next_hint(begin, wanted, memory, command, folder)]
    if rest := [exercise.name for exercise in wanted.values() if exercise.name not in graded]:
        text = _("All that the last grade looked at was right. It did not look at {name}. To grade that: make grade")
        return changed or [_text(text.format(name=rest[0]))]
    return changed or [next_hint(last.items, wanted, memory, command, folder)]


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make hint", description=__doc__.splitlines()[0])
    parser.add_argument("--report", type=Path, required=True)
    parser.add_argument("--memory", type=Path, required=True, help="how many hints were shown; a file of this tool")
    parser.add_argument("--build", type=Path, default=Path("build"), help="the build folder of CMake")
    parser.add_argument("--only", default="", help="exercises or small functions, separated by commas")
    return parser


def main(arguments: argparse.Namespace) -> None:
    wanted = named(arguments.only, rubric())
    if first := what_to_do_first(arguments.report, wanted, arguments.only):
        print(_paragraph(first, "", ""))
        return
    last = load(arguments.report)
    console_of_80().print(*answer(last, arguments.report, wanted, arguments.memory, arguments.only), sep="\n")


if __name__ == "__main__":
    sys.exit(run_tool("hint", parser(), main))
