"""Grades again when a file is saved: python3 -m grader.tutor.watch SUBMISSION --build DIR --out DIR [--only NAMES].

`make watch` calls it. Values come first, the speed after them, while nothing is saved. It judges nothing itself."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from grader.common.console import LINES, Prose, console_of_80
from grader.common.language import _
from grader.common.rubric import Exercise, Rubric, rubric
from grader.common.tool import UserError, run_tool
from grader.grade import stages
from grader.grade.__main__ import make_page
from grader.grade.grade import Request
from grader.report.item import Item, first_to_fix, open_points
from grader.report.report_json import Report
from grader.report.tasks import named
from grader.report.next_thing import is_students, next_of
from grader.report.terminal import lines_of, summary
from grader.tutor.background_grade import Grading
from grader.tutor.hint import next_hint
from grader.tutor.keyboard import Keyboard

# Looking is a stat of each file: unlike the kernel's events, it also works on what Windows shows to WSL.
LOOK_EVERY_SECONDS = 0.2
LINES_BESIDE = 4  # the table and the next thing to do: empty ones, and those of the keys
Saved = dict[str, tuple[int, int]]


def look(submission: Path, exercises: Iterable[Exercise]) -> Saved:
    """When each exercise was last saved, and its size; an exercise whose file is not there is not in it."""
    found = {}
    for exercise in exercises:
        try:
            facts = (submission / exercise.file).stat()
            found[exercise.name] = (facts.st_mtime_ns, facts.st_size)
        except OSError:
            pass  # an editor that writes a new file in its place, or a student who has deleted it
    return found


def changed(before: Saved, after: Saved) -> list[str]:
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def to_measure(items: list[Item], just_graded: list[str], table: Rubric) -> list[str]:
    """The exercises to grade with their speed, now that these have been graded without it."""
    ready = stages.ready_for_speed(table.exercises.values(), items)
    needs = [table.exercises[name].needs for name in ready]
    concerned = {name for names in needs if {*names} & {*just_graded} for name in names}
    return [name for name in table.exercises if name in concerned]


def without_old_speeds(items: dict[str, list[Item]], just_graded: list[str], table: Rubric) -> dict[str, list[Item]]:
    """The items by exercise, once these have been graded without speed: what was measured with their old code waits."""
    judged = [item for name in table.exercises for item in items.get(name, []) if item.stage != "speed"]
    concerned = [e for e in table.exercises.values() if e.name in items and {*e.needs} & {*just_graded}]
    waiting = {
        e.name: stages.speed_items([e], judged, measured=[], found=[], gates={}, causes={})
        for e in concerned
        if e.speed
    }
    return {**items, **{name: [i for i in judged if i.exercise == name] + own for name, own in waiting.items()}}


def is_to_do(items: list[Item]) -> bool:
    """Whether this is an untouched stub."""
    return any(item.stage == "legality" and item.status == "todo" for item in items)


def whole(last: Report, items: list[Item]) -> Report:
    """The last grade with the items of those before it that were about other exercises."""
    score, most = sum(item.points for item in items), sum(item.max_points for item in items) - open_points(items)
    return replace(last, items=items, score=round(score, 6), max_score=round(most, 6))


class Watcher:
    """What is on the screen and what runs behind it."""

    def __init__(self, arguments: argparse.Namespace, exercises: list[Exercise]) -> None:
        self.arguments = arguments
        self.exercises = exercises  # whose files are watched
        self.items: dict[str, list[Item]] = {}  # of each exercise, from the last grade that looked at it
        self.focus: list[str] = []  # the exercises that were saved last
        self.saved: Saved = {}
        self.report: Report | None = None  # of all that was graded, for the page
        self.grading: Grading | None = None

    def _all_items(self) -> list[Item]:
        """Without a bonus that nobody has begun: as in a grade, it has no part in it unless it is named."""
        shown = {name: self.items.get(name, []) for name in rubric().exercises}
        if not self.arguments.only:
            shown = {name: own for name, own in shown.items() if name in rubric().required or not is_to_do(own)}
        return [item for own in shown.values() for item in own]

    def _focused(self) -> list[Item]:
        """The items of what is being worked on, as long as there is something to do about them."""
        own = [item for name in self.focus for item in self.items.get(name, [])]
        return own if first_to_fix(own) else self._all_items()

    def _line(self, text: str) -> None:
        console_of_80().print(Prose(text, style="dim"))

    def _keys(self) -> None:
        page = self.arguments.out / "report.html"
        if page.exists():
            self._line(_("{page} reloads itself in a browser").format(page=page))
        self._line(_("Save a file to grade it.  h: hint  r: grade all again  q: quit"))

    def show(self) -> None:
        console = console_of_80()
        console.clear()
        table, own = summary(self._all_items(), rubric()), is_students(str(self.arguments.submission))
        console.print(table, "", sep="\n")
        room = LINES - LINES_BESIDE - lines_of(console, table)
        console.print(next_of(self._focused(), own, by_keys=True, room=room), "", sep="\n")
        self._keys()

    def show_grading(self) -> None:
        console_of_80().clear()
        self._line(_("Grading {names} ...").format(names=", ".join(self.focus)))

    def write_page(self, reloads: bool) -> None:
        """The page of all that is on the screen; while the watcher runs it reloads itself, and at the end it stops."""
        if self.report and (fault := make_page(self.report, self.arguments.out, reloads)):
            self._line(fault)

    def draw(self) -> None:
        """What was on the screen before another program had it."""
        if self.grading and not self.grading.request.speed:
            self.show_grading()
        elif self.items:
            self.show()
        else:
            self._keys()

    def start(self, names: list[str], measure_speed: bool = False) -> None:
        """Grades these; what still ran is ended, since it is about files that are no more."""
        self.stop()
        where = self.arguments
        only = ",".join(names)
        self.grading = Grading(Request(where.submission, where.build, where.out, only, speed=measure_speed))

    def stop(self) -> None:
        if self.grading:
            unfinished, self.grading = self.grading, None
            unfinished.stop()

    def save_seen(self) -> None:
        """Grades what has changed, and what a grade that it interrupts had not come to."""
        now = look(self.arguments.submission, self.exercises)
        if now != self.saved:
            pending = set(changed(self.saved, now))
            if self.grading and not self.grading.request.speed:
                pending |= set(self.grading.only)
            self.saved = now
            self.focus = [name for name in rubric().exercises if name in pending]
            self.show_grading()
            self.start(self.focus)

    def grade_finished(self) -> None:
        assert self.grading
        done, self.grading = self.grading, None
        report = done.report()
        if report is None:
            self._keys()
            return
        for name in done.only:
            self.items[name] = [item for item in report.items if item.exercise == name]
        if not done.request.speed:
            self.items = without_old_speeds(self.items, done.only, rubric())
        self.report = whole(report, self._all_items())
        self.write_page(reloads=True)
        self.show()
        speed = [] if done.request.speed else to_measure(self._all_items(), done.only, rubric())
        if speed:
            self._line(_("Measuring the speed of {names} ...").format(names=", ".join(speed)))
            self.start(speed, measure_speed=True)

    def hint(self) -> None:
        items = self._focused()
        if not items:
            return
        console = console_of_80()
        console.clear()
        where, command = self.arguments, _("press h again")
        text = next_hint(items, named("", rubric()), where.memory, command, where.submission)
        console.print(text, "", sep="\n")
        self._keys()

    def run(self, keyboard: Keyboard) -> None:
        while True:
            self.save_seen()
            if self.grading and self.grading.finished():
                self.grade_finished()
            if keyboard.came_back():
                self.draw()
            key = keyboard.key(LOOK_EVERY_SECONDS)
            if key == "q":
                return
            if key == "h":
                self.hint()
            if key == "r":
                self.saved = {}


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make watch", description=__doc__.splitlines()[0])
    parser.add_argument("submission", type=Path, help="the folder that holds the files of exercises/")
    parser.add_argument("--build", type=Path, required=True, help="the build folder of CMake")
    parser.add_argument("--out", type=Path, required=True, help="a folder for its grades, of its own")
    parser.add_argument("--memory", type=Path, required=True, help="how many hints were shown")
    parser.add_argument("--only", default="", help="exercises whose files are watched, separated by commas")
    return parser


def main(arguments: argparse.Namespace) -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UserError(_("it needs a terminal, to show grades and to read keys. Without one: make grade"))
    names = {exercise.name for exercise in named(arguments.only, rubric()).values()}
    exercises = [exercise for name, exercise in rubric().exercises.items() if name in names]
    if not look(arguments.submission, exercises):
        says = _("{folder} holds none of the files of exercises/. SUBMISSION names the folder to watch")
        raise UserError(says.format(folder=arguments.submission))
    watcher = Watcher(arguments, exercises)
    with Keyboard() as keyboard:
        try:
            watcher.run(keyboard)
        except KeyboardInterrupt:
            print()
        finally:
            watcher.stop()
            watcher.write_page(reloads=False)


if __name__ == "__main__":
    sys.exit(run_tool("watch", parser(), main))
