"""Makes classes whose results are made up: two real reports, whose exercises are mixed by a fixed seed. Holds no test.

classroom/full.json and faulty.json were left by grades of the answers, and of four wrong files of the corpus; pictures
and samples are cut out of them."""

from __future__ import annotations

import copy
import json
import random
from functools import cache
from pathlib import Path
from typing import Any

from grader.classroom import marks
from grader.classroom.results import read_class
from grader.common.build_facts import ROOT

FOLDER = Path(__file__).parents[1] / "classroom"
NAMES = ("Jean-Émile D'Arc", "Zoë Müller", "Nguyễn Văn An", "=SUM(A1)", "O'Brien, Pat")


@cache
def real(name: str) -> dict[str, Any]:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def with_score(report: dict[str, Any]) -> dict[str, Any]:
    report["score"] = round(sum(item["points"] for item in report["items"]), 6)
    open_points = sum(item["max_points"] for item in report["items"] if item["status"] == "error")
    report["max_score"] = round(sum(item["max_points"] for item in report["items"]) - open_points, 6)
    return report


def full() -> dict[str, Any]:
    return copy.deepcopy(real("full"))


def faulty() -> dict[str, Any]:
    return copy.deepcopy(real("faulty"))


def mixed(draw: random.Random) -> dict[str, Any]:
    report, wrong = full(), faulty()
    bad = {name for name in {item["exercise"] for item in wrong["items"]} if draw.random() < 0.3}
    pick = [item for item in report["items"] if item["exercise"] not in bad]
    report["items"] = pick + [item for item in wrong["items"] if item["exercise"] in bad]
    for item in report["items"]:
        if "speed" in item:
            factor = draw.uniform(0.6, 1.4)
            item["speed"]["ratio"] *= factor
            item["speed"]["ratio_interval"] = [factor * end for end in item["speed"]["ratio_interval"]]
    return with_score(report)


def entry(number: int, name: str, **more: Any) -> dict[str, Any]:
    key = f"s{number:03}"
    facts = {"key": key, "pseudonym": key, "name": name, "identifier": str(1000 + number), "email": ""}
    rest = {"source": f"{name}_{1000 + number}", "state": "ok", "notes": [], "files": ["softmax_batch.cpp"]}
    return {**facts, **rest, "gradable": True, **more}


def write_source(folder: Path, key: str, body: str) -> None:
    """A softmax_batch.cpp with this between the stub's braces."""
    file = folder / "submissions" / key / "softmax_batch.cpp"
    file.parent.mkdir(parents=True, exist_ok=True)
    stub = (ROOT / "exercises" / file.name).read_text(encoding="utf-8")
    file.write_text(stub[: stub.index("    // TODO")] + body + "\n}\n", encoding="utf-8")


def write_class(folder: Path, entries: list[dict], reports: dict[str, dict], **roster: Any) -> Path:
    """Reports by key; whoever has none could not be graded."""
    for one in entries:
        grade = folder / "reports" / one["key"]
        grade.mkdir(parents=True, exist_ok=True)
        if one["key"] in reports:
            (grade / "report.json").write_text(json.dumps(reports[one["key"]]), encoding="utf-8")
            (grade / "report.html").write_text(f"<!doctype html><p>{one['key']}", encoding="utf-8")
        else:
            reason = "its folder holds no file of the lab"
            (grade / "failed.json").write_text(json.dumps({"reason": reason}), encoding="utf-8")
    folder.mkdir(parents=True, exist_ok=True)
    table = {"format": 1, "source": "moodle", "worksheet": None, "submissions": entries, **roster}
    (folder / "roster.json").write_text(json.dumps(table), encoding="utf-8")
    return folder


def three(folder: Path, **roster: Any) -> Path:
    """Full marks; some marks; no report."""
    entries = [entry(n, name) for n, name in enumerate(NAMES[:3], 1)]
    return write_class(folder, entries, {"s001": full(), "s002": faulty()}, **roster)


def with_marks(folder: Path) -> Path:
    """The class in this folder, once its marks are written in each form."""
    marks.write(read_class(folder))
    return folder


def made_up(folder: Path, size: int, seed: int = 1, **roster: Any) -> Path:
    """A class of this size; one in twenty could not be graded."""
    draw = random.Random(seed)
    entries = [entry(n, NAMES[n - 1] if n <= len(NAMES) else f"Student {n}") for n in range(1, size + 1)]
    reports = {one["key"]: mixed(draw) for n, one in enumerate(entries, 1) if n % 20}
    for n, one in enumerate(entries):
        one["state"] = "late" if n % 17 == 5 else "ok"
        write_source(folder, one["key"], f"    // {n} thoughts of my own\n    return exp(logits) / {n};")
    if size > 30:
        reports["s007"]["items"][-1]["flag"] = "faster than the work that it stands for can be done: read this code"
        for key in ("s011", "s012"):
            write_source(folder, key, "    // first the shift, then nothing overflows\n    return exp(logits);")
        write_source(folder, "s021", "    // il faut que je demande à ma sœur\n    return logits;")
        write_source(folder, "s022", "    // il faut que je demande à ma sœur\n    return 2 * logits;")
    return write_class(folder, entries, reports, **roster)
