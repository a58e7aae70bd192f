"""Finds the statements that compute a matrix which nobody keeps, such as `A.each_col() + b;`.

They break no rule and compile without a warning; stages.py gives their line as the hint of a value that is wrong."""

from collections.abc import Iterator

from clang import cindex

from grader.legality.body_rules import armadillo_types, returns_value
from grader.legality.statements import statements
from grader.legality.tree import body_of, kind_of, unwrapped


def discarded_lines(definition: cindex.Cursor) -> Iterator[int]:
    """What `A += 1` and `A.zeros()` return is a reference, and what they change is kept."""
    body = body_of(definition)
    for statement in statements(body) if body is not None else ():
        value = unwrapped(statement)
        if kind_of(value) == "CALL_EXPR" and armadillo_types(value.type) and returns_value(value):
            yield value.location.line
