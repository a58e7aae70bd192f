"""junit.xml: each item of each submission as a test case, for GitLab, Jenkins and Artemis.

Names are unique, because GitLab counts only the first of two that are alike."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as xml

from grader.classroom.results import Class, Result
from grader.common.files import replace_whole
from grader.common.language import readable
from grader.report.item import Item, translated

FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # by XML 1.0
CHILD = {"fail": "failure", "todo": "failure", "skip": "skipped", "error": "error", "inconclusive": "system-out"}


def _clean(text: str) -> str:
    return FORBIDDEN.sub("?", readable(text))


def _case(suite: xml.Element, key: str, item: Item) -> str:
    case = xml.SubElement(suite, "testcase", classname=f"{key}.{item.exercise}", name=_clean(f"{key} {item.exercise}: {item.name}"))  # fmt: skip
    kind = CHILD.get(item.status, "")
    if kind:
        shown = translated(item)
        text = _clean("\n".join(part for part in (shown.message, shown.hint) if part))
        child = xml.SubElement(case, kind)
        child.text = text
        if kind != "system-out":
            child.set("message", text.split("\n", 1)[0])
    return kind


def _suite(root: xml.Element, result: Result) -> None:
    key = result.submission.key
    suite = xml.SubElement(root, "testsuite", name=key)
    kinds = [_case(suite, key, item) for item in result.report.items] if result.report else []
    if not result.report:
        case = xml.SubElement(suite, "testcase", classname=key, name=f"{key}: graded")
        xml.SubElement(case, "error", message=_clean(result.reason))
        kinds = ["error"]
    counts = {"tests": len(kinds), "failures": "failure", "errors": "error", "skipped": "skipped"}
    suite.attrib |= {k: str(kinds.count(v) if isinstance(v, str) else v) for k, v in counts.items()}


def text(results: list[Result]) -> str:
    root = xml.Element("testsuites", name="softmax")
    for result in results:
        _suite(root, result)
    xml.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + xml.tostring(root, encoding="unicode") + "\n"


def write(own: Class, out: Path) -> Path:
    file = out / "junit.xml"
    replace_whole(file, text(own.results))
    return file
