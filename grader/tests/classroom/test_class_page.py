"""The page of a class: what it counts, whom it ranks and flags, what it tells nobody, and that it is quick.

Run by pytest (`make test`); results are made up of real reports, and no grade is run."""

from __future__ import annotations

import base64
import hashlib
import re
import time
from pathlib import Path

import pytest

from grader.classroom import page
from grader.classroom.page import counts, flags, speeds
from grader.classroom.results import Class, read_class
from grader.common.build_facts import ROOT
from grader.common.language import pack, tr
from grader.tests.support import class_support as classes


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return classes.made_up(tmp_path_factory.mktemp("class"), 200)


@pytest.fixture(scope="module")
def own(folder: Path) -> Class:
    return read_class(folder)


def of(folder: Path, reports: dict[str, dict], count: int = 0) -> Class:
    entries = [classes.entry(n, f"N{n}") for n in range(1, max(count, len(reports)) + 1)]
    return read_class(classes.write_class(folder, entries, reports))


def test_the_distribution_counts_every_mark_once(own: Class) -> None:
    found = counts.distribution(own)
    assert found and sum(bar.count for bar in found.bars) == 190 and len(found.bars) == 20
    assert 0 <= found.quartiles[0] <= found.median <= found.quartiles[1] <= 20


def test_zero_and_full_marks_have_a_bar(tmp_path: Path) -> None:
    zero = classes.faulty()
    for item in zero["items"]:
        item["points"] = 0.0
    found = counts.distribution(of(tmp_path, {"s001": classes.full(), "s002": classes.with_score(zero)}))
    assert found and [bar.count for bar in found.bars] == [1, *[0] * 18, 1] and found.median == 10


def test_a_class_without_a_mark_has_a_page(tmp_path: Path) -> None:
    text = page.make(of(tmp_path, {}, 2))
    assert "No submission has a mark yet" in text and "0</b> of 2 submissions" in text
    assert "0</b> of 0 submissions" in page.make(of(tmp_path / "none", {}))


def test_the_item_that_costs_most_marks_stands_first(tmp_path: Path) -> None:
    """And be it one that nobody has begun."""
    faulty = classes.faulty()
    shapes = next(item for item in faulty["items"] if item["max_points"] and item["status"] == "pass")
    shapes |= {"status": "todo", "points": 0.0, "max_points": 9.0}
    found = counts.items(of(tmp_path, {"s001": classes.full(), "s002": faulty}).results)
    lost = [one.lost for one in found]
    assert lost == sorted(lost, reverse=True) and lost[0] == 9 and found[0].todo == 1
    assert all(one.total == 2 for one in found) and sum(one.failed for one in found)
    assert next(one.lost for one in found if one.name == "random batches" and one.exercise == "evaluate") == 1.5


def test_a_misconception_counts_once_a_submission(tmp_path: Path) -> None:
    found = counts.misconceptions(of(tmp_path, {"s001": classes.faulty(), "s002": classes.faulty()}).results)
    grad = [one for one in found if one.about == "grad_batch"]
    assert len(grad) == 1 and "rows and columns are exchanged" in grad[0].says
    assert [result.submission.key for result in grad[0].who] == ["s001", "s002"]
    assert [one for one in found if one.about == "not allowed" and "is a loop" in one.says]


def with_too_many(lines: str, total: int) -> dict:
    report = classes.full()
    says = "{construct}, and at most four are allowed."
    finding = tr(says, construct=tr("{total} statements", total=total))
    told = tr("{finding} (One each in the lines {lines}.)", finding=finding, lines=lines)
    place = {"line": 17, "column": 5, "construct": f"{total} statements", "rule": "statements"}
    report["items"][0]["findings"] = [{**place, "message": told, "sentences": {"message": pack(told)}}]
    return report


def test_the_lines_of_one_student_are_not_those_of_several(tmp_path: Path) -> None:
    seven, five = with_too_many("15, 16, 17", 7), with_too_many("20, 21", 5)
    (alone,) = counts.misconceptions(of(tmp_path / "one", {"s001": seven}).results)
    assert alone.says == "7 statements, and at most four are allowed. (One each in the lines 15, 16, 17.)"
    (both,) = counts.misconceptions(of(tmp_path / "two", {"s001": seven, "s002": five}).results)
    assert both.says == "Too many statements, and at most four are allowed." and len(both.who) == 2


def with_speed(ratio: float, low: float, high: float) -> dict:
    report = classes.full()
    (item,) = (item for item in report["items"] if item["name"] == "evaluation")
    item["speed"] |= {"ratio": ratio, "ratio_interval": [low, high]}
    return report


def test_speeds_tie_where_intervals_overlap(tmp_path: Path) -> None:
    reports = {"s001": with_speed(5, 4.9, 5.1), "s002": with_speed(6, 5.05, 7), "s003": with_speed(3, 2.9, 3.1), "s004": with_speed(5, 5, 5)}  # fmt: skip
    (evaluation,) = (s for s in speeds.speeds(of(tmp_path, reports)) if s.name == "evaluation")
    assert [(row.result.submission.key, row.rank) for row in evaluation.rows] == [("s002", 1), ("s001", 1), ("s004", 2), ("s003", 4)]  # fmt: skip


def on_processors(folder: Path, *names: str) -> Class:
    """A class whose submissions are the faster the later they come, each timed on the processor of this name."""
    reports = {f"s{n:03}": with_speed(n, n - 0.1, n + 0.1) for n in range(1, len(names) + 1)}
    for report, name in zip(reports.values(), names, strict=True):
        report |= {"processor": name} if name else {}
    return of(folder, reports)


