"""The grade as Markdown for a page of GitHub or GitLab, or as the lines by which GitHub marks the source; to stdout:

python3 -m grader.report.markdown --build build --report build/grade/report.json [--annotations]

Made from report.json as the page is, for a job that grades on push. What a submission says is data here: it becomes
neither markup, nor a row of a table, nor a command to the runner."""

from __future__ import annotations

import argparse
import string
import sys
from collections.abc import Iterator
from pathlib import Path

from grader.common.language import _, readable
from grader.common.rubric import rubric
from grader.common.tool import run_tool
from grader.report import report_json
from grader.report.item import COLUMNS, Item, first_to_fix, open_points, points, translated
from grader.report.page import view
from grader.report.report_json import Report

# A number in place of a character is never markup, in Markdown as in HTML: neither a table's | nor a link's : .
PLAIN = " ,;?%()"
MARKUP = {ord(c): f"&#{ord(c)};" for c in string.punctuation if c not in PLAIN}
MOST_ANNOTATIONS = 10  # of one kind that GitHub shows of a step
MOST_BYTES = 1_000_000  # GitHub takes 1 MiB of a step, and nothing where there is more


def text(said: object) -> str:
    return " ".join(readable(str(said)).split()).translate(MARKUP)


def excerpt(place: dict) -> str:
    """With the number of each line before it, so that none of them can end the block."""
    numbered = enumerate((readable(line).replace("\n", " ") for line in place["lines"]), place["first_line"])
    return "\n".join(["```cpp", *(f"{number:4} | {line}" for number, line in numbered), "```"])


def row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _badge(badge: view.Badge | None) -> str:
    return f"{badge.symbol} {text(badge.word)} {badge.count}".rstrip() if badge else "-"


def marks_table(exercises: list[view.Exercise]) -> str:
    headings = [_("exercise"), *(_(column) for column in COLUMNS), _("marks")]
    rows = [row(*map(text, headings)), row(*["---"] * (len(headings) - 1), "---:")]
    for exercise in exercises:
        rows.append(row(text(exercise.name), *map(_badge, exercise.cells), exercise.marks))
    return "\n".join(rows)


def _said(item: Item) -> Iterator[str]:
    if item.message:
        yield text(item.message)
    if item.hint:
        yield text(_("Hint: {hint}").format(hint=item.hint))
    if item.excerpt:
        yield excerpt(item.excerpt)


def _finding(finding: dict) -> Iterator[str]:
    yield text(_("Line {line}: {message}").format(line=finding["line"], message=finding["message"]))
    if finding.get("excerpt"):
        yield excerpt(finding["excerpt"])


def exercise_in_detail(exercise: view.Exercise) -> Iterator[str]:
    """Folded: the summary of a page shows the table and the next thing to do at once. After an empty line Markdown is
    read again, also within an element of HTML."""
    if not (exercise.items or exercise.folded):
        return
    yield f"<details><summary>{text(exercise.name)}</summary>"
    for shown in exercise.items:
        yield f"**{text(shown.item.title)}** {_badge(shown.badge)}"
        yield from _said(shown.item)
        for finding in shown.findings:
            yield from _finding(finding)
    for badge, items in exercise.folded:
        yield f"{_badge(badge)}: {text(', '.join(item.title for item in items))}"
    yield "</details>"


def parts(report: Report) -> Iterator[str]:
    items = [translated(item) for item in report.items]
    exercises = view.exercises(items)
    yield "# " + text(_("{score} of {most} marks").format(score=points(report.score), most=points(report.max_score)))
    yield marks_table(exercises)
    if missing := open_points(items):
        says = _(" The grader failed to judge {points} marks, which is its own fault: grade again.")
        yield text(says.format(points=points(missing)))
    first = first_to_fix(items)
    if first is None:
        yield text(_("Everything that this grade has looked at is allowed, right and fast."))
    else:
        yield "## " + text(view.heading_of(first))
        yield f"**{text(first.exercise)}**, {text(first.title)}"
        yield from _said(first)
    for exercise in exercises:
        yield from exercise_in_detail(exercise)
    yield text(_("report.html, an artifact of this job, shows it with pictures. SEED={seed}").format(seed=report.seed))


def make(report: Report) -> str:
    """As many parts as a page takes, in the reader's language."""
    result, size = [], 0
    for part in parts(report):
        size += len(part.encode()) + 2
        if size > MOST_BYTES:
            return "\n\n".join([*result, "</details>", text(_("The rest is in report.html."))])
        result.append(part)
    return "\n\n".join(result)


def _escaped(said: str, more: str = "") -> str:
    """As GitHub's own toolkit does it: % first; in a property also what ends it."""
    for character in "%\r\n" + more:
        said = said.replace(character, f"%{ord(character):02X}")
    return said


def annotation(file: str, line: int | None, title: str, message: str) -> str:
    facts = {"file": file, "line": str(line or ""), "title": title}
    said = ",".join(f"{key}={_escaped(readable(value), ':,')}" for key, value in facts.items() if value)
    return f"::error {said}::{_escaped(readable(message))}"


def annotations(report: Report) -> Iterator[str]:
    """A line for each place that is wrong, in the order of the report."""
    items = [translated(item) for item in report.items]
    for exercise in view.exercises(items):
        file = str(Path(report.submission) / rubric().exercises[exercise.name].file)
        for shown in (shown for shown in exercise.items if shown.item.status == "fail"):
            item, title = shown.item, f"{exercise.name}, {shown.item.title}"
            if shown.findings:
                yield from (annotation(file, found["line"], title, found["message"]) for found in shown.findings)
            elif not item.findings:  # else another item has said them
                said = "\n".join(filter(None, (item.message, item.hint)))
                yield annotation(file, item.excerpt["line"] if item.excerpt else None, title, said)


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python3 -m grader.report.markdown", description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=Path, default=Path("build"), help="the build folder of CMake")
    parser.add_argument("--report", type=Path, default=Path("build/grade/report.json"), help="report.json of a grade")
    parser.add_argument("--annotations", action="store_true", help="lines for GitHub's runner, not Markdown")
    return parser


def main(arguments: argparse.Namespace) -> None:
    report = report_json.load(arguments.report)
    if arguments.annotations:
        lines = list(annotations(report))[:MOST_ANNOTATIONS]
        print(*lines, sep="\n", end="\n" if lines else "")
    else:
        print(make(report))


if __name__ == "__main__":
    sys.exit(run_tool("markdown", parser(), main))
