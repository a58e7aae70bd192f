"""The machine and the folder: system, processors, memory, disk, a slow Windows drive, a build that was moved."""

from __future__ import annotations

import os
import platform
import re
import shutil
from pathlib import Path
from typing import Iterator

from grader.common.language import Count, _, marked
from grader.machine.blas import processor
from grader.machine.doctor.finding import ROOT, Finding, note, ok, problem, run

MOUNTS = Path("/proc/mounts")
WINDOWS_DRIVES = ("9p", "drvfs", "v9fs")  # how WSL mounts C: and the others
BUILD_MB = 400  # what a build takes: du -sm build
COMPILER_MB = 1000  # what g++ takes for one file (700 MB: /usr/bin/time -v), and some room


def filesystem_of(path: Path, mounts: str) -> str:
    """The type of the file system that a path lies on, from the text of /proc/mounts."""
    found = ("/", "")
    for line in mounts.splitlines():
        point, kind = line.split(" ")[1:3]
        point = point.replace("\\040", " ")
        if f"{path}/".startswith(point.rstrip("/") + "/") and len(point) >= len(found[0]):
            found = (point, kind)
    return found[1]


def check_system() -> Iterator[Finding]:
    if platform.system() != "Linux":
        remedy = _("Use Linux: a virtual machine, WSL 2 on Windows, or the dev container of this folder")
        says = _("this is {system}; the grader's worker needs Linux").format(system=platform.system())
        yield problem("system", says, remedy)
        return
    release = platform.release()
    if "Microsoft" in release:  # WSL 2 writes "microsoft"
        remedy = _("In PowerShell: wsl --set-version NAME 2 (wsl --list shows NAME)")
        yield note("system", _("this is WSL 1: no perf, and no SANDBOX=1"), remedy)
    else:
        says = _("Linux {release} on {machine}; the processor is {name}")
        yield ok("system", says.format(release=release, machine=platform.machine(), name=processor()[0]))


def check_processors() -> Iterator[Finding]:
    count = len(os.sched_getaffinity(0))
    says = _("the grader computes with 1 and compiles with as many as there are processors: {count}")
    yield ok("threads", says.format(count=count))
    if os.environ.get("OPENBLAS_CORETYPE"):
        says = _("OPENBLAS_CORETYPE={core} overrides the grader's choice").format(core=os.environ["OPENBLAS_CORETYPE"])
        yield note(marked("kernels"), says, _("Type: unset OPENBLAS_CORETYPE"))


def check_memory() -> Iterator[Finding]:
    kilobytes = re.search(r"MemAvailable: *(\d+)", Path("/proc/meminfo").read_text())
    free = int(kilobytes[1]) // 1024 if kilobytes else COMPILER_MB
    if free < COMPILER_MB:
        remedy = _("Close other programs, or give the virtual machine more memory")
        says = _("{free:,} MB are free; the compiler takes up to {most:,}").format(free=Count(free), most=Count(COMPILER_MB))
        yield note("memory", says, remedy)
    else:
        yield ok("memory", _("{free:,} MB are free").format(free=Count(free)))


def check_folder(build: Path) -> Iterator[Finding]:
    if not os.access(ROOT, os.W_OK):
        says = _("{folder} cannot be written to").format(folder=ROOT)
        yield problem("folder", says, _("Copy the lab to a folder of your own"))
    if filesystem_of(ROOT, MOUNTS.read_text()) in WINDOWS_DRIVES:
        remedy = _("Copy the lab into Linux: cp -r . ~/{name}").format(name=ROOT.name)
        says = _("{folder} is on a drive of Windows, which Linux reaches slowly").format(folder=ROOT)
        yield note("folder", says, remedy)
    free = shutil.disk_usage(ROOT).free >> 20
    says = _("{free:,} MB are free; a build takes {least:,}").format(free=Count(free), least=Count(BUILD_MB))
    if free < BUILD_MB and not build.exists():
        yield problem(marked("disk"), says, _("Make room"))
    elif free < 2 * BUILD_MB:
        yield note("disk", says, _("Make room"))
    else:
        yield ok("disk", says)


def check_build(build: Path) -> Iterator[Finding]:
    """CMake refuses a folder that was moved, and does not see that its compiler is gone."""
    cache = build / "CMakeCache.txt"
    if not cache.exists():
        yield ok("build", _("nothing is built in {folder}/ yet: make grade does that").format(folder=build.name))
        return
    facts = dict(re.findall(r"^(CMAKE_HOME_DIRECTORY|CMAKE_CXX_COMPILER):\w+=(.*)$", cache.read_text(), re.MULTILINE))
    home, compiler = facts.get("CMAKE_HOME_DIRECTORY", ""), facts.get("CMAKE_CXX_COMPILER", "")
    remedy = _("Type: make clean grade")
    if not os.path.exists(home) or not os.path.samefile(home, ROOT):
        says = _("{folder}/ was made for another folder, {home}").format(folder=build.name, home=home)
        yield problem("build", says, remedy)
    elif not os.path.exists(compiler):
        says = _("{folder}/ was made with {compiler}, which is not there any more")
        yield problem("build", says.format(folder=build.name, compiler=compiler), remedy)
    elif not (build / "lab.json").exists():
        yield problem("build", _("{folder}/ was begun and not finished").format(folder=build.name), remedy)
    elif not os.access(build, os.W_OK):
        remedy = _("If root once built here, type: sudo rm -r {folder}").format(folder=build)
        yield problem("build", _("{folder} cannot be written to").format(folder=build), remedy)
    else:
        yield ok("build", _("{folder}/ belongs to this folder and its compiler").format(folder=build.name))


def check_tools() -> Iterator[Finding]:
    """What the lab does without."""
    optional = {"perf": _("step 3 by hand"), "clangd": _("errors while you type"), "clang-tidy": "make tidy"}
    here = [name for name in optional if shutil.which(name)]
    lacking = [f"{name} ({use})" for name, use in optional.items() if name not in here]
    if lacking:
        says = _("not installed, and not needed for a grade: {names}").format(names=", ".join(lacking))
        yield note("optional", says)
    if here:
        yield ok("optional", ", ".join(here))
    if "perf" in here and run(["perf", "stat", "-o", os.devnull, "true"]).code != 0:
        says = _("does not work here: the system forbids it, or it is not the kernel's; use make profile")
        yield note("perf", says)
