"""The machine and the folder: system, processors, memory, disk, a slow Windows drive, a build that was moved."""

from __future__ import annotations

import os
import platform
import re
import shutil
from pathlib import Path
from typing import Iterator

from grader.doctor.finding import ROOT, Finding, note, ok, problem, run

MOUNTS = Path("/proc/mounts")
WINDOWS_DRIVES = ("9p", "drvfs", "v9fs")  # how WSL mounts C: and the others
BUILD_MB = 400  # what a build takes: du -sm build
COMPILER_MB = 1000  # what g++ takes for one file (700 MB: /usr/bin/time -v), and some room


def filesystem_of(path: Path, mounts: str) -> str:
    """The type of the file system that a path lies on, from the text of /proc/mounts."""
    found = ("/", "")
    for line in mounts.splitlines():
        _, point, kind, *_ = line.split(" ")
        point = point.replace("\\040", " ")
        if f"{path}/".startswith(point.rstrip("/") + "/") and len(point) >= len(found[0]):
            found = (point, kind)
    return found[1]


def check_system() -> Iterator[Finding]:
    if platform.system() != "Linux":
        remedy = "Use Linux: a virtual machine, WSL 2 on Windows, or the dev container of this folder"
        yield problem("system", f"this is {platform.system()}; the grader's worker needs Linux", remedy)
        return
    release = platform.release()
    if "Microsoft" in release:  # WSL 2 writes "microsoft"
        remedy = "In PowerShell: wsl --set-version NAME 2 (wsl --list shows NAME)"
        yield note("system", "this is WSL 1: no perf, and no SANDBOX=1", remedy)
    else:
        yield ok("system", f"Linux {release} on {platform.machine()}")


def check_processors() -> Iterator[Finding]:
    count = len(os.sched_getaffinity(0))
    yield ok("threads", f"the grader computes with 1 and compiles with as many as there are processors: {count}")
    if os.environ.get("OPENBLAS_CORETYPE"):
        says = f"OPENBLAS_CORETYPE={os.environ['OPENBLAS_CORETYPE']} overrides the grader's choice"
        yield note("kernels", says, "Type: unset OPENBLAS_CORETYPE")


def check_memory() -> Iterator[Finding]:
    kilobytes = re.search(r"MemAvailable: *(\d+)", Path("/proc/meminfo").read_text())
    free = int(kilobytes[1]) // 1024 if kilobytes else COMPILER_MB
    if free < COMPILER_MB:
        remedy = "Close other programs, or give the virtual machine more memory"
        yield note("memory", f"{free:,} MB are free; the compiler takes up to {COMPILER_MB:,}", remedy)
    else:
        yield ok("memory", f"{free:,} MB are free")


def check_folder(build: Path) -> Iterator[Finding]:
    if not os.access(ROOT, os.W_OK):
        yield problem("folder", f"{ROOT} cannot be written to", "Copy the lab to a folder of your own")
    if filesystem_of(ROOT, MOUNTS.read_text()) in WINDOWS_DRIVES:
        remedy = f"Copy the lab into Linux: cp -r . ~/{ROOT.name}"
        yield note("folder", f"{ROOT} is on a drive of Windows, which Linux reaches slowly", remedy)
    free = shutil.disk_usage(ROOT).free >> 20
    if free < BUILD_MB and not build.exists():
        yield problem("disk", f"{free:,} MB are free; a build takes {BUILD_MB}", "Make room")
    elif free < 2 * BUILD_MB:
        yield note("disk", f"only {free:,} MB are free; a build takes {BUILD_MB}", "Make room")
    else:
        yield ok("disk", f"{free:,} MB are free; a build takes {BUILD_MB}")


def check_build(build: Path) -> Iterator[Finding]:
    """CMake refuses a folder that was moved, and does not see that its compiler is gone."""
    cache = build / "CMakeCache.txt"
    if not cache.exists():
        yield ok("build", f"nothing is built in {build.name}/ yet: make grade does that")
        return
    facts = dict(re.findall(r"^(CMAKE_HOME_DIRECTORY|CMAKE_CXX_COMPILER):\w+=(.*)$", cache.read_text(), re.MULTILINE))
    home, compiler = facts.get("CMAKE_HOME_DIRECTORY", ""), facts.get("CMAKE_CXX_COMPILER", "")
    remedy = "Type: make clean grade"
    if not os.path.exists(home) or not os.path.samefile(home, ROOT):
        yield problem("build", f"{build.name}/ was made for another folder, {home}", remedy)
    elif not os.path.exists(compiler):
        yield problem("build", f"{build.name}/ was made with {compiler}, which is not there any more", remedy)
    else:
        yield ok("build", f"{build.name}/ belongs to this folder and its compiler")


def check_tools() -> Iterator[Finding]:
    """What the lab does without."""
    optional = {"perf": "step 3 by hand", "clangd": "errors while you type", "clang-tidy": "make tidy"}
    here = [name for name in optional if shutil.which(name)]
    lacking = [f"{name} ({use})" for name, use in optional.items() if name not in here]
    if lacking:
        yield note("optional", f"not installed, and not needed for a grade: {', '.join(lacking)}")
    if here:
        yield ok("optional", f"{', '.join(here)}")
    if "perf" in here and run(["perf", "stat", "-o", os.devnull, "true"]).code != 0:
        yield note("perf", "does not work here: the system forbids it, or it is not the kernel's; use make profile")
