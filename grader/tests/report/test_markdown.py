"""The grade as Markdown and as annotations of GitHub: what a submission says is never markup or a command.

Read back by markdown-it, which comes with Rich in Debian, and by the runner's own rules. Needs nothing that is built."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from grader.common.build_facts import ROOT
from grader.report import markdown
from grader.report.item import Item
from grader.report.report_json import Report

HOSTILE = (
    "a | b | c",
    "`code` ``` ~~~",
    "one\n\n# two\r\n::set-output name=x::y",
    "::set-output name=x::y",
    "##[error]x",
    "<script>alert(1)</script> <details> <!-- &lt;",
    "![i](http://x.example/i.png) [l](javascript:x) https://x.example www.x.example a@x.example @somebody :smile:",
    "*a* _b_ ~~c~~ $d$ \\e",
    "- a",
    "1. a",
    "    indented",
    "===",
    "100%0A::error::x",
    "\x1b[2J\u202e\x85::error::x",
)
EVIL = "\n".join(HOSTILE)


def report_of(*items: Item, submission: str = "exercises") -> Report:
    facts = {"seed": 7, "mark_to_beat": 10.0, "blas": {}, "protections": ["process"]}
    return Report(submission, 0.0, 3.0, items=list(items), **facts)  # type: ignore[arg-type]


def failing(said: str, name: str = "random logits", **more: object) -> Item:
    return Item("softmax_batch", name, "parity", "fail", 0.0, 1.0, message=said, **more)  # type: ignore[arg-type]


def finding(line: int, said: str) -> dict:
    lines = {"line": line, "first_line": line, "lines": [said]}
    return {"line": line, "column": 1, "construct": said, "rule": "loop", "message": said, "excerpt": lines}


def html(text: str) -> str:
    markdown_it = pytest.importorskip("markdown_it")
    return markdown_it.MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(text)


def words(page: str) -> str:
    """The text of a page of HTML without its tags, on one line."""
    import html as entities

    return " ".join(entities.unescape(re.sub(r"<[^>]*>", " ", page)).split())


@pytest.mark.parametrize("said", HOSTILE)
def test_what_a_submission_says_is_shown_as_it_is(said: str) -> None:
    page = html(markdown.make(report_of(failing(said, name=said, hint=said))))
    assert set(re.findall(r"<(\w+)", page)) <= set("h1 h2 table thead tbody tr th td p strong details summary".split())
    assert "href" not in page and "src" not in page and page.count("<details>") == page.count("</details>") == 1
    assert page.count("<tr>") == 2 and page.count("<td") == 5
    shown = " ".join(markdown.readable(said).split())
    assert words(page).count(shown) >= 4, "as the first thing to fix, and in detail, each with its name"


@pytest.mark.parametrize("said", HOSTILE)
def test_source_code_stays_in_its_block(said: str) -> None:
    place = {"line": 3, "first_line": 3, "lines": [said, "```", "````cpp", "x\n```\n<b>", "</details>"]}
    page = html(markdown.make(report_of(failing("wrong", excerpt=place))))
    blocks = re.findall(r'<pre><code class="language-cpp">(.*?)</code></pre>', page, re.DOTALL)
    assert len(blocks) == 2 and all("&lt;/details&gt;" in block for block in blocks)
    assert not re.search("<b>|<script", page) and "set-output" not in re.sub(
        r"<pre>.*?</pre>", "", page, flags=re.DOTALL
    )


def parsed(line: str) -> tuple[str, dict[str, str], str]:
    """A line as the runner of GitHub Actions reads it (ActionCommand.TryParseV2)."""
    found = re.fullmatch(r"::(\w+) ([^:]*)::(.*)", line)
    assert found, line

    def back(text: str, names: str) -> str:
        for name in names.split():
            text = text.replace(name, chr(int(name[1:], 16)))
        return text.replace("%25", "%")

    facts = dict(pair.split("=", 1) for pair in found[2].split(","))
    return found[1], {key: back(value, "%0D %0A %3A %2C") for key, value in facts.items()}, back(found[3], "%0D %0A")


@pytest.mark.parametrize("said", [*HOSTILE, EVIL])
def test_an_annotation_is_one_command_whatever_it_says(said: str) -> None:
    lines = list(markdown.annotations(report_of(failing(said, name=said), submission=f"x,line=9::{said}")))
    assert len(lines) == 1 and lines[0].isprintable()
    command, facts, message = parsed(lines[0])
    assert command == "error" and message == markdown.readable(said)
    assert facts.keys() == {"file", "title"} and facts["title"] == markdown.readable(f"softmax_batch, {said}")


def test_each_line_at_fault_is_annotated_once_and_ten_at_most(tmp_path: Path) -> None:
    place = {"line": 12, "first_line": 11, "lines": ["a", "b"]}
    illegal = failing("not allowed", "softmax_batch is allowed", findings=[finding(3, "a loop"), finding(5, "another")])
    waits = Item("softmax_batch", "large logits", "parity", "skip", 0.0, 1.0, message="waits")
    broken = Item("evaluate", "compiles", "build", "fail", 0.0, 0.0, message="no ;", hint="write one", excerpt=place)
    lines = list(markdown.annotations(report_of(illegal, waits, broken)))
    assert lines == [
        "::error file=exercises/softmax_batch.cpp,line=3,title=softmax_batch%2C softmax_batch is allowed::a loop",
        "::error file=exercises/softmax_batch.cpp,line=5,title=softmax_batch%2C softmax_batch is allowed::another",
        "::error file=exercises/evaluate.cpp,line=12,title=evaluate%2C compiles::no ;%0Awrite one",
    ]
    many = report_of(failing("", findings=[finding(line, "a loop") for line in range(1, 20)]))
    assert len(run(tmp_path, many, "--annotations").stdout.splitlines()) == 10
    assert run(tmp_path, report_of(), "--annotations").stdout == ""


def run(folder: Path, report: Report, *options: str) -> subprocess.CompletedProcess[str]:
    file = folder / "report.json"
    file.write_text(json.dumps(report.to_json()))
    command = [sys.executable, "-m", "grader.report.markdown", "--report", str(file), *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def test_the_command_shows_the_marks_and_what_to_fix_first(tmp_path: Path) -> None:
    done = run(tmp_path, report_of(failing("wrong by 2"), Item("evaluate", "ties", "parity", "pass", 1.0, 1.0)))
    assert done.returncode == 0, done.stderr
    shown = words(html(done.stdout))
    assert "0 of 3 marks" in shown and "First thing to fix softmax_batch , random logits wrong by 2" in shown
    assert "| evaluate | - | ✓ ok | - | 1 / 1 |" in done.stdout


def test_a_report_that_is_missing_is_said() -> None:
    command = [sys.executable, "-m", "grader.report.markdown", "--report", "/nowhere/report.json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 2 and "/nowhere/report.json" in done.stderr and "Traceback" not in done.stderr


def test_a_page_is_shorter_than_what_github_takes() -> None:
    items = [failing("word " * 1000, name=f"item {number}") for number in range(1000)]
    text = markdown.make(report_of(*items))
    assert 500_000 < len(text.encode()) < 1 << 20 and "The rest is in" in words(text)
