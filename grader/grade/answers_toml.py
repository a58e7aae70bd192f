"""Judges answers.toml: each item against something computed or measured on the spot.

Called by grade.py, when what can be measured is. An item is judged once its section is complete, so that no try tells
which part is right; then the first part that is wrong is named, never what would be right."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.common.language import tr
from grader.common.toml_lines import line_of
from grader.grade import own_numbers
from grader.grade.answers_file import Answers, Fault, read, shape_of
from grader.grade.own_sizes import Sizes
from grader.grade.prediction import Memory

# Functions whose self times differ by less than this share of the run count as equally hot.
TIE_PERCENT = 5.0
LONGEST_SHOWN = 400  # characters of a reason; a teacher has the file
SHAPES = {"logits": "K x m", "largest": "1 x m", "delta": "K x m", "grad_W": "D x K", "grad_b": "K x 1"}
Finding = dict[str, Any]  # status, message and perhaps a hint of an item


@dataclass(frozen=True)
class Measured:
    """What the answers are held against that is not computed here."""

    profile: Path  # of the loop version, from the build
    memory: Memory
    speedup: float | None = None  # of the student's epoch over the loops, if this grade has measured it
    counts_epoch: bool = True  # whether this grade is about all that an epoch calls
    # As large as the images of a batch, which the epoch makes for each; None: not right yet.
    copies: float | None = None
    batches: Mapping[int, float] = field(default_factory=dict)  # seconds an image in an epoch, by the size of a batch


def _as_hot_as(profile: list[dict], rank: int) -> set[str]:
    return {row["name"] for row in profile if row["percent"] >= profile[rank]["percent"] - TIE_PERCENT}


def _shortened(reason: str) -> str:
    words = " ".join(reason.split())
    return words if len(words) <= LONGEST_SHOWN else words[:LONGEST_SHOWN] + " ..."


def _failed(message: str, hint: str = "") -> Finding:
    return {"status": "fail", "message": message, "hint": hint}


def _hottest(answers: Answers, profile_file: Path, step: int) -> Finding:
    section = answers.table.get("profile", {})
    names = section.get("hottest", [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        line = line_of(answers.text, ("profile", "hottest"))
        return _failed(tr('answers.toml:{line}: [profile] needs a line hottest = ["name", "name"]', line=line))
    why = answers.given("profile").get("why", "")
    if not names:
        says = tr("answers.toml is still to do: profile the loop version (step {step})", step=step)
        return {"status": "todo", "message": says}
    if "why" in section and not why:  # which an older file does not ask for
        says = tr("to do in answers.toml in step {step}, under [profile]: why these two", step=step)
        return {"status": "todo", "message": says}
    found = _held_against([name.strip().removeprefix("loops::").removesuffix("()") for name in names], profile_file)
    if found["status"] == "pass" and why:
        found["message"] = tr("{says}; a teacher reads why: {why}", says=found["message"], why=_shortened(why))
    return found


def _held_against(names: list[str], profile_file: Path) -> Finding:
    """The two names against the profile of the loop version."""
    if len(names) != 2 or names[0] == names[1]:
        count = len(names) if len(names) != 2 else 1  # the same one twice
        return _failed(tr("functions named in answers.toml: {count}; exactly two are asked for", count=count))
    profile = json.loads(profile_file.read_text())
    hint = tr("make profile shows the loop version sorted by self time; take the two names at the top")
    known = {row["name"] for row in profile}
    if unknown := [name for name in names if name not in known]:
        shown = ", ".join(sorted(known))
        name = repr(unknown[0][:60])
        says = tr("answers.toml: the profile shows no function {name}; it shows {shown}", name=name, shown=shown)
        return _failed(says, hint)
    if set(names) <= _as_hot_as(profile, 1):
        shown = ", ".join(f"{row['name']} {row['percent']:.0f} %" for row in profile[:3])
        return {"status": "pass", "message": tr("the profile of this build says so too: {shown}", shown=shown)}
    cold = next(name for name in names if name not in _as_hot_as(profile, 1))
    return _failed(tr("{name} is not one of the two with the most self time", name=cold), hint)


def _shapes(answers: Answers, measured: Measured) -> Finding:
    given = answers.given("shapes")
    if wrong := [key for key, shape in SHAPES.items() if shape_of(given[key]) != shape_of(shape)]:
        return _another_shape(wrong[0], given[wrong[0]])
    return {"status": "pass"}


def _another_shape(key: str, said: str) -> Finding:
    right = shape_of(SHAPES[key]) or ()
    if "1" in right and shape_of(said) == right[::-1]:
        count = next(letter for letter in right if letter != "1")
        says = tr("answers.toml: {key} has {count} numbers, but as a row or as a column?", key=key, count=count)
        hint = tr("write both: the number of rows first, then the number of columns; a letter alone is a column")
        return _failed(says, hint)
    says = tr("answers.toml: {key} does not have the shape {shape}", key=key, shape=said.strip())
    return _failed(says, tr("write the shape of each step under the other, as in the worked example of the handout"))


def _prediction(answers: Answers, measured: Measured) -> Finding:
    said = measured.memory.first() or answers.given("predict")
    batches = ", ".join(map(str, said["batches"]))
    facts = {"times": said["times"], "batches": batches, "hot": ", ".join(name[:60] for name in said["hot"])}
    if measured.speedup is None:
        text = tr("{times:g} times as fast as the loops; batches, fastest first: {batches}; hot: {hot}", **facts)
        return {"status": "pass", "message": text}
    text = tr(
        "predicted: {times:g} times as fast as the loops; measured: {speedup:.1f} times. Batches, fastest first: "
        "{batches}; measured: {order}. Hot: {hot}; make profile VERSION=vec shows it",
        speedup=measured.speedup,
        order=_order_of(measured.batches),
        **facts,
    )
    return {"status": "pass", "message": text}


def _order_of(batches: Mapping[int, float]) -> str:
    """The sizes, the fastest first, and the time of each; a dash where nothing was measured."""
    fastest = sorted(batches, key=lambda size: batches[size])
    times = ", ".join(f"{1e6 * batches[size]:.2g}" for size in fastest)
    return tr("{sizes} ({times} µs an image)", sizes=", ".join(map(str, fastest)), times=times) if fastest else "-"


def _counts(answers: Answers, measured: Measured) -> Finding:
    given = answers.given("count")
    sizes = Sizes.of(given["name"])
    wrong = _wrong(given, sizes, "multiplications", "bytes", "operations_per_byte")
    return wrong or {"status": "pass", "message": tr("counted with {sizes}", sizes=str(sizes))}


def _explanations(answers: Answers, measured: Measured) -> Finding:
    given, sizes = answers.given("explain"), Sizes.of(answers.name() or "")
    wrong = _wrong(given, sizes, "first_loss", "rate") or _order(*given["order"]) or _wrong(given, sizes, "in_cache")
    if wrong:
        return wrong
    if not measured.counts_epoch:  # it must not pass here and fail in the whole grade
        says = tr("the numbers hold; copies is counted in your epoch in a grade without ONLY: make grade")
        return {"status": "skip", "message": says}
    reasons = " / ".join(_shortened(given[key]) for key in ("first_loss_why", "large_batch_why"))
    says = tr("the numbers hold; a teacher reads the reasons: {reasons}", reasons=reasons)
    if measured.copies is None:
        says = tr("{says}; copies is held against your epoch once that is right", says=says)
    return _copies(given["copies"], measured) or {"status": "pass", "message": says}


def _copies(said: float, measured: Measured) -> Finding | None:
    if measured.copies is None or abs(said - measured.copies) < 0.5:
        return None
    hint = tr(
        "which of your lines make a new matrix with a number for each pixel of the batch? A view makes none; to count "
        "again: make grade"
    )
    return _failed(
        tr("answers.toml: copies = {said:g}: the grader counts another number in your epoch", said=said), hint
    )


def _order(x: float, y: float, z: float) -> Finding | None:
    if (float(x) + y) + z != x + (float(y) + z):
        return None
    sums = {"left": f"({x:g} + {y:g}) + {z:g}", "right": f"{x:g} + ({y:g} + {z:g})"}
    hint = tr("find three numbers for which they differ: what does a very large number keep of a small one?")
    return _failed(tr("answers.toml: order does not show it: {left} and {right} are the same double", **sums), hint)


def _wrong(given: dict[str, Any], sizes: Sizes, *keys: str) -> Finding | None:
    """That the first of these numbers is not right, if one is not."""
    key = next((key for key in keys if not own_numbers.is_right(key, given[key], sizes)), None)
    if key is None:
        return None
    says = tr("answers.toml: {key} is not right, with {sizes}", key=key, sizes=str(sizes))
    return _failed(says, own_numbers.hint(key, given[key], sizes))


def _to_do(answers: Answers, section: str, step: int) -> Finding | None:
    """What is still empty; with the sizes to count with as soon as there is a name."""
    facts: dict[str, Any] = {"section": section, "keys": ", ".join(answers.missing(section)), "step": step}
    name = answers.name() if section in ("count", "explain") else None
    if section == "explain" and name is None:
        says = tr("to do in answers.toml before step {step}: [{section}], after the name under [count]", **facts)
    elif not facts["keys"]:
        return None
    elif name is None:
        says = tr("to do in answers.toml before step {step}, under [{section}]: {keys}", **facts)
    else:
        facts["sizes"] = str(Sizes.of(name))
        says = tr("to do in answers.toml before step {step}, under [{section}]: {keys}; with {sizes}", **facts)
    return {"status": "todo", "message": says}


JUDGES: dict[str, Callable[[Answers, Measured], Finding]] = {
    "shapes": _shapes,
    "predict": _prediction,
    "count": _counts,
    "explain": _explanations,
}


def _item(item: str, answers: Answers, measured: Measured, step: int) -> Finding:
    if item == "hottest functions":
        return _hottest(answers, measured.profile, step)
    if item == "predict" and measured.memory.first() == {}:
        says = tr("your epoch was measured before there was a prediction, which earns its marks before that only")
        return {"status": "skip", "message": says}
    if to_do := _to_do(answers, item, step):
        return to_do
    return JUDGES[item](answers, measured)


def judge(measured: Measured, path: Path, steps: Mapping[str, int]) -> dict[str, Finding]:
    """The status, message and hint of each item; `steps` says before which step of the lab it is due."""
    try:
        answers = read(path)
    except Fault as fault:
        waits = {"status": "skip", "message": tr("looked at once {file} can be read", file=path.name)}
        first = _failed(*fault.args)
        return {item: first if item == next(iter(steps)) else waits for item in steps}
    found: dict[str, Finding] = {}
    for item, step in steps.items():
        try:
            found[item] = _item(item, answers, measured, step)
        except Fault as fault:
            found[item] = _failed(*fault.args)
    return found
