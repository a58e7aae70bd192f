"""The items of a grade, stage by stage: what each exercise shows, and what an item may earn.

Pure functions, called by grade.py: from the staged and built files and the judge's findings to a list of items."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path

from grader.common.language import marked, tr
from grader.common.rubric import Bonus, Exercise, Gate, rubric
from grader.explain import armadillo, compiler_hints, excerpt
from grader.grade.building import Built
from grader.grade.judging import UNFINISHED
from grader.grade.staging import Staged
from grader.report.item import IS_ALLOWED, Item, make_item, points, todo_message

COMPILES, ALLOWED = marked("compiles"), marked("allowed")
MOST_LINES = 5  # of further findings, in a message
NOT_JUDGED = marked("the judge did not get to this item; see judge/ beside the report")
# What the judge says of an item of parity beyond status and message; the page draws the last three.
PARITY_KEYS = ("hint", "expected", "actual", "matrices", "curves", "model")
SPEED_KEYS = ("hint", "expected", "actual", "flag")


def _function_of(exercise: Exercise, item: str) -> str:
    """The function that an item is about: in vec_exos each item is one function, elsewhere the file has one."""
    return item if item in exercise.functions else exercise.functions[0]


def untouched(built: Built | None, function: str) -> bool:
    return bool(built and built.functions.get(function, {}).get("untouched"))


def is_bonus_to_do(file: Staged, built: Built | None) -> bool:
    """Whether it is a bonus that nobody has begun: it then has no part in a grade."""
    return file.exercise.bonus is not None and all(untouched(built, name) for name in file.exercise.functions)


def _build_item(file: Staged, built: Built | None) -> Item:
    exercise = file.exercise
    if file.problem:
        return make_item(exercise, COMPILES, "build", "fail", file.problem)
    assert built is not None
    if all(untouched(built, function) for function in exercise.functions):
        return make_item(exercise, COMPILES, "build", "todo", todo_message(exercise, exercise.functions[0]))
    if built.fault:
        message = tr("could not be compiled: {error}", error=built.fault)
        return make_item(exercise, COMPILES, "build", "error", message)
    if built.error:
        hint = built.hint or compiler_hints.NOT_KNOWN
        message = tr("does not compile: {error}", error=built.error)
        lines = excerpt.for_message(file.copy, message, built.before)
        function = excerpt.function_at(file.copy, message, exercise.functions)
        return make_item(exercise, COMPILES, "build", "fail", message, hint=hint, excerpt=lines, function=function)
    return make_item(exercise, COMPILES, "build", "pass")


def _other_lines(findings: list[dict]) -> str:
    """The lines of the findings on other lines than the first, as a list that stays short."""
    others = dict.fromkeys(finding["line"] for finding in findings)
    lines = [str(line) for line in others if line != findings[0]["line"]]
    return ", ".join([*lines[:MOST_LINES], *(["..."] if len(lines) > MOST_LINES else [])])


def _legality_item(file: Staged, built: Built, function: str) -> Item:
    exercise = file.exercise
    name = ALLOWED if function == exercise.name or len(exercise.functions) == 1 else f"{function}{IS_ALLOWED}"
    if fault := built.legality_error or (not built.functions and not built.unreadable and built.fault):
        message = tr("could not be inspected: {error}", error=fault)
        return make_item(exercise, name, "legality", "error", message)
    if built.error:
        return make_item(exercise, name, "legality", "skip", tr("inspected once the file compiles"))
    if built.unreadable:
        message = tr("{file}:{finding}", file=exercise.file, finding=built.unreadable)
        return make_item(exercise, name, "legality", "fail", message, excerpt=excerpt.for_message(file.copy, message))
    found = built.functions[function]
    if found["untouched"]:
        return make_item(exercise, name, "legality", "todo", todo_message(exercise, function))
    if findings := found["findings"]:
        first = findings[0]
        place = {"file": exercise.file, "line": first["line"], "finding": first["message"]}
        message = tr("{file}:{line}: {finding}", **place)
        if others := _other_lines(findings):
            message = tr("{file}:{line}: {finding} (other findings, by line: {others})", others=others, **place)
        with_lines = excerpt.with_lines(file.copy, findings)
        return make_item(exercise, name, "legality", "fail", message, findings=with_lines)
    return make_item(exercise, name, "legality", "pass", statements=found["statements"])


def before_judging(staged: Iterable[Staged], built: dict[str, Built]) -> list[Item]:
    items = []
    for file in staged:
        if not file.exercise.functions:
            continue
        known = built.get(file.exercise.name)
        items.append(_build_item(file, known))
        if known:
            items += [_legality_item(file, known, function) for function in file.exercise.functions]
    return items


def _answer_items(file: Staged, judge: Callable[[Path, dict[str, int]], dict[str, dict]]) -> list[Item]:
    exercise = file.exercise
    if file.problem:
        first, *others = exercise.points
        waits = tr("looked at once {file} can be read", file=exercise.file)
        skipped = [make_item(exercise, name, "answer", "skip", waits) for name in others]
        return [make_item(exercise, first, "answer", "fail", file.problem), *skipped]
    found = judge(file.copy, {name: exercise.step_of(name) for name in exercise.points})
    for one in found.values():
        if one["status"] == "fail":
            one["excerpt"] = excerpt.line_for_message(file.copy, one["message"])
    return [make_item(exercise, name, "answer", **one) for name, one in found.items()]


def answer_items(staged: Iterable[Staged], judge: Callable[[Path, dict[str, int]], dict[str, dict]]) -> list[Item]:
    """Of answers.toml, which holds no function."""
    return [item for file in staged if not file.exercise.functions for item in _answer_items(file, judge)]


def ready_for_parity(exercises: Iterable[Exercise], built: dict[str, Built], objects: Path) -> list[str]:
    return [e.name for e in exercises if e.name in built and (objects / f"{e.name}.so").exists()]


def _of_the_code(built: Built, function: str) -> str:
    """The mistake that the compiler or the inspection sees in code that both accept, or ""."""
    line = built.functions.get(function, {}).get("discards")
    discards = tr(
        "line {line} computes something that nobody keeps: +, - and functions such as exp leave their matrices as they "
        "are; keep what comes out (... = ...), or change the matrix itself with +=, -= or /=",
        line=line,
    )
    return built.warnings.get(function) or (discards if line else "")


def _parity_item(exercise: Exercise, name: str, file: Staged, built: Built | None, found: dict | None) -> Item:
    function = _function_of(exercise, name)
    if built and built.fault and not untouched(built, function):
        return make_item(exercise, name, "parity", "error", tr("not run: {reason}", reason=built.fault))
    if file.problem or built is None or built.error:
        message = tr("not run: {file} does not compile or is not there", file=exercise.file)
        return make_item(exercise, name, "parity", "skip", message)
    if found and found["status"] == "todo" and built.functions and not untouched(built, function):
        message = tr("{function} still throws lab::NotImplemented: delete that line of the stub", function=function)
        return make_item(exercise, name, "parity", "fail", message)
    if untouched(built, function) or (found and found["status"] == "todo"):
        return make_item(exercise, name, "parity", "todo", todo_message(exercise, function))
    if found is None:
        return make_item(exercise, name, "parity", "error", tr(NOT_JUDGED))
    status, message = found["status"], found["message"]
    illegal = built.unreadable or (not built.legality_error and built.functions[function]["findings"])
    if illegal and status == "pass":
        status, message = "skip", tr("right, but earns nothing while it is not allowed: see the legality item")
    more = {key: found.get(key) for key in PARITY_KEYS}
    if status == "fail":
        more["hint"] = _of_the_code(built, function) or more["hint"] or armadillo.for_exception(message)
    return make_item(exercise, name, "parity", status, message, **more)


def _find(by_name: dict[tuple[str, str], dict], exercise: Exercise, name: str) -> dict | None:
    return by_name.get((exercise.name, name)) or by_name.get((exercise.name, UNFINISHED))


def parity_items(
    exercises: Iterable[Exercise], staged: Iterable[Staged], built: dict[str, Built], found: list[dict]
) -> list[Item]:
    by_name = {(one["exercise"], one["name"]): one for one in found}
    files = {file.exercise.name: file for file in staged}
    return [
        _parity_item(exercise, name, files[exercise.name], built.get(exercise.name), _find(by_name, exercise, name))
        for exercise in exercises
        if exercise.functions
        for name in exercise.points
    ]


def _holds(item: Item) -> bool:
    """A fault of the inspection is the grader's own, and must not cost the marks of a function that is right."""
    return item.status == "pass" or (item.stage, item.status) == ("legality", "error")


