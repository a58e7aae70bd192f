"""Which of the contract's files a name means. Systems, browsers and students rename: softmax_batch-1.cpp is one of
theirs, as are "Softmax Batch (2).CPP", "Copie de softmax_batch.cpp" and dupont_softmax_batch.cpp."""

from __future__ import annotations

import re
from functools import cache

from grader.common.rubric import rubric

COPY_AT_END = re.compile(r"(?:[ _-]*\(\d+\)|[ _-]+(?:copy|copie|final|finale|new|v?\d+)|~)$")
COPY_AT_START = re.compile(r"^(?:copy of|copie de|copie d')[ _-]*")
CPP = (".cpp", ".cc", ".cxx", ".c++", ".c")
CLOSE, LOOSE = 1, 2


@cache
def contract() -> dict[str, str]:
    """The contract's files, by their stems."""
    return {exercise.file.rsplit(".", 1)[0]: exercise.file for exercise in rubric().exercises.values()}


def _stem_and_ending(name: str) -> tuple[str, str]:
    name = name.casefold().removesuffix(".txt")
    stem, dot, ending = name.rpartition(".")
    return (stem, dot + ending) if dot else (name, "")


def _cleaned(stem: str) -> str:
    stem = COPY_AT_START.sub("", stem.strip())
    while (shorter := COPY_AT_END.sub("", stem)) != stem:
        stem = shorter
    return re.sub(r"[ -]+", "_", stem.strip())


def contract_name(name: str) -> tuple[str, int] | None:
    """The contract's file that a name means, and how far the name is from it: 0, CLOSE, or LOOSE for a guess."""
    files = contract()
    if name in files.values():
        return name, 0
    stem, ending = _stem_and_ending(name)
    fitting = {known: file for known, file in files.items() if (ending in CPP) == file.endswith(".cpp")}
    if ending not in (*CPP, ".toml"):
        return None
    if (clean := _cleaned(stem)) in fitting:
        return fitting[clean], CLOSE
    inside = [known for known in fitting if re.search(rf"(?<![a-z]){known}(?![a-z])", clean)]
    return (fitting[inside[0]], LOOSE) if len(inside) == 1 else None


def meant_by_document(name: str) -> str | None:
    """The contract's file that a document, such as softmax_batch.docx, stands for."""
    stem = _cleaned(_stem_and_ending(name)[0])
    return contract().get(stem)
