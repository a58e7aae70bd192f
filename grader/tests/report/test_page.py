"""The page of a grade without a browser: what is escaped, what is drawn of odd numbers, what happens when it fails.

Run by pytest (`make test`); needs nothing that is built."""

from __future__ import annotations

import base64
import copy
import hashlib
import io
import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.image import imread

from grader.common.build_facts import ROOT
from grader.grade.__main__ import make_page
from grader.report import machines, page
from grader.report.item import Item
from grader.report.page import curves, heatmap, png, speed
from grader.report.page.scale import Scale
from grader.report.report_json import Report

EVIL = '"><script>alert(1)</script><b onclick="x">&'
NAN = float("nan")


def item(exercise: str, name: str, status: str, **more: Any) -> Item:
    return Item(exercise, name, "speed" if "speed" in more else "parity", status, 0.0, 1.0, **more)


def crop(values: list[list[float]], rows: int, columns: int, first_row: int = 0, first_column: int = 0) -> dict:
    lines = [" ".join(f"{value:g}" for value in row) for row in values]
    place = {"first_row": first_row, "first_column": first_column}
    return {"rows": rows, "columns": columns, **place, "values": lines}


def report_of(*items: Item) -> Report:
    blas = {"library": "OpenBLAS", "core": "Haswell"}
    facts = {"seed": 7, "mark_to_beat": 10.0, "blas": blas, "protections": ["process"]}
    return Report(submission="somewhere", score=0.0, max_score=3.0, **facts, items=list(items))


def figures(**more: object) -> dict:
    samples = {"loop": [0.040, 0.036, 0.044], "submission": [0.005, 0.006, 0.004], "floor": [0.004, 0.0041, 0.0039]}
    gates = {"required_speedup": 5.0, "required_efficiency": 0.5, "sufficient_efficiency": 0.75, "needed": 0.5}
    medians = {
        "loop_seconds": 0.040,
        "submission_seconds": 0.005,
        "floor_seconds": 0.004,
        "ratio": 8.1,
        "efficiency": 0.81,
    }
    return {**medians, **gates, **{f"{who}_samples": some for who, some in samples.items()}, **more}


def matrices() -> dict:
    should, actual = crop([[1, 2], [3, 4]], 9, 8, 4, 2), crop([[1, NAN], [3, -4]], 9, 8, 4, 2)
    return {"expected": should, "actual": actual, "wrong": [".x", ".x"], "worst": [5, 3]}


def test_every_text_is_escaped() -> None:
    excerpt = {"line": 2, "first_line": 1, "lines": [EVIL, EVIL]}
    finding = {"line": 2, "column": 1, "construct": EVIL, "rule": "loop", "message": EVIL, "excerpt": excerpt}
    evil = item("softmax_batch", EVIL, "fail", message=EVIL, hint=EVIL, flag=EVIL, excerpt=excerpt, matrices=matrices())
    illegal = item("softmax_batch", "allowed", "fail", message=EVIL, findings=[finding])
    todo = [item("grad_batch", f"{EVIL} {i}", "todo", message=EVIL) for i in range(4)]
    measured = item("evaluate", "evaluation", "fail", message=EVIL, speed=figures())
    html = page.make(replace(report_of(evil, illegal, *todo, measured), submission=EVIL))
    assert "<script" not in html and "<b onclick" not in html
    assert html.count("&lt;script&gt;") >= 15
    assert not re.search(r"<[^>]*\s(on\w+|style)=", html)
    assert "http:" not in html and "https:" not in html


@pytest.mark.parametrize("status", ["pass", "fail"])
def test_a_prediction_stands_beside_the_measurement(status: str) -> None:
    said = item("answers", "predict", status, message="predicted: 30 times")
    epoch = item("train_sgd_vec", "training epoch", "pass", speed=figures())
    other = item("evaluate", "evaluation", "pass", speed=figures())
    speeds = page.make(report_of(said, epoch, other)).split('id="speed"')[1]
    assert speeds.count("predicted: 30 times") == (status == "pass")


def test_a_stub_has_a_small_example_beside_it() -> None:
    stub = item("vec_exos", "center_rows", "todo")
    html = page.make(report_of(stub, item("vec_exos", "one_hot", "todo")))
    assert html.count("<figcaption>R (2 x 3)</figcaption>") == 2, "as the next thing to do, and in the exercise"
    assert html.count("<figcaption>R (3 x 4)</figcaption>") == 1 and "<td>-2</td><td>-1</td><td>3</td>" in html
    assert "R (2 x 3)" not in page.make(report_of(replace(stub, status="fail")))