def _missing_for_speed(exercise: Exercise, items: list[Item]) -> list[str]:
    """The functions that are not right and allowed yet, or that this run did not look at."""
    needs = exercise.needs
    judged = [item for item in items if item.stage in ("build", "legality", "parity")]
    good = {
        name for name in needs if (own := [item for item in judged if item.exercise == name]) and all(map(_holds, own))
    }
    return [name for name in needs if name not in good]


def ready_for_speed(exercises: Iterable[Exercise], items: list[Item]) -> list[str]:
    return [e.name for e in exercises if e.speed and not _missing_for_speed(e, items)]


def _is_graders_fault(missing: list[str], items: list[Item]) -> bool:
    """Whether these would be right and allowed as far as the grader got: nothing that it did judge speaks against."""
    judged = [[item.status for item in items if item.exercise == name] for name in missing]
    return bool(judged) and all("error" in own and {"fail", "todo"}.isdisjoint(own) for own in judged)


def _not_measured(exercise: Exercise, name: str, items: list[Item]) -> Item:
    missing = _missing_for_speed(exercise, items)
    if _is_graders_fault(missing, items):
        message = tr("not measured, because the grader failed to judge {names}", names=", ".join(missing))
        return make_item(exercise, name, "speed", "error", message)
    own = [item for item in items if item.exercise == exercise.name and item.stage == "parity"]
    status = "todo" if own and all(item.status == "todo" for item in own) else "skip"
    names = ", ".join(missing)
    message = tr("measured once these are right and allowed: {names}", names=names)
    if not missing:
        message = tr("right and allowed; its speed is being measured, or will be by: make grade")
    elif not {item.exercise for item in items}.issuperset(missing):
        message = tr("measured by make grade without ONLY, once these are right and allowed: {names}", names=names)
    return make_item(exercise, name, "speed", status, message)


