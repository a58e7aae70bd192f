"""Writes the stubs of exercises/ from solutions/: python3 -m grader.maintenance.stubs [--check | --force].

Instructors run it after a change in solutions/; the tests run --check. It writes only in exercises/, and never over
work: a file whose code is not that of its stub stays as it is, unless --force says otherwise. A comment of solutions/
that begins with LOOPS or NUMPY stands in the stubs of that form only (--show). What stands between `// HELPERS` and
`// END HELPERS` is part of an answer, and no stub has it.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from grader.common.files import replace_whole

ROOT = Path(__file__).resolve().parents[2]
COMMAND = "python3 -m grader.maintenance.stubs"
COMMENT = {".cpp": "//", ".toml": "#"}  # the kinds of files that an exercise can be, and how a comment starts there

# Which marked comments a stub shows. By the loop, students derive the batch; NumPy's line only has to be translated.
FORMS = {"loops": ("LOOPS",), "numpy": ("NUMPY",), "both": ("LOOPS", "NUMPY")}


class StubError(Exception):
    """What is wrong with a file, in words for the person who runs the tool."""


def parameter_names(lines: list[str]) -> list[str]:
    """The parameters of the function whose signature, laid out as clang-format does it, ends these lines."""
    start = max((i for i, line in enumerate(lines) if re.match(r"\w", line)), default=0)
    return re.findall(r"(\w+)\s*[,)]", "\n".join(lines[start:]))


def stub_body(suffix: str, above: list[str], answer: list[str]) -> list[str]:
    """What stands in a stub for the marked `answer`, not indented; `above` is the stub so far."""
    if suffix == ".toml":
        return [re.sub(r"=.*", "= []", line) for line in answer if "=" in line]
    return [f"throw lab::NotImplemented({', '.join(parameter_names(above))});"]


def shown(text: str, mark: str, form: str) -> str:
    """The text with the comments of this form, without their marks, and without those of the other."""
    marked = re.compile(rf"^{mark} (LOOPS|NUMPY)( .*\n)", re.MULTILINE)
    return marked.sub(lambda line: mark + line[2] if line[1] in FORMS[form] else "", text)


def make_stub(solution: Path, form: str) -> str:
    """The text of the stub: that of the solution, with a TODO in place of every marked answer."""
    mark = COMMENT[solution.suffix]
    text = solution.read_text(encoding="utf-8", errors="replace")
    if "\N{REPLACEMENT CHARACTER}" in text:
        raise StubError(f"{solution}: is not UTF-8; save it again as UTF-8")
    text = re.sub(rf"^{mark} HELPERS\n.*?^{mark} END HELPERS\n\n", "", shown(text, mark, form), flags=re.M | re.S)
    lines: list[str] = []
    answer: list[str] | None = None  # the lines of the answer that we are in, if any
    for number, line in enumerate(text.splitlines(), 1):
        begin = re.fullmatch(rf"(\s*){mark} ANSWER (.+)", line)
        if begin and answer is None:
            indent, task, answer = begin[1], begin[2], []
        elif line.strip() == f"{mark} END ANSWER" and answer is not None:
            body = [f"{mark} TODO(student): {task}.", *stub_body(solution.suffix, lines, answer)]
            lines += [indent + part for part in body]
            answer = None
        elif "ANSWER" in line or line.startswith((f"{mark} HELPERS", f"{mark} END HELPERS")):
            raise StubError(f"{solution}:{number}: `{mark} ANSWER what to do` and `{mark} END ANSWER` must alternate")
        else:
            (lines if answer is None else answer).append(line)
    if answer is not None or not any("TODO(student)" in line for line in lines):
        raise StubError(f"{solution}: needs `{mark} ANSWER what to do`, the answer, `{mark} END ANSWER`")
    return "\n".join(lines) + "\n"


def read_exercise(path: Path) -> str:
    """A student's file may hold any bytes; those that are no text only make it differ from its stub."""
    return path.read_text(encoding="utf-8", errors="replace")


def code_of(text: str, suffix: str) -> str:
    """The text without space and comments, but for comments that end as code does: somebody may have set it aside."""
    lines = (line.strip() for line in text.splitlines())
    kept = (line for line in lines if not line.startswith(COMMENT[suffix]) or line.endswith((";", "]")))
    return "".join("".join(kept).split())


def is_a_stub(path: Path, solution: Path) -> bool:
    """Whether the code of a file is that of its stub, in whichever form: nobody has worked on it."""
    stubs = (make_stub(solution, form) for form in FORMS)
    return code_of(read_exercise(path), path.suffix) in [code_of(stub, path.suffix) for stub in stubs]


def stale_stubs(root: Path, form: str) -> dict[Path, str]:
    """The files of exercises/ that are not what solutions/ makes of them, each with the text that it should have."""
    solutions = sorted(path for path in (root / "solutions").iterdir() if path.suffix in COMMENT)
    if not solutions:
        raise StubError(f"{root / 'solutions'}: holds no .cpp or .toml file; there is nothing to make stubs from")
    stubs = {root / "exercises" / path.name: make_stub(path, form) for path in solutions}
    return {path: text for path, text in stubs.items() if not path.exists() or read_exercise(path) != text}


def write(path: Path, text: str) -> None:
    """Replaces the file in one step, with LF line ends on every system."""
    path.parent.mkdir(exist_ok=True)
    replace_whole(path, text)


def refresh(stale: dict[Path, str], force: bool) -> int:
    """Writes the stale stubs; those that may hold somebody's work only with `force`. Returns the exit code."""
    kept = 0
    for path, text in stale.items():
        if force or not path.exists() or is_a_stub(path, path.parents[1] / "solutions" / path.name):
            write(path, text)
            print(f"wrote exercises/{path.name}")
        else:
            kept += 1
            print(f"kept exercises/{path.name}: its code is not the stub's, it may be work", file=sys.stderr)
    if kept:
        print(f"To lose what the kept files hold: {COMMAND} --force", file=sys.stderr)
    return 1 if kept else 0


def check(stale: dict[Path, str]) -> int:
    """Names the stale stubs and the command that refreshes them. Returns the exit code."""
    for path in stale:
        print(f"stale: exercises/{path.name}; to refresh it: {COMMAND}", file=sys.stderr)
    return 1 if stale else 0


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    parser = argparse.ArgumentParser(prog=COMMAND, description="Write the stubs of exercises/ from solutions/.")
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--check", action="store_true", help="write nothing; exit 1 and name the stubs that are stale")
    mode.add_argument("--force", action="store_true", help="write also over files that may hold somebody's work")
    form = "what the comments show: the loop, NumPy's line, or both (default: loops; with --check whichever is there)"
    parser.add_argument("--show", choices=FORMS, help=form)
    options = parser.parse_args(arguments)
    if not (root / "solutions").is_dir():
        print("There is no solutions/ here to make stubs from: only the instructors' copy has it.", file=sys.stderr)
        return 1
    try:
        if not options.check:
            return refresh(stale_stubs(root, options.show or "loops"), options.force)
        # A teacher may have committed any form, and the one that is nearest tells what is stale.
        return check(min((stale_stubs(root, form) for form in ([options.show] if options.show else FORMS)), key=len))
    except (StubError, OSError) as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
