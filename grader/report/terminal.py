"""A grade as one screen of the terminal, 80 x 24 where it can be: the table first, the next thing to do last.

Called by grade.py and by the watcher; judges nothing. What comes from a submission becomes Text, never markup."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from grader.common.console import LINES, Prose, console_of_80
from grader.common.language import _, marked, readable
from grader.common.rubric import Rubric, rubric
from grader.common.wrap import fill
from grader.report import arithmetic
from grader.report.debrief import DEBRIEFS, Memory, passed
from grader.report.item import COLUMNS, MARKS, Item, cell, marks_of, open_points, points
from grader.report.needed import needed_words
from grader.report.next_thing import is_part, is_students, next_of
from grader.report.report_json import PROTECTIONS, Report
from grader.report.tasks import progress

COLOURS = {"pass": "green", "fail": "red", "todo": "yellow", "skip": "dim", "inconclusive": "cyan", "error": "magenta"}


def _cell(items: list[Item], stages: tuple[str, ...]) -> Text:
    found = cell(items, stages)
    if not found:
        return Text("-", style="dim")
    status, count = found
    return Text(f"{_(MARKS[status])} {count}".rstrip(), style=COLOURS[status])


def _marks(items: list[Item]) -> str:
    most = sum(item.max_points for item in items) - open_points(items)
    return f"{points(sum(item.points for item in items))} / {points(most)}"


def table_of(items: list[Item], total: str) -> Table:
    table = Table(box=None, padding=(0, 1), header_style="bold")
    for heading in (marked("exercise"), *COLUMNS):
        table.add_column(_(heading), no_wrap=True)
    table.add_column(_("marks"), justify="right", no_wrap=True)
    for name in dict.fromkeys(item.exercise for item in items):
        own = [item for item in items if item.exercise == name]
        table.add_row(name, *(_cell(own, stages) for stages in COLUMNS.values()), marks_of(own))
    table.add_row(Text(total, style="bold"), "", "", "", Text(_marks(items), style="bold"))
    return table


def progress_of(items: list[Item], table: Rubric) -> Text:
    """How many tasks are done, with a mark for each task in the order of the lab."""
    tasks = progress(table, items)
    bar = "".join("#" if done else "." for done in tasks.values())
    text = _(" Tasks done: {done} of {all} {bar}")
    return Text(text.format(done=sum(tasks.values()), all=len(tasks), bar=f"[{bar}]"))


def part_of(items: list[Item], table: Rubric) -> Text:
    most = sum(item.max_points for item in items)
    every = sum(exercise.max_points for exercise in table.exercises.values())
    line = _(" Only a part of the grade: {most} of the {every} marks. For all of it: make grade")
    return Prose(line.format(most=points(most), every=points(every)))


def speed_of(item: Item, why: bool = True) -> Iterator[Text]:
    """The figures of an item, and `why` so much is needed."""
    line = _(" {name}: {ratio:.1f}x the loops, {share:.2f} of the BLAS floor")
    assert item.speed
    yield Text(line.format(name=item.title, ratio=item.speed["ratio"], share=item.speed["efficiency"]))
    if why:
        yield Text(fill(needed_words(item.speed), 79, first="   ", rest="   "))


def bonus_of(item: Item) -> Text:
    fast = item.fast
    assert fast
    line = _(" {name}: {time:.2f} of the BLAS floor's time (limits: {limits})")
    limits = [fast[key] / fast["floor_seconds"] for key in ("memory_seconds", "arithmetic_seconds") if key in fast]
    words = _(" and ").join(f"{limit:.2f}" for limit in limits)
    return Text(line.format(name=item.title, time=fast["time"], limits=words))


def arithmetic_of(items: list[Item]) -> Iterator[Text]:
    """One line for all timed items, in the order of their figures; none where no peak is known."""
    known = [found for item in items if (figures := item.speed or item.fast) and (found := arithmetic.of(figures))]
    if known:
        line = _(" GFLOP/s (share of this machine's peak): {figures}")
        yield Text(line.format(figures=", ".join(map(str, known))))


def summary(items: list[Item], table: Rubric) -> Group:
    """The table and what belongs to it; the watcher shows it as well."""
    part = is_part(items, table)
    lines = [progress_of(items, table), *([part_of(items, table)] if part else [])]
    measured = [item for item in items if item.speed]
    has_bonus = any(table.exercises[item.exercise].bonus for item in items)  # takes two lines, and knows what is needed
    lines += [line for item in measured for line in speed_of(item, why=not has_bonus or part)]
    lines += [*(bonus_of(item) for item in items if item.fast), *arithmetic_of(items)]
    if missing := open_points(items):
        text = _(" The grader failed to judge {points} marks, which is its own fault: grade again.")
        lines.append(Text(text.format(points=points(missing)), style="magenta"))
    return Group(table_of(items, _("total of this part") if part else _("total")), *lines)


def _about(report: Report, out: Path) -> Group:
    guards = ", ".join(_(PROTECTIONS[name]) for name in report.protections)
    said = [_("Protections: {guards}").format(guards=guards)]
    said += [_("no seccomp")] if "seccomp" not in report.protections else []
    said += [_("no sandbox (grader/TRUST.md)")] if "bubblewrap" not in report.protections else []
    lines = [_("; ").join(said)]
    if (out / "report.html").exists():
        lines.append(_("{out}/report.html shows it with pictures, in a browser").format(out=out))
        lines.append(_("report.json beside it has every item; to repeat it: SEED={seed}").format(seed=report.seed))
    else:
        inputs = _("{out}/report.json has every item; to repeat it: SEED={seed}")
        lines.append(inputs.format(out=out, seed=report.seed))
    return Group(*(Text(readable(line), style="dim") for line in lines))


def _debrief(name: str) -> Group:
    said = DEBRIEFS[name].in_words
    learned = _("{name} is done. {learned}").format(name=name, learned=said.learned)
    return Group(
        Prose(learned), Prose(_("To think about: {question}").format(question=said.question), style="bold"), ""
    )


def lines_of(console: Console, shown: Group) -> int:
    return len(console.render_lines(shown, pad=False))


def show(report: Report, out: Path) -> None:
    """Where the screen has room, also what the first exercise that passes has taught; once, and to its student."""
    console, items, own = console_of_80(), report.items, is_students(report.submission)
    grade = Group(summary(items, rubric()), "", _about(report, out), "")
    room = LINES - lines_of(console, grade)
    next_thing, memory = Group(next_of(items, own, room=room)), Memory(out)
    room -= lines_of(console, next_thing)
    new = [name for name in passed(items) if own and name not in memory.shown()][:1]
    told = [name for name in new if lines_of(console, _debrief(name)) <= room]
    console.print(grade, *map(_debrief, told), next_thing, sep="\n")
    for name in told:
        memory.add(name)
