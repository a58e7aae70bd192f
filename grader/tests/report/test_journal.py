"""The journal of one's own grades, and what the page makes of it. Run by pytest; needs nothing that is built."""

from __future__ import annotations

import json
import re
from pathlib import Path

from grader.report import journal, page
from grader.report.item import Item
from grader.report.journal import Entry
from grader.report.page import attempts
from grader.report.report_json import Report

EVIL = '"><script>alert(1)</script>\x1b[2J'


def report(ratio: float | None = None) -> Report:
    speed = {"ratio": ratio} if ratio else None
    items = [Item("train_sgd_vec", "training epoch", "speed", "pass", 2.0, 2.0, speed=speed)]
    return Report("somewhere", 2.0, 20.0, 1, 10.0, {"library": "OpenBLAS", "core": ""}, ["process"], items)


def entry(number: int, ratio: float = 0.0, note: str = "") -> Entry:
    return Entry(f"2026-03-01 14:{number:02}", 2.0, 20.0, {"training epoch": ratio} if ratio else {}, note)


def test_a_line_is_kept_of_what_was_measured_or_noted(tmp_path: Path) -> None:
    journal.add(report(), tmp_path, "")
    assert journal.read(tmp_path) == [] and not (tmp_path / "journal.jsonl").exists()
    journal.add(report(), tmp_path, f" first\n try {EVIL}" + 300 * "x")
    journal.add(report(14.5), tmp_path, "")
    first, second = journal.read(tmp_path)
    assert first.note.startswith("first try ") and "\x1b" not in first.note and len(first.note) == 200
    assert (second.speeds, second.note, second.score, second.max_score) == ({"training epoch": 14.5}, "", 2.0, 20.0)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", second.when)


def test_a_file_that_somebody_wrote_into_costs_no_grade(tmp_path: Path) -> None:
    journal.add(report(14.5), tmp_path, "mine")
    line = (tmp_path / "journal.jsonl").read_text()
    table = json.loads(line)
    odd = [
        {**table, "score": 10**400},
        {**table, "speeds": [1]},
        {**table, "score": "many"},
        {**table, "speeds": {"a": None}},
        7,
        None,
        {},
    ]
    nan = json.dumps({**table, "speeds": {"a": float("nan"), "b": -1, "c": float("inf")}})
    texts = ["", "{", *map(json.dumps, odd), nan]
    (tmp_path / "journal.jsonl").write_bytes("\n".join(texts).encode() + b"\n\xff\xfe\n" + 2 * line.encode())
    assert [entry.speeds for entry in journal.read(tmp_path)] == [
        {},
        {"training epoch": 14.5},
        {"training epoch": 14.5},
    ]
    surrogate = json.dumps({**table, "speeds": {"\udc80": 2.0}})
    (tmp_path / "journal.jsonl").write_text(2 * (surrogate + "\n"))
    assert page.write(report(), tmp_path).exists()
    (tmp_path / "journal.jsonl").unlink()
    (tmp_path / "journal.jsonl").symlink_to(tmp_path / "elsewhere")
    journal.add(report(14.5), tmp_path, "mine")
    assert not (tmp_path / "elsewhere").exists()
    (tmp_path / "journal.jsonl").unlink()
    (tmp_path / "journal.jsonl").mkdir()
    journal.add(report(14.5), tmp_path, "mine")
    assert journal.read(tmp_path) == []


def test_the_speed_is_drawn_by_attempt() -> None:
    entries = [entry(1, 5.0), entry(2, note="slower, and why?"), entry(3, 10.0)]
    made = attempts.of(entries)
    assert made and [row[0] for row in made.rows] == [3, 2, 1] and made.rows[1][3:] == (["-"], "slower, and why?")
    (chart,) = made.charts
    (first_x, first_y), (last_x, last_y) = chart.places
    assert first_x < last_x and first_y > last_y  # faster is higher
    assert chart.line == f"{first_x},{first_y} {last_x},{last_y}"
    assert attempts.of([entry(1, 5.0)]) is None and attempts.of([]) is None
    alone = attempts.of([entry(1, 5.0, "a note")])
    assert alone and alone.charts == [] and len(alone.rows) == 1
    many = attempts.of([entry(i % 60, 5.0) for i in range(200)])
    assert many and len(many.charts[0].places) == attempts.MOST_DRAWN and len(many.charts[0].x_ticks) <= 9


def test_the_page_shows_the_notes_and_never_as_markup(tmp_path: Path) -> None:
    for ratio in (5.0, 10.0):
        journal.add(report(ratio), tmp_path, EVIL)
    html = page.write(report(), tmp_path).read_text()
    assert 'id="attempts"' in html and html.count("alert(1)") == 2 and "<script" not in html
    assert 'id="attempts"' not in page.make(report())


def test_only_the_page_of_the_watcher_reloads_itself(tmp_path: Path) -> None:
    assert 'http-equiv="refresh"' not in page.write(report(), tmp_path).read_text()
    assert '<meta http-equiv="refresh" content="2">' in page.write(report(), tmp_path, reloads=True).read_text()