def test_the_policy_lets_in_the_style_of_the_page_and_pictures_only() -> None:
    html = page.make(report_of())
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    style = re.search(r"<style>(.*)</style>", html, re.DOTALL)
    assert policy and style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert policy[1].startswith(f"default-src 'none'; img-src data:; style-src 'sha256-{digest}';")
    assert html.index(policy[0]) < html.index("<style>")


def test_a_page_that_cannot_be_made_is_said_and_leaves_none_behind(tmp_path: Path) -> None:
    assert make_page(report_of(), tmp_path) == "" and (tmp_path / "report.html").exists()
    broken = item("evaluate", "evaluation", "pass", speed={"unknown": 1})
    said = make_page(report_of(broken), tmp_path)
    assert "ValueError" in said and "report.json is whole" in said
    assert not list(tmp_path.iterdir())


def test_the_command_makes_it_again(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    command = [sys.executable, "-m", "grader.report.page", str(file)]
    missing = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert missing.returncode == 2 and str(file) in missing.stderr and "Traceback" not in missing.stderr
    file.write_text(json.dumps(report_of(item("evaluate", "ties", "pass")).to_json()))
    assert subprocess.run(command, cwd=ROOT, capture_output=True).returncode == 0
    assert "evaluate" in (tmp_path / "report.html").read_text()


def test_it_needs_no_plotting_library() -> None:
    program = "import sys, grader.report.page; sys.exit(not {'matplotlib', 'numpy'}.isdisjoint(sys.modules))"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT).returncode == 0


def test_a_png_holds_its_pixels() -> None:
    picture = imread(io.BytesIO(png.encode(bytes([0, 1, 128, 255, 64, 200]), 3, png.GREY)))
    assert np.array_equal(np.round(picture[..., 0] * 255), [[0, 1, 128], [255, 64, 200]])
    signed = imread(io.BytesIO(png.encode(bytes([1, 128, 255, 0]), 4, png.SIGNED)))[0]
    assert [round(255 * opaque) for opaque in signed[:, 3]] == [254, 0, 254, 255]
    assert signed[0, 2] > signed[0, 0] and signed[2, 0] > signed[2, 2]  # blue below zero, orange above


def test_heat_maps_share_a_scale_and_name_the_place() -> None:
    pictures = heatmap.of_matrices(matrices())
    assert [(m.title, m.shape) for m in pictures.maps] == [("should be", "9 x 8"), ("is", "9 x 8")]
    assert {m.worst for m in pictures.maps} == {(1, 1)}
    assert pictures.part == "rows 4 to 5 of 9, columns 2 to 3 of 8"
    assert pictures.not_numbers and pictures.largest == "4"
    row, cells = pictures.table[1]
    assert pictures.columns == [2, 3] and row == 5
    assert [(c.should, c.is_now, c.wrong) for c in cells] == [("3", "3", False), ("4", "-4", True)]


@pytest.mark.parametrize("actual", [[], [""], ["1 2 3"], ["nan nan"], ["inf", "-inf"], ["1e308 -1e308"]])
def test_heat_maps_of_odd_matrices(actual: list[str]) -> None:
    other = {"rows": len(actual), "columns": 0, "first_row": 0, "first_column": 0, "values": actual}
    pictures = heatmap.of_matrices({"expected": crop([[0.5, 1e-300]], 1, 2), "actual": other})
    assert len(pictures.maps) == (2 if any(actual) else 1)


def curve(*values: float | None) -> dict:
    return {"train_loss": list(values), "valid_loss": list(values), "valid_accuracy": list(values)}


@pytest.mark.parametrize(
    "actual", [(), (None,), (1.0, None, 2.0), (1e308, -1e308), (2.0, 1.5, 1.2), (1.0,) * 20, (-1e8, 1e8)]
)
def test_curves_of_odd_histories(actual: tuple) -> None:
    both = {"expected": curve(2.0, 1.5, 1.2), "actual": curve(*actual)}
    one = item("learning_curves", "history", "fail", curves=both)
    drawn = curves.charts([one])
    assert drawn and len(drawn.rows) == max(3, len(actual))
    for chart in drawn.charts:
        assert all(0 <= x <= curves.WIDTH and 0 <= y <= curves.HEIGHT for line in chart.actual for x, y in line.points)
        assert len(chart.y_ticks) >= 2
    assert "nan" not in page.make(report_of(one))


def test_a_value_that_is_no_number_interrupts_the_line() -> None:
    both = {"expected": curve(2, 1, 1, 1), "actual": curve(2, None, 1, 1)}
    one = item("learning_curves", "history", "fail", curves=both)
    drawn = curves.charts([one])
    assert drawn and [len(segment.split()) for segment in drawn.charts[0].actual[0].segments] == [1, 2]


