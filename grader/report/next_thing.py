"""The next thing to do after a grade, the last of its screen: what to fix first with the line that it is about, the
next stub with a small example, or what comes after all that is right. Called by terminal.py and by the watcher."""

from __future__ import annotations

from pathlib import Path

from rich.console import Group
from rich.padding import Padding
from rich.text import Text

from grader.common.build_facts import ROOT
from grader.common.console import LINES, Prose
from grader.common.language import _, marked
from grader.common.rubric import Exercise, Rubric, may_be_a_stub, rubric
from grader.report import examples
from grader.report.item import Item, advice_on, first_to_fix, is_bonus, points, step_of, translated
from grader.report.tasks import task_of

# What stands before the item that the student is to look at, by its status.
HEADINGS = {
    "fail": marked("First thing to fix: {item}"),
    "todo": marked("Next: {item}"),
    "skip": marked("Still waits: {item}"),
}
LOOK_AT = marked("Look at: {item}")
LEFT_OF_BONUS = marked("Left of the bonus: {item}")
WINDOW = 70  # of a line of code: beside it are its number and the indent
EXERCISES = ROOT / "exercises"


def is_students(submission: str) -> bool:
    return Path(submission).resolve() == EXERCISES


def is_part(items: list[Item], table: Rubric) -> bool:
    return not {item.exercise for item in items}.issuperset(table.required)


