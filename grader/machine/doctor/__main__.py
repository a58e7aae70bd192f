"""What is missing, broken or slow on this machine, and what mends it: make doctor.

Each check stands for itself: one that fails hides no other. Exits 1 when something that a grade needs is missing."""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path
from typing import Callable, Dict, Iterator, List

from grader.common import language
from grader.common.language import _, marked
from grader.common.progress import Progress
from grader.machine.doctor import compiler, data, machine, protections, python
from grader.machine.doctor.finding import Finding, problem


def checks(build: Path) -> Dict[str, Callable[[], Iterator[Finding]]]:
    return {
        marked("system"): machine.check_system,
        "Python": partial(python.check_python, build),
        marked("programs"): compiler.check_programs,
        marked("compiler"): partial(compiler.check_compiler, build),
        marked("libraries"): partial(compiler.check_libraries, build),
        marked("data"): data.check_data,
        marked("threads"): machine.check_processors,
        marked("memory"): machine.check_memory,
        marked("folder"): partial(machine.check_folder, build),
        marked("build"): partial(machine.check_build, build),
        "seccomp": partial(protections.check_seccomp, build),
        "bubblewrap": partial(protections.check_bubblewrap, build),
        marked("optional"): machine.check_tools,
    }


def examine(name: str, check: Callable[[], Iterator[Finding]]) -> List[Finding]:
    """What a check finds; its own failure is a finding, too."""
    try:
        return list(check())
    except Exception as error:  # whatever it is, the other checks go on
        says = _("the check itself failed: {error}").format(error=f"{type(error).__name__}: {error}")
        return [problem(name, says, _("Tell whoever gave you the lab, with this line"))]


def main() -> int:
    parser = argparse.ArgumentParser(prog="make doctor", description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=Path, required=True, help="the build folder; it need not exist")
    build = parser.parse_args().build.resolve()
    language.start(build)
    problems = []
    table = checks(build)
    with Progress(len(table)) as progress:
        for name, check in table.items():
            progress.step(_("checking: {what}").format(what=_(name)))
            for finding in examine(name, check):
                progress.clear()
                print(finding, flush=True)
                problems += [finding] if finding.status == "PROBLEM" else []
    print()
    if not problems:
        print(_("Everything that a grade needs is here."))
        return 0
    print(_("Something that a grade needs is missing. Begin with the first PROBLEM above."))
    return 1


if __name__ == "__main__":
    sys.exit(main())
