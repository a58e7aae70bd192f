"""Compiles and runs a scratch file: python3 -m grader.tutor.trying FILE --build DIR. `make try` calls it.

The student's counterpart of Python's prompt. A file that is not there is made of scratch/try.cpp; nothing of it is
graded. The flags are the grader's, so that what compiles here compiles in a grade."""

from __future__ import annotations

import argparse
import re
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from grader.common.build_facts import Build, read_build
from grader.common.console import Prose, console_of_80
from grader.common.files import replace_whole
from grader.common.language import _, readable, shown
from grader.common.tool import UserError, run_tool
from grader.explain import armadillo, compiler
from grader.grade.headers import CONTRACT, HEADERS, make_headers
from grader.machine import limited_run
from grader.machine.limited_run import Reach, Result, run

RUN_SECONDS = 10  # of processor time: who waits at a prompt has no more patience
NOT_DEFINED = re.compile(r"undefined reference to [`'‘](\w+)")
TOO_LONG = (-signal.SIGXCPU, -signal.SIGKILL)
TEMPLATE = Path(__file__).parent / "scratch" / "try.cpp"


def start_file(file: Path) -> None:
    if file.exists():
        return
    if not file.parent.is_dir():
        raise UserError(_("{folder} is not a folder").format(folder=file.parent))
    replace_whole(file, TEMPLATE.read_text(encoding="utf-8"))
    say(_("{file} is new. Change it, save it, and type make try again.").format(file=file))


def compile_file(file: Path, build: Build, program: Path) -> Result:
    make_headers(build)
    headers = ["-I", str(build.folder / "pch"), "-I", str(CONTRACT), "-include", HEADERS[0]]
    shutil.copy(file, program.parent)  # so that messages name it without its folder
    command = [build.compiler, *build.flags, *build.diagnostics, *headers, file.name]
    reach = Reach(program.parent, writable=(program.parent,))
    return run([*command, *build.libraries, "-o", program.name], reach, False)


def say(sentence: str) -> None:
    console_of_80().print(Prose(readable(sentence)))


def show_error(result: Result, file: Path) -> None:
    if name := NOT_DEFINED.search(result.errors):
        say(_("{file}: {name} is declared, and defined nowhere here.").format(file=file.name, name=name[1]))
        say(_("Hint: {hint}").format(hint=_("copy the function into {file}").format(file=file)))
        return
    error = compiler.first_error(result.errors, file.name)
    say(shown(error.message))
    if error.hint:
        say(_("Hint: {hint}").format(hint=shown(error.hint)))


def show_end(result: Result) -> None:
    """What a program has printed, and why it ended where it did not come to its end."""
    print(result.output + result.errors, end="", flush=True)
    if result.code == 0:
        return
    if hint := armadillo.for_exception(result.errors):
        say(_("Hint: {hint}").format(hint=shown(hint)))
    elif result.code in TOO_LONG:
        say(_("It was ended after {most} s of processor time.").format(most=RUN_SECONDS))


def main(arguments: argparse.Namespace) -> int:
    limited_run.end_all_on_signals()
    build = read_build(arguments.build.resolve())
    start_file(arguments.file)
    with tempfile.TemporaryDirectory(dir=build.folder) as folder:
        program = Path(folder) / "try"
        compiled = compile_file(arguments.file, build, program)
        if compiled.code != 0:
            show_error(compiled, arguments.file)
            return 1
        ran = run([str(program)], Reach(program.parent), False, RUN_SECONDS)
    show_end(ran)
    return 0 if ran.code == 0 else 1


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make try", description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--build", type=Path, required=True)
    return parser


if __name__ == "__main__":
    sys.exit(run_tool("try", parser(), main))
