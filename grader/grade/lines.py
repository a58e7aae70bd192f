"""The lines of a submission that make the large matrices which the judge has counted. Called by grade.py.

The judge knows where in an object each was asked for. The file is compiled once more, with line numbers, and addr2line,
which every g++ has beside it, finds the lines. Names no line unless the instructions are the same in both objects."""

from __future__ import annotations

import shutil
import struct
from pathlib import Path

from grader.common.build_facts import Build
from grader.common.files import text_of
from grader.grade.building import new_folder
from grader.grade.compiling import Job, compile_source, preprocess
from grader.grade.staging import Staged
from grader.machine.limited_run import SYSTEM_PATH, Reach, run

MOST = 3  # lines that are named; more would say nothing
Place = tuple[Staged, int]  # a file and a line of it, from 1


def code_of(file: Path) -> list[bytes]:
    """The executable segments of an object for 64 bits."""
    data = file.read_bytes()
    (table,), (size, count) = struct.unpack_from("<Q", data, 32), struct.unpack_from("<HH", data, 54)
    headers = [struct.unpack_from("<IIQQQQ", data, table + size * i) for i in range(count)]
    return [data[begin : begin + length] for kind, flags, begin, _, _, length in headers if kind == 1 and flags & 1]


def _with_lines(staged: Staged, lab: Build, objects: Path, shut_in: bool) -> Path | None:
    """The object with line numbers; the one of the last time where the file is the same."""
    target, used = objects / f"{staged.exercise.name}.lines", objects / f"{staged.exercise.name}.so"
    if target.is_file() and code_of(target) == code_of(used):
        return target
    with new_folder(objects / f"{staged.exercise.name}.new") as folder:
        job = Job(staged, lab, folder, shut_in)
        if preprocess(job).code == 0 and compile_source(job, "-g").code == 0 and code_of(job.made) == code_of(used):
            return job.made.replace(target)
    return None


def _statement(text: list[str], line: int) -> int:
    """The line of the statement, or 0: to g++ what a return makes may stand at the brace after it."""
    if not 1 < line <= len(text) or text[line - 1].strip() != "}":
        return line
    return line - 1 if "return" in text[line - 2] else 0


def _lines(staged: Staged, offsets: list[int], lab: Build, objects: Path, shut_in: bool) -> dict[int, int]:
    """The line of the file that each of these instructions is of; one of a header alone has none."""
    program, made = shutil.which("addr2line", path=SYSTEM_PATH), _with_lines(staged, lab, objects, shut_in)
    if not program or not made:
        return {}
    # For each address: itself, then where it stands, then where that was inlined.
    command = [program, "--addresses", "--inlines", "--exe", made.name, *map(hex, offsets)]
    text = text_of(staged.copy).split("\n")
    found: dict[int, int] = {}
    offset = -1
    for line in run(command, Reach(objects), shut_in).output.splitlines():
        file, _, number = line.split(" ")[0].rpartition(":")
        if line.startswith("0x"):
            offset = int(line, 16)
        elif Path(file).name == staged.copy.name and number.isdecimal():
            found.setdefault(offset, _statement(text, int(number)))
    return found


def places(
    frames: list[tuple[int, str, int]], staged: list[Staged], lab: Build, objects: Path, shut_in: bool
) -> list[Place]:
    """The lines, in the order of the files, that these calls go back to: for each matrix the innermost; none where
    they cannot be found, or are many. A frame is a matrix, the exercise of an object and an offset in it."""
    files = {file.exercise.name: file for file in staged}
    found: dict[str, dict[int, int]] = {}  # by exercise and offset
    innermost: dict[int, tuple[str, int]] = {}
    for matrix, exercise, offset in frames:
        if matrix in innermost or exercise not in files:
            continue
        if exercise not in found:  # a file that only calls the others is not compiled again
            offsets = sorted({at for _, name, at in frames if name == exercise})
            found[exercise] = _lines(files[exercise], offsets, lab, objects, shut_in)
        if line := found[exercise].get(offset):
            innermost[matrix] = exercise, line
    wanted = set(innermost.values())
    result = [(file, line) for file in staged for name, line in sorted(wanted) if name == file.exercise.name]
    return result if len(result) <= MOST else []
