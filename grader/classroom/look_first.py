"""Which submissions the teacher should look at first: files that do not compile, functions that did not end. One slip
there costs many marks. Called by the marks; the class page flags what is odd instead (page/flags.py)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.classroom.results import Class
from grader.common.language import Text, _, sentences_of
from grader.common.rubric import rubric
from grader.report.item import Item

NOT_COMPILED = "does not compile: {error}"
ENDLESS = {"did not return in time: is there an endless loop?", "used more CPU time than allowed"}
MOST = 10


def _of_item(item: Item) -> str:
    """Empty where there is nothing to see to at once."""
    if not isinstance(item.message, Text) or item.status != "fail":
        return ""
    file, fields = rubric().exercises[item.exercise].file, item.message.fields
    if item.message.sentence == NOT_COMPILED:
        line = re.match(re.escape(file) + r":(\d+)", str(fields["error"]))
        says = _("{file} does not compile (line {line})") if line else _("{file} does not compile")
        return says.format(file=file, line=line and line[1])
    if ENDLESS & {*sentences_of(item.message)}:
        function = str(fields.get("call", item.exercise)).partition("(")[0]
        return _("{file}: {function} did not end").format(file=file, function=function)
    return ""


def _found(own: Class) -> Iterator[str]:
    for result in own.results:
        said = [_of_item(item) for item in (result.report.items if result.report else [])]
        for about in dict.fromkeys(filter(None, said)):
            yield _(" {key}: {about}").format(key=result.submission.key, about=about)


def lines(own: Class) -> list[str]:
    """At most ten and a heading; none where no submission needs it."""
    found = list(_found(own))
    if len(found) > MOST:
        more = len(found) - MOST + 1
        found = [*found[: MOST - 1], _(" and {more} more: class.html says what fails").format(more=more)]
    return [_("Look at these first:"), *found] if found else []
