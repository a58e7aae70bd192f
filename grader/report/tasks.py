"""The tasks of the lab: each function of the rubric, and the answers; which items belong to which task.

Used by the report, the hints and the watcher; pure functions on the items of a report."""

from __future__ import annotations

import re
from collections.abc import Iterable

from grader.common.language import _
from grader.common.rubric import Exercise, Rubric
from grader.common.tool import UserError
from grader.report.item import EARNS, IS_ALLOWED, Item


def tasks_of(exercise: Exercise) -> tuple[str, ...]:
    """A small exercise is a task of its own; any other file is one."""
    return exercise.functions if len(exercise.functions) > 1 else (exercise.name,)


def task_of(exercise: Exercise, item: Item) -> str:
    """The task that an item is about; "" when it is about the whole file of several tasks."""
    tasks = tasks_of(exercise)
    name = item.name.removesuffix(IS_ALLOWED)
    return tasks[0] if len(tasks) == 1 else name if name in tasks else ""


def items_of(exercise: Exercise, task: str, items: Iterable[Item]) -> list[Item]:
    """The items that concern the task, those of its whole file included."""
    own = (item for item in items if item.exercise == exercise.name)
    return [item for item in own if task_of(exercise, item) in (task, "")]


def progress(table: Rubric, items: list[Item]) -> dict[str, bool]:
    """Whether it is done, for each task that the items are about."""
    graded = {item.exercise for item in items}
    exercises = [exercise for exercise in table.exercises.values() if exercise.name in graded]
    return {
        task: all(item.status in EARNS for item in items_of(exercise, task, items))
        for exercise in exercises
        for task in tasks_of(exercise)
    }


def _words_for(exercise: Exercise, task: str) -> set[str]:
    tasks = tasks_of(exercise)
    return {exercise.name, task, *(exercise.functions if len(tasks) == 1 else ())}


def words_of(only: str) -> list[str]:
    """The names in ONLY, with commas or spaces between them; a name may be that of a file, with its folder."""
    names = [word.rsplit("/", 1)[-1] for word in re.split(r"[,\s]+", only)]
    return [name.removesuffix(".cpp").removesuffix(".toml") for name in names if name]


def named(only: str, table: Rubric) -> dict[str, Exercise]:
    """The tasks that ONLY names, each with its exercise, in the order of the rubric; all of them when it is empty."""
    names = words_of(only)
    known = {task: exercise for exercise in table.exercises.values() for task in tasks_of(exercise)}
    words = {task: _words_for(exercise, task) for task, exercise in known.items()}
    if unknown := [name for name in names if not any(name in own for own in words.values())]:
        message = _("ONLY={name}: there is no such exercise. There are: {known}")
        raise UserError(message.format(name=unknown[0], known=", ".join(table.exercises)))
    return {task: exercise for task, exercise in known.items() if not names or words[task] & set(names)}