def partial_points(speed: dict, most: float) -> float:
    """What code that is clearly slower than needed earns: nothing at half of what is needed, and from there in
    proportion, less than `most`."""
    share = speed["efficiency"] / speed["needed"]
    if not rubric().partial_marks or speed["efficiency_interval"][1] >= speed["needed"]:
        return 0.0
    return max(0.0, min(round(most * (2 * share - 1), 2), round(most - 0.01, 2)))


def _with_cause(message: str, cause: dict | None, more: dict, is_enough: bool = False) -> str:
    """The message with the cause; hint and lines of it come into `more`."""
    if not cause:
        return message
    more |= {key: cause.get(key) for key in ("hint", "excerpt")}
    if is_enough:
        return tr("{figures}; fast enough, and faster without this: {cause}", figures=message, cause=cause["message"])
    return tr("{figures}; {cause}", figures=message, cause=cause["message"])


def _too_slow(exercise: Exercise, name: str, found: dict, cause: dict | None, more: dict) -> Item:
    """`found` is what the judge has measured, `cause` what it has counted."""
    message, most, speed = found["message"], exercise.speed[name], found["speed"]
    earned = partial_points(speed, most)
    if earned:
        marks = {
            "earned": points(earned),
            "most": points(most),
            "share": f"{speed['efficiency'] / speed['needed']:.2f}",
        }
        message = tr("{figures}; {earned} of {most} marks: {share} of what is needed", figures=message, **marks)
    message = _with_cause(message, cause, more)
    return make_item(exercise, name, "speed", "fail", message, earned=earned, **more)


def _bonus_item(exercise: Exercise, bonus: Bonus, name: str, fast: dict, more: dict) -> Item:
    """Noise costs nothing: the better end of the interval counts."""
    low, high = fast["time_interval"]
    marks = bonus.marks_for(low)
    message = tr(
        "{time} times the time of the BLAS floor ({low} to {high}), on images in memory: {marks} of {most} bonus marks",
        time=f"{fast['time']:.2f}",
        low=f"{low:.2f}",
        high=f"{high:.2f}",
        marks=points(marks),
        most=points(bonus.most),
    )
    status = "pass" if marks else "fail"
    return make_item(exercise, name, "speed", status, message, fast=fast, bonus=marks, max_bonus=bonus.most, **more)


def _measured(exercise: Exercise, name: str, found: dict, gate: Gate | None, cause: dict | None) -> Item:
    more = {key: found.get(key) for key in SPEED_KEYS}
    if exercise.bonus and found.get("fast"):
        return _bonus_item(exercise, exercise.bonus, name, found["fast"], more)
    if gate and found.get("speed"):
        more["speed"] = {**found["speed"], **asdict(gate)}
        if found["status"] == "fail":
            return _too_slow(exercise, name, found, cause, more)
    message = _with_cause(found["message"], cause, more, is_enough=found["status"] == "pass")
    return make_item(exercise, name, "speed", found["status"], message, **more)


def speed_items(
    exercises: Iterable[Exercise],
    items: list[Item],
    measured: list[str],
    found: list[dict],
    gates: dict[str, Gate],
    causes: dict[str, dict],
) -> list[Item]:
    """`measured` names the exercises that the judge has timed, and `found` is what it says of them; `causes` is what it
    has counted in those that are too slow, by their names."""
    by_name = {(one["exercise"], one["name"]): one for one in found}
    result = []
    for exercise in exercises:
        for name in exercise.speed:
            one = _find(by_name, exercise, name)
            if exercise.name not in measured:
                result.append(_not_measured(exercise, name, items))
            elif one is None:
                result.append(make_item(exercise, name, "speed", "error", tr(NOT_JUDGED)))
            else:
                result.append(_measured(exercise, name, one, gates.get(name), causes.get(exercise.name)))
    return result
