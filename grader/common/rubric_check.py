"""Whether one can grade by a rubric.toml: what is wrong with it becomes a UserError that names the line.

Called by rubric.py, for every tool. Which exercises, items, functions, rules and steps there are is read where the lab
itself has them, because a second list would fall behind."""

from __future__ import annotations

import json
import math
import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from grader.common.build_facts import ROOT
from grader.common.language import _, marked
from grader.common.toml_lines import Keys, line_of
from grader.common.tool import UserError

FILE = ROOT / "grader" / "rubric.toml"
# What grader/grade/answers_toml.py judges, and no test case.
ANSWERS = {"answers": ["hottest functions", "shapes", "predict", "count", "explain"]}

TABLE = marked("a table")
LIST = marked("a list of texts in quotes")
NUMBERS = marked("a list of two numbers or more")
BOOLEAN = marked("true or false")
NUMBER = marked("a number from 0")
POSITIVE = marked("a number above 0")
SHARE = marked("a number above 0, at most 1")
ABOVE_ONE = marked("a number above 1")
HOLDS = {
    NUMBER: lambda number: number >= 0,
    POSITIVE: lambda number: number > 0,
    SHARE: lambda number: 0 < number <= 1,
    ABOVE_ONE: lambda number: number > 1,
}
SPEED = {"mark_to_beat": POSITIVE, "budget_seconds": POSITIVE, "precision": ABOVE_ONE}
GATE = {"required_speedup": POSITIVE, "required_efficiency": SHARE, "sufficient_efficiency": SHARE}


class Fault(Exception):
    """What is wrong; `keys` lead to it, and `element` is the one of a list that is meant."""

    def __init__(self, keys: Keys, says: str, element: str = "") -> None:
        super().__init__(says)
        self.keys, self.element = keys, element