def test_speeds_of_different_processors_are_not_ranked_together(tmp_path: Path) -> None:
    own = on_processors(tmp_path, "Xeon <b>", "EPYC", "Xeon <b>", "", "EPYC")
    found = [s for s in speeds.speeds(own) if s.name == "evaluation"]
    ranks = {s.processor: [(row.result.submission.key, row.rank) for row in s.rows] for s in found}
    assert ranks == {"": [("s004", 1)], "EPYC": [("s005", 1), ("s002", 2)], "Xeon <b>": [("s003", 1), ("s001", 2)]}
    text = page.make(own)
    assert "These speeds were measured on 3 different processors." in text
    for heading in ("EPYC", "Xeon &lt;b&gt;", "a processor that the reports do not name"):
        assert text.count(f"<h3>evaluation, on {heading}</h3>") == 1


@pytest.mark.parametrize("name", ["EPYC", ""])
def test_one_processor_goes_without_saying(name: str, tmp_path: Path) -> None:
    text = page.make(on_processors(tmp_path, name, name))
    assert "<h3>evaluation</h3>" in text and "different processors." not in text.replace(
        "Ratios of different processors", ""
    )


# --- flags


def kinds(own: Class) -> list[tuple[str, list[str]]]:
    return [(flag.kind, [result.submission.key for result in flag.who]) for flag in flags.flags(own)]


def test_what_is_odd_is_flagged_and_honest_work_is_not(own: Class) -> None:
    assert sorted(kinds(own)) == [("identical", ["s011", "s012"]), ("shared oddity", ["s021", "s022"]), ("speed", ["s007"])]  # fmt: skip


def test_a_flag_never_moves_a_mark(tmp_path: Path) -> None:
    report = classes.full()
    report["items"][-1]["flag"] = "faster than the work that it stands for can be done: read this code"
    assert "20.00" in page.make(of(tmp_path, {"s001": report}))


def test_untouched_stubs_and_equal_one_liners_are_no_flag(tmp_path: Path) -> None:
    own = of(tmp_path, {key: classes.full() for key in ("s001", "s002", "s003")})
    for key in ("s001", "s002"):
        classes.write_source(tmp_path, key, "    return arma::exp(logits);")
    stub = (ROOT / "exercises" / "softmax_batch.cpp").read_text()
    classes.write_source(tmp_path, "s003", "")
    (tmp_path / "submissions" / "s003" / "softmax_batch.cpp").write_text(stub)
    assert kinds(own) == []


def test_calls_outside_and_talk_with_the_judge_are_flagged(tmp_path: Path) -> None:
    report = classes.full()
    first, second = report["items"][:2]
    finding = {"line": 3, "column": 1, "construct": "system", "rule": "system", "message": "`system` reaches outside"}
    first["findings"] = [finding]
    said = {"sentence": "{call}: {failure}", "fields": {"call": "f()", "failure": {"sentence": "sent a reply that nobody had asked for", "fields": {}}}}  # fmt: skip
    second |= {"status": "fail", "message": "f(): sent", "sentences": {"message": said}}
    assert [kind for kind, _who in kinds(of(tmp_path, {"s001": report}))] == ["reaches outside", "sandbox"]


@pytest.mark.parametrize("sentence", sorted(flags.TALKING))
def test_the_judge_says_what_is_looked_for(sentence: str) -> None:
    sources = [path.read_text() for path in (ROOT / "grader" / "judge").rglob("*.cpp")]
    assert any(f'tr("{sentence}"' in text for text in sources)


def test_a_link_in_place_of_a_file_is_not_read(tmp_path: Path) -> None:
    own = of(tmp_path, {"s001": classes.full()})
    (tmp_path / "submissions" / "s001").mkdir(parents=True)
    (tmp_path / "submissions" / "s001" / "softmax_batch.cpp").symlink_to("/dev/zero")
    assert kinds(own) == []


# --- the page


def test_names_are_on_the_page_only_when_asked_for(own: Class) -> None:
    assert not [name for name in classes.NAMES if name.split()[0] in page.make(own)]
    assert "Zoë Müller" in page.make(own, names=True)
    assert "<code>class.json</code> and the CSV files have the names" in page.make(own)


def test_all_that_students_write_is_text(tmp_path: Path) -> None:
    bad = "<script>alert(1)</script><img src=x onerror=alert(2)>\x1b[31m\u202e"
    report = classes.faulty()
    for item in report["items"]:
        item.pop("sentences", None)
        item |= {"message": bad, "hint": bad, "flag": bad, "name": bad + item["name"]}
    entry = classes.entry(1, bad, state=bad, notes=[bad], source=bad)
    folder = classes.write_class(tmp_path, [entry, {**entry, "key": "s002"}], {"s001": report})
    text = page.make(read_class(folder), names=True)
    assert text.count("<script>") == 1 and "<img" not in text and "\x1b" not in text and "\u202e" not in text


def test_the_policy_lets_only_the_pages_own_style_and_script_run(own: Class) -> None:
    text = page.make(own)
    for tag in ("style", "script"):
        (inner,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in text
    assert "default-src 'none'" in text and not re.search(r"\s(?:style|on\w+)=", text)
    assert not re.search(r'(?:src|href)="(?:https?:)?//', text)


def test_links_lead_to_the_evidence(own: Class, folder: Path) -> None:
    links = set(re.findall(r'href="([^"#]+)"', page.make(own))) - {"data:,"}
    assert len(links) == 190 and all((folder / link).is_file() for link in links)


def test_two_thousand_are_a_page_in_half_a_minute(tmp_path: Path) -> None:
    folder = classes.made_up(tmp_path, 2000)
    start = time.monotonic()
    page.write(read_class(folder))
    assert time.monotonic() - start < 30
    assert (folder / "class.html").stat().st_size < 10_000_000
