"""The sandbox of SANDBOX=1: a bubblewrap command around whatever reads or runs a submission.

Called by limited_run.py (compiler, legality) and grade.py (workers). It hides everything but what is listed: no network,
no other process, no file that is not named, no way to write but where it is said. It never falls back on less."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from grader.common.build_facts import ROOT, Build
from grader.common.language import _, marked
from grader.common.tool import UserError

# What a program needs to start at all: the system's libraries and where its links lead; the stores of Nix and Guix.
SYSTEM = ("/usr", "/lib", "/lib64", "/lib32", "/bin", "/sbin", "/etc/alternatives", "/etc/ld.so.cache")
SYSTEM += ("/nix/store", "/gnu/store")
INSTALL = marked("Install it (make setup), or grade without SANDBOX=1 only what you trust.")


def wrap(readable: list[Path], writable: list[Path], folder: Path, size_of_tmp: int = 256 << 20) -> list[str]:
    """The command that goes before another one to shut it in. `readable` and `writable` are files or folders."""
    command = [shutil.which("bwrap") or "bwrap", "--unshare-all", "--die-with-parent", "--new-session"]
    command += ["--cap-drop", "ALL", "--hostname", "sandbox"]
    for path in map(Path, SYSTEM):
        if path.is_symlink():
            command += ["--symlink", str(path.readlink()), str(path)]
        elif path.exists():
            command += ["--ro-bind", str(path), str(path)]
    command += ["--proc", "/proc", "--dev", "/dev", "--size", str(size_of_tmp), "--tmpfs", "/tmp"]
    for option, paths in (("--ro-bind", readable), ("--bind", writable)):
        for path in paths:
            command += [option, str(path), str(path)]
    return [*command, "--chdir", str(folder), "--"]


def python_files() -> list[Path]:
    """What the Python that runs us needs beside the system's files, when it is not the system's."""
    places = {Path(sys.prefix).resolve(), Path(sys.base_prefix).resolve(), *map(Path, filter(None, sys.path))}
    # A folder of modules above the lab's would show all of the lab.
    wanted = [place for place in sorted(places) if place.exists() and not ROOT.is_relative_to(place)]
    return [place for place in wanted if not place.is_relative_to("/usr") and not place.is_relative_to(ROOT)]


def libraries() -> list[Path]:
    """The folders that LD_LIBRARY_PATH names, where libraries are looked for first."""
    folders = map(Path, filter(None, os.environ.get("LD_LIBRARY_PATH", "").split(os.pathsep)))
    return [folder for folder in folders if folder.is_dir() and not folder.is_relative_to("/usr")]


def worker_launcher(build: Build, objects: Path) -> list[str]:
    """Goes before each worker that the judge starts: it sees its own program and the objects that it is to load."""
    programs = [Path(build.worker), Path(build.worker_objects), objects]
    return wrap([*map(Path, build.places), *libraries(), *programs], [], Path("/tmp"))


@cache
def workers_are_confined(build: Build) -> bool:
    """Whether workers shut themselves in here: the kernel may refuse it, as under qemu-user."""
    return build.seccomp and subprocess.run([build.worker, "--confine"]).returncode == 0


def require(build: Build) -> None:
    """A UserError that says what is missing, unless the whole sandbox works here."""
    require_bubblewrap()
    if not build.seccomp:
        message = _("SANDBOX=1 needs libseccomp, which the grader was built without. {install} Then: make clean")
        raise UserError(message.format(install=_(INSTALL)))
    if not workers_are_confined(build):
        message = _(
            "SANDBOX=1: this kernel refuses a seccomp filter, as under qemu-user, an emulated image or some "
            "containers. Grade on a machine that allows it, or without SANDBOX=1 only what you trust"
        )
        raise UserError(message)


@cache
def require_bubblewrap() -> None:
    if shutil.which("bwrap") is None:
        message = _("SANDBOX=1 needs bubblewrap (bwrap), which is not installed. {install}")
        raise UserError(message.format(install=_(INSTALL)))
    trial = subprocess.run([*wrap([], [], Path("/tmp")), "true"], capture_output=True, text=True)
    if trial.returncode != 0:
        reason = trial.stderr.strip().splitlines()[-1:] or [_("no reason given")]
        message = _(
            "SANDBOX=1: bubblewrap does not work here ({reason}). Allow unprivileged user namespaces "
            "(sysctl kernel.unprivileged_userns_clone=1, or kernel.apparmor_restrict_unprivileged_userns=0 on Ubuntu), "
            "or grade as root"
        )
        raise UserError(message.format(reason=reason[0]))