def _shown(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _name(keys: Keys) -> str:
    return ".".join(key if re.fullmatch(r"[\w-]+", key) else _shown(key) for key in keys)


def _one_of(values: Iterable[object]) -> str:
    return _("one of {values}").format(values=", ".join(map(_shown, values)))


def _expect(holds: bool, keys: Keys, value: object, expected: str, is_element: bool = False) -> None:
    if not holds:
        says = (
            _("{key} has {value}; expected: {expected}") if is_element else _("{key} is {value}; expected: {expected}")
        )
        text = says.format(key=_name(keys), value=_shown(value), expected=expected)
        raise Fault(keys, text, _shown(value) if is_element else "")


def _number(keys: Keys, value: Any, kind: str) -> None:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
    _expect(is_number and HOLDS[kind](value), keys, value, _(kind))


def _boolean(keys: Keys, value: Any) -> None:
    _expect(isinstance(value, bool), keys, value, _(BOOLEAN))


def _texts(keys: Keys, value: Any) -> None:
    _expect(isinstance(value, list) and all(isinstance(text, str) for text in value), keys, value, _(LIST))


def _table(keys: Keys, table: Any, required: Mapping[str, str], optional: Iterable[str] = ()) -> None:
    """`required` says of each key that must be there what its value is."""
    _expect(isinstance(table, dict), keys, table, _(TABLE))
    known = [*required, *optional]
    for key in table:
        if key not in known:
            says = _("{key} is not known; expected: {expected}")
            raise Fault((*keys, key), says.format(key=_name((*keys, key)), expected=_one_of(known)))
    for key, kind in required.items():
        if key not in table:
            says = _("{key} is missing; expected: {expected}")
            raise Fault((*keys, key), says.format(key=_name((*keys, key)), expected=_(kind)))


def _numbers(keys: Keys, table: Any, kinds: Mapping[str, str], optional: Iterable[str] = ()) -> None:
    _table(keys, table, kinds, optional)
    for key, value in table.items():
        _number((*keys, key), value, kinds.get(key, NUMBER))


@cache
def _in_lab(file: str, pattern: str) -> list[Any]:
    path = ROOT / file
    return re.findall(pattern, path.read_text(encoding="utf-8"), re.MULTILINE) if path.exists() else []


@cache
def judged(stage: str) -> dict[str, list[str]]:
    """The items of each exercise for which the judge has a test case."""
    items: dict[str, list[str]] = {}
    for file in sorted((ROOT / "grader" / "judge" / "checks").glob("*.cpp")):
        for exercise, item in _in_lab(str(file), rf'^TEST_CASE\("(\w+): (.+)", "\[\1\]\[{stage}\]"\)'):
            items.setdefault(exercise, []).append(item)
    return items


def _speed(table: dict) -> None:
    loops = judged("speed")["loops"]
    _table(("speed",), table, {**SPEED, "partial_marks": BOOLEAN, "gates": TABLE})
    for key, kind in SPEED.items():
        _number(("speed", key), table[key], kind)
    _boolean(("speed", "partial_marks"), table["partial_marks"])
    _table(("speed", "gates"), table["gates"], dict.fromkeys(loops, TABLE))
    for item, gate in table["gates"].items():
        keys = ("speed", "gates", item)
        _numbers(keys, gate, GATE)
        least, enough = gate["required_efficiency"], gate["sufficient_efficiency"]
        expected = _("no less than required_efficiency, which is {least}").format(least=least)
        _expect(enough >= least, (*keys, "sufficient_efficiency"), enough, expected)


def _functions(keys: Keys, row: dict, is_code: bool) -> None:
    rules = _in_lab("grader/legality/inspection.py", r'^    "(.+)": Rules\(') if is_code else ["none"]
    _expect(row["rules"] in rules, (*keys, "rules"), row["rules"], _one_of(rules))
    known = _in_lab("grader/worker/functions.hpp", r"^ +X\((\w+)\)")
    _texts((*keys, "functions"), row["functions"])
    expected = _one_of(known) if is_code else "[]"
    _expect(bool(row["functions"]) == is_code, (*keys, "functions"), row["functions"], expected)
    for function in row["functions"]:
        _expect(function in known, (*keys, "functions"), function, expected, is_element=True)


def _needs(keys: Keys, names: Any, own: str, exercises: dict) -> None:
    _texts(keys, names)
    known = [name for name in exercises if name == own or name not in ANSWERS]
    for name in names:
        _expect(name in known, keys, name, _one_of(known), is_element=True)
    _expect(own in names, keys, names, _("exercises, {own} among them").format(own=own))


def _bonus(keys: Keys, bonus: Any) -> None:
    lists = {"times": POSITIVE, "marks": NUMBER}
    _table(keys, bonus, dict.fromkeys(lists, NUMBERS))
    for key, kind in lists.items():
        _expect(isinstance(bonus[key], list) and len(bonus[key]) > 1, (*keys, key), bonus[key], _(NUMBERS))
        for number in bonus[key]:
            _number((*keys, key), number, kind)
        ordered = sorted(set(bonus[key]), reverse=key == "times")
        expected = _("each smaller than the one before") if key == "times" else _("each larger than the one before")
        _expect(bonus[key] == ordered, (*keys, key), bonus[key], expected)
    as_many = _("as many as times, which are {count}").format(count=len(bonus["times"]))
    _expect(len(bonus["marks"]) == len(bonus["times"]), (*keys, "marks"), bonus["marks"], as_many)


def _step(keys: Keys, step: Any, known: list[int]) -> None:
    is_step = type(step) is int and (step in known or not known)  # not `true`, which is 1
    _expect(is_step, keys, step, _one_of(known))


def _exercise(name: str, exercises: dict, points: list[str], speed: list[str]) -> None:
    keys, row = ("exercises", name), exercises[name]
    steps = [int(step) for step in _in_lab("handout.md", r"^## Step (\d+)")]
    required = {"step": _one_of(steps), "rules": marked("a text in quotes"), "functions": LIST, "points": TABLE}
    _table(keys, row, required, ("speed", "needs", "bonus") if speed else ("steps",) if name in ANSWERS else ())
    _step((*keys, "step"), row["step"], steps)
    _table((*keys, "steps"), row.get("steps", {}), {}, points)
    for item, step in row.get("steps", {}).items():
        _step((*keys, "steps", item), step, steps)
    _functions(keys, row, name not in ANSWERS)
    _numbers((*keys, "points"), row["points"], dict.fromkeys(points, NUMBER))
    _numbers((*keys, "speed"), row.get("speed", {}), {}, speed)
    _needs((*keys, "needs"), row.get("needs", [name]), name, exercises)
    if "bonus" in row:
        _bonus((*keys, "bonus"), row["bonus"])


def check(table: dict[str, Any]) -> None:
    """Raises a Fault for the first thing that is wrong."""
    _table((), table, dict.fromkeys(("speed", "legality", "hints", "exercises"), TABLE))
    _speed(table["speed"])
    _table(("legality",), table["legality"], {"also_allowed": LIST})
    _texts(("legality", "also_allowed"), table["legality"]["also_allowed"])
    _table(("hints",), table["hints"], {"want_a_change": BOOLEAN})
    _boolean(("hints", "want_a_change"), table["hints"]["want_a_change"])
    items = {**judged("parity"), **ANSWERS}
    _table(("exercises",), table["exercises"], {}, items)
    for name in table["exercises"]:
        _exercise(name, table["exercises"], items[name], judged("speed").get(name, []))


def _wrong(line: int, says: str) -> UserError:
    return UserError(": ".join([f"{FILE.relative_to(ROOT)}:{line}", says]))


def read(content: bytes) -> dict[str, Any]:
    """The table of a rubric that is right."""
    try:
        text = content.decode("utf-8-sig")
        table = tomllib.loads(text)
        check(table)
        return table
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        says = _("the byte {byte} is not UTF-8; expected: text that an editor has saved as UTF-8")
        raise _wrong(line, says.format(byte=f"0x{content[error.start]:02x}")) from None
    except tomllib.TOMLDecodeError as error:
        reason, _at, place = str(error).partition(" (at ")
        number = re.match(r"line (\d+)", place)
        lines = text.rstrip("\n").split("\n")
        line = int(number[1]) if number else len(lines)
        says = _("{text} cannot be read ({reason}); expected: TOML, as in the lines around it")
        raise _wrong(line, says.format(text=_shown(lines[line - 1].strip()), reason=reason)) from None
    except Fault as fault:
        raise _wrong(line_of(text, fault.keys, fault.element), str(fault)) from None


def load() -> dict[str, Any]:
    """The table of the lab's own rubric."""
    try:
        return read(FILE.read_bytes())
    except OSError as error:
        says = _("{file} cannot be read ({reason}). Restore it, from the copy of the lab that you were given")
        raise UserError(says.format(file=FILE, reason=error.strerror)) from None