def test_faster_is_further_left_and_equal_factors_are_equally_far() -> None:
    chart = speed.chart(item("x", "training epoch", "pass", speed=figures(memory_samples=[0.001] * 15)), 10.0)
    loop, yours, floor, memory = (row.median for row in chart.rows)
    assert memory < floor < yours < chart.gate < loop
    assert chart.mark is not None and chart.mark == pytest.approx(floor, abs=0.2)  # 10 times as fast as 40 ms
    assert floor - memory == pytest.approx((loop - memory) * np.log(4) / np.log(40), abs=0.3)
    assert chart.rows[1].times == "8.1"  # the ratio that is graded, not that of the medians


def test_only_the_training_epoch_has_a_mark_to_beat() -> None:
    assert speed.chart(item("x", "evaluation", "pass", speed=figures()), 10.0).mark is None


PEAK = {"operations": 0.5e9, "arithmetic_seconds": 0.0025}  # 200 GFLOP/s


def test_gflops_stand_beside_the_ratios_where_the_peak_is_known() -> None:
    rows = speed.chart(item("x", "training epoch", "pass", speed=figures(**PEAK, memory_samples=[0.001])), 10.0).rows
    assert [row.rate for row in rows] == ["12.5 (0.06)", "100 (0.50)", "125 (0.62)", "-"]
    epoch, unknown = (
        item("train_sgd_vec", "training epoch", "pass", speed=figures(**more)) for more in (PEAK, {"operations": 1e9})
    )
    with_peak, without = (page.make(replace(report_of(one), processor="A & B")) for one in (epoch, unknown))
    assert "200&nbsp;GFLOP/s" in with_peak and "GFLOP" not in without
    assert with_peak.count('class="own"') == 1 and "A &amp; B" in with_peak and 'class="own"' not in without


def test_the_table_of_machines_holds_measured_rows() -> None:
    text = machines.FILE.read_text(encoding="utf-8").splitlines()
    assert [machines.row(one) for one in machines.known()] == text[1:] and len(set(text)) == len(text) > 2
    for one in machines.known():
        assert float(one.loop) > 1 and 0 < float(one.share) < 1 and float(one.gflops) > 0 and float(one.answers) > 0


def test_the_bonus_is_drawn_between_the_floor_and_its_limits() -> None:
    times = {"submission_seconds": 0.003, "floor_seconds": 0.004, "memory_seconds": 0.001}
    bars = speed.bars({**times, **PEAK})
    assert [bar.kind for bar in bars] == ["", "own", "limit", "limit"] and bars[1].share == "0.75"
    assert [bar.length for bar in bars] == [324.0, 243.0, 81.0, 202.5] and bars[1].rate == "167 (0.83)"
    assert len(speed.bars(times)) == 3
    fast = Item("train_sgd_fast", "fast epoch", "speed", "pass", 0.0, 0.0, "m", fast={**times, **PEAK})
    assert page.make(report_of(fast)).count('class="time ') == 4


def test_many_samples_are_thinned_and_keep_their_ends() -> None:
    samples = [0.001 * (1 + i / 1000) for i in range(1000)]
    row = speed.chart(item("x", "evaluation", "pass", speed=figures(submission_samples=samples)), 10.0).rows[1]
    assert len(row.samples) <= speed.MOST_SAMPLES
    assert row.spread == "1.1 to 1.9 ms"


@pytest.mark.parametrize("low, high", [(0.0, 1.0), (1.2, 2.4), (-3e8, 5e8), (0.51, 0.52)])
def test_ticks_lie_on_the_axis(low: float, high: float) -> None:
    ticks = Scale(low, high, 0, 100).ticks()
    assert 3 <= len(ticks) <= 8 and all(low <= tick <= high * (1 + 1e-9) for tick in ticks)


def test_what_a_grade_did_not_look_at_is_not_said_to_be_missing() -> None:
    html = page.make(report_of(item("softmax_batch", "random logits", "pass")))
    assert all(f"did not look at <code>{name}</code>" in html for name in ("learning_curves", "train_sgd_vec"))
    failing = [item("learning_curves", "history", "fail"), item("train_sgd_vec", "one epoch", "fail")]
    looked_at = page.make(report_of(*failing))
    assert "did not look at" not in looked_at and looked_at.count("They appear once") == 2


def test_a_finding_of_the_whole_file_is_shown_once() -> None:
    finding = {"line": 1, "column": 1, "construct": "x", "rule": "include", "message": "Not this header."}
    items = [item("vec_exos", f"{name} is allowed", "fail", findings=[finding], message="m") for name in "abc"]
    assert page.make(report_of(*copy.deepcopy(items))).count("Not this header.") == 1