def _window(line: str, at: int) -> tuple[str, int]:
    """What the screen has room for of a line, around the letter `at`, and where that letter then is."""
    begin = max(0, min(at - WINDOW * 2 // 3, len(line) - WINDOW))
    shown = line[begin : begin + WINDOW]
    if begin:
        shown = "…" + shown[1:]
    return (shown if begin + WINDOW >= len(line) else shown[:-1] + "…"), at - begin


def _source_lines(item: Item) -> list[Text]:
    """The student's own line that the message is about, where the report has it, and a mark where the error is."""
    place = item.excerpt or (item.findings or [{}])[0].get("excerpt")
    if not place:
        return []
    full = place["lines"][place["line"] - place["first_line"]]
    indent, column = len(full) - len(full.lstrip()), place.get("column", 0)
    line, at = _window(full.strip(), max(0, column - 1 - indent))
    prefix = f"{place['line']} | "
    lines = [prefix + line] + ([" " * (len(prefix) + at) + "^"] if column and at <= WINDOW else [])
    return [Text(text, style="bold", no_wrap=True, overflow="ellipsis") for text in lines]


def _start() -> Text:
    first, second = [exercise for exercise in rubric().exercises.values()][:2]
    return Prose.assemble(
        (_("Nothing is written yet. Start here:"), "bold"),
        "\n  1. "
        + _("Read steps 1 and {step} of handout.md. make train runs the loop version.").format(step=first.step),
        "\n  2. "
        + _("Open exercises/{file} and write {function}.").format(file=first.file, function=first.functions[0]),
        "\n  3. " + _("Type make grade ONLY={name} (and make hint when you are stuck).").format(name=first.name),
        "\n  4. " + _("When its row says ok, go on to the next row: exercises/{file}.").format(file=second.file),
    )


def example_lines(function: str) -> list[Text]:
    """The function on a small input; empty where there is no such example."""
    example = examples.of(function)
    return [Text(line, no_wrap=True) for line in example.lines()] if example else []


def _todo(item: Item, by_keys: bool, room: int) -> Group:
    """With an example of the function if it has room."""
    exercise = rubric().exercises[item.exercise]
    task = task_of(exercise, item) or exercise.functions[0]
    names = {"file": exercise.file, "step": step_of(item)}
    heading = _("Next: exercises/{file}, step {step} of handout.md").format(**names)
    if len(exercise.functions) > 1:
        heading = _("Next: {task} in exercises/{file}, step {step} of handout.md").format(task=task, **names)
    commands = _("To start: make hint; to grade it: make grade ONLY={name}")
    how = _("To start: press h; to grade it: save the file") if by_keys else commands
    lines = [how.format(name=exercise.name)] if exercise.functions else [item.message, how.format(name=exercise.name)]
    example = example_lines(task)
    shown = [*map(Prose, lines), *(example if len(example) < room - len(lines) else [])]
    return Group(Text(heading, style="bold"), Padding(Group(*shown), (0, 0, 0, 2), expand=False))


def _done(items: list[Item], is_students: bool, by_keys: bool) -> Text:
    if not is_part(items, rubric()):
        text = Prose(_("Everything is allowed, right and fast."), style="green")
        text.append(_faster_still(items, is_students, by_keys))
        graded = {item.exercise for item in items}
        for bonus in (e for e in rubric().exercises.values() if is_students and e.bonus and e.name not in graded):
            more = _("Optional, {most} bonus marks: exercises/{file}, step {step} of handout.md")
            most = points(bonus.bonus.most) if bonus.bonus else ""
            text.append("\n" + more.format(most=most, file=bonus.file, step=bonus.step), style="not green")
        return text
    text = Prose(_("This part is done."), style="green")
    text.append(_faster_still(items, is_students, by_keys))
    if is_students:
        text.append("\n" + _following(items), style="not green bold")
    return text


def _faster_still(items: list[Item], is_students: bool, by_keys: bool) -> str:
    """Where to read what a fast enough function does in vain; "" where nothing is known of it."""
    if not is_students or not (item := advice_on(items)):
        return ""
    says = (
        _("{name} could be faster still: press h")
        if by_keys
        else _("{name} could be faster still: make hint ONLY={name}")
    )
    return " " + says.format(name=item.exercise)


def _not_graded(items: list[Item]) -> Exercise | None:
    """The exercise that comes next of those that this part of a grade is not about."""
    graded = {item.exercise for item in items}
    others = [e for e in rubric().required.values() if e.name not in graded and may_be_a_stub(EXERCISES / e.file)]
    return min(others, key=lambda e: e.next_step(EXERCISES / e.file), default=None)


def _following(items: list[Item]) -> str:
    """What comes after a part of the grade that is right."""
    following = _not_graded(items)
    if not following:
        return _("For all of the grade: make grade")
    if following.name == "evaluate":
        return _("Next: steps 7 and 8 of handout.md, make train VERSION=vec; then exercises/evaluate.cpp, step 9")
    step = following.next_step(EXERCISES / following.file)
    return _("Next: exercises/{file}, step {step} of handout.md").format(file=following.file, step=step)


def _comes_later(item: Item, items: list[Item]) -> bool:
    """An answer of a later step, before which there is an exercise that this part of a grade is not about."""
    is_of_another_step = step_of(item) != rubric().exercises[item.exercise].step
    other = _not_graded(items) if is_of_another_step else None
    return other is not None and other.next_step(EXERCISES / other.file) < step_of(item)


def next_of(items: list[Item], is_students: bool, by_keys: bool = False, room: int = LINES) -> Group | Text:
    """The next thing to do; with the commands for it where the exercises are the reader's own, or the keys for it.
    `room` is how many lines there are for it."""
    first = first_to_fix(items)
    if first is None:
        return _done(items, is_students, by_keys)
    item = translated(first)
    if is_students and item.status == "todo":
        untouched = all(other.status in ("todo", "skip") for other in items) and not is_part(items, rubric())
        if untouched:
            return _start()
        # Of an answer of a later step nevertheless what there is to know: it may be what was asked for.
        later = Group(Prose(_following(items), style="bold"), Prose(item.message))
        return later if _comes_later(first, items) else _todo(item, by_keys, room)
    heading = LEFT_OF_BONUS if is_bonus(item) else HEADINGS.get(item.status, LOOK_AT)
    lines = [*_source_lines(item), Prose(item.message)]
    if item.hint:
        lines.append(Prose(_("Hint: {hint}").format(hint=item.hint)))
    if is_students and item.status == "fail":
        commands = _("For a hint: make hint; only this: make grade ONLY={name}")
        again = _("For a hint: press h") if by_keys else commands
        lines.append(Prose(again.format(name=item.exercise), style="dim"))
    if is_students and item.status == "skip" and is_part(items, rubric()):
        lines.append(Prose(_following(items), style="bold"))
    place = f"{item.exercise}, {item.title}"
    return Group(Text(_(heading).format(item=place), style="bold"), Padding(Group(*lines), (0, 0, 0, 2), expand=False))
