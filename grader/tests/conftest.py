"""Which tests `make check` runs (pytest --check): all that is quick, and one case of each kind of what is not.

Without --check nothing is left out. A test is slow when its module grades submissions, which is told by its imports, or
when it is marked as thorough. Of a slow test `one_of_each` keeps the first case of each kind that it tells apart:

    @pytest.mark.thorough(one_of_each=lambda key: CASES[key].kind)
"""

from __future__ import annotations

from types import ModuleType

import pytest

GRADES = ("grader.tests.support.corpus_support", "grader.tests.support.arena")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--check", action="store_true", help="what is quick, and one case of each kind of what is not")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "thorough(one_of_each): slow; --check runs one of each kind, or none")


def grades(module: ModuleType) -> bool:
    """Whether it imports what grades submissions, as a whole or a name of it."""
    named = ({getattr(value, "__name__", ""), getattr(value, "__module__", "")} for value in vars(module).values())
    return any(names & {*GRADES} for names in named)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--check"):
        return
    kept, left_out, seen = [], [], set()
    for item in items:
        mark = item.get_closest_marker("thorough")
        one_of_each = mark and mark.kwargs.get("one_of_each")
        if one_of_each:
            kind = (item.nodeid.split("[")[0], one_of_each(**item.callspec.params))
            wanted = kind not in seen
            seen.add(kind)
        else:
            wanted = not mark and not grades(item.module)
        (kept if wanted else left_out).append(item)
    items[:] = kept
    config.hook.pytest_deselected(items=left_out)
