"""grader/report/report_json.md is what the code writes: its tables name each field of real reports, and no other.

Run by pytest (`make test`); needs the built grader."""

from __future__ import annotations

import dataclasses
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from grader.common.build_facts import ROOT
from grader.common.language import Text, tr
from grader.common.tool import UserError
from grader.machine.blas import Blas, processor
from grader.report import report_json
from grader.report.item import Item
from grader.report.report_json import Report
from grader.tests.support import corpus_support as support

PAGE = ROOT / "grader" / "report" / "report_json.md"
ROW = re.compile(r"^\| `(\w+)` \| (\w+) \| (always)? ?\| (.+) \|$", re.MULTILINE)
TYPES = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "list": list, "object": dict}
# Which table an object or the objects of a list belong to, where that is not the field's own name.
TABLE_OF = {
    ("report", "items"): "item",
    ("item", "findings"): "finding",
    ("matrices", "expected"): "matrix",
    ("matrices", "actual"): "matrix",
    ("item", "curves"): "curve",  # by side
    ("model", "mistakes"): "mistake",
}
# What no deterministic submission shows: an oddity of speed, and a judge that broke off.
NOT_SHOWN = {("item", "flag")}
# A submission with something at each stage: wrong values, a loop, an error of the compiler, a speed.
FILES = {
    "softmax_batch.cpp": "arma::mat softmax_batch(const arma::mat& logits) { return arma::exp(logits); }\n",
    "grad_batch.cpp": "Gradients grad_batch(const arma::mat& X, const arma::mat&, const arma::uvec&) { for (;;) ; }\n",
    "cross_entropy_loss_batch.cpp": "double cross_entropy_loss_batch(arma::mat p, arma::uvec y) { return q; }\n",
}


def tables() -> dict[str, dict[str, tuple[str, bool]]]:
    """By the headings of the page: each field with its type and whether it is always there."""
    parts = re.split(r"^## (\w+)$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return {
        name: {field: (kind, always == "always") for field, kind, always, _ in ROW.findall(text)}
        for name, text in zip(parts[::2], parts[1::2], strict=True)
    }


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    if not support.SOLUTIONS.is_dir():
        pytest.skip("a student's copy has no solutions/")
    folder = tmp_path_factory.mktemp("report")
    submission = support.submission(folder / "submission", {name: text.encode() for name, text in FILES.items()})
    return support.grade(submission, folder / "out").report


@pytest.mark.parametrize(("name", "kind"), [("report", Report), ("item", Item), ("blas", Blas)])
def test_a_table_has_the_fields_of_its_dataclass(name: str, kind: type) -> None:
    assert [field for field in tables()[name] if field != "sentences"] == [f.name for f in dataclasses.fields(kind)]


def walk(name: str, value: dict[str, Any], seen: set[tuple[str, str]]) -> None:
    table = tables()[name]
    assert value.keys() <= table.keys(), (name, value.keys() - table.keys())
    missing = {field for field, (_, always) in table.items() if always} - value.keys()
    assert not missing, (name, missing)
    for field, element in value.items():
        seen.add((name, field))
        kind = table[field][0]
        assert isinstance(element, TYPES[kind]) and (kind == "boolean" or element is not True), (name, field, element)
        if field == "sentences":
            for packed in element.values():
                walk("sentence", packed, seen)
            continue
        inner = TABLE_OF.get((name, field), field)
        if inner == "curve":
            for side in ("expected", "actual"):
                walk(inner, element[side], seen)
        elif inner in tables() and kind in ("object", "list"):
            for one in element if isinstance(element, list) else [element]:
                walk(inner, one, seen)


def test_the_page_is_what_a_grade_writes(report: dict[str, Any]) -> None:
    seen: set[tuple[str, str]] = set()
    walk("report", report, seen)
    written = {(name, field) for name, table in tables().items() for field in table}
    assert written - seen == NOT_SHOWN


def test_a_report_survives_its_file(report: dict[str, Any], tmp_path: Path) -> None:
    read = Report.from_json(report)
    assert read.to_json() == report
    report_json.save(read, tmp_path)
    assert report_json.load(tmp_path / "report.json") == read
    assert any(isinstance(item.message, Text) and item.message.fields for item in read.items)


def test_a_report_names_the_processor_that_it_was_timed_on(report: dict[str, Any]) -> None:
    assert report["processor"] == processor()[0]
    older = {name: value for name, value in report.items() if name != "processor"}
    assert Report.from_json(older).processor == "" and Report.from_json(older).to_json() == older


def test_a_sentence_keeps_its_fields_in_json() -> None:
    item = Item("evaluate", "ties", "parity", "fail", 0, 1, tr("{n} of {all}", n=tr("a null byte"), all=3), "plain")
    written = json.loads(json.dumps(item.to_json()))
    assert (written["message"], written["hint"]) == ("a null byte of 3", "plain")
    assert written["sentences"].keys() == {"message"}
    assert Item.from_json(written) == item and isinstance(Item.from_json(written).message, Text)


@pytest.mark.parametrize("text", ["{", "[]", '{"score": 1}', '{"items": [{"name": 1}]}'])
def test_a_file_that_is_no_report_is_named(text: str, tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text(text)
    with pytest.raises(UserError, match=r"report\.json cannot be read .*make grade"):
        report_json.load(tmp_path / "report.json")
    with pytest.raises(UserError, match=r"none\.json cannot be read"):
        report_json.load(tmp_path / "none.json")


@pytest.mark.parametrize("module", ["experiments.plot", "experiments.compare", "experiments.profile", "report.page"])
def test_what_draws_needs_no_clang(module: str) -> None:
    """Learning curves can be drawn where libclang is missing."""
    program = f"import sys; sys.modules['clang'] = None; import grader.{module}"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
