"""Runs Snakemake on the submissions that are to be graded, and shows how far it is and when it will end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from grader.classroom.grade import state
from grader.classroom.grade.one import end_with_parent, grades_of
from grader.common.build_facts import ROOT
from grader.common.files import replace_whole
from grader.common.language import _
from grader.machine import processors

SNAKEFILE = Path(__file__).with_name("Snakefile")
# The solver of the default scheduler is slow, and hangs at times. The lock is ours, because that of Snakemake outlives
# it; half-made outputs are made again, as are all that are missing, and nothing else is looked at.
OPTIONS = ["--scheduler", "greedy", "--keep-going", "--rerun-incomplete", "--rerun-triggers", "mtime", "--nolock"]
OPTIONS += ["--quiet", "progress", "--latency-wait", "1"]
LINE_EVERY = 60.0  # seconds, where the output is no terminal


def _command(keys: Sequence[str], build: Path, out: Path, work: Path) -> list[str]:
    config = work / "snakemake.json"
    facts = {"keys": list(keys), "grades": os.path.relpath(grades_of(out), work), "out": str(out.resolve())}
    facts |= {"root": str(ROOT), "python": sys.executable, "build": str(build.resolve())}
    replace_whole(config, json.dumps(facts))
    files = ["--snakefile", str(SNAKEFILE), "--directory", str(work), "--configfile", str(config)]
    return ["snakemake", *OPTIONS, *files, "--cores", str(processors.usable())]


class _Watch:
    """Counts what has been graded, and says so: on a terminal in one line, elsewhere a line a minute."""

    def __init__(self, keys: Sequence[str], out: Path) -> None:
        self.waiting = {key: grades_of(out) / key for key in keys}
        self.total, self.start, self.last = len(keys), time.monotonic(), time.monotonic()
        self.visible = sys.stderr.isatty()

    def _sentence(self) -> str:
        done = self.total - len(self.waiting)
        now = [key for key, folder in self.waiting.items() if (folder / "grade.txt").exists()]
        text = _("{done} of {total} graded").format(done=done, total=self.total)
        if now:
            text += _(", at work on {keys}").format(keys=", ".join(now[:3]))
        if done:
            each = (time.monotonic() - self.start) / done
            end = time.strftime("%H:%M", time.localtime(time.time() + each * len(self.waiting)))
            text += _(", {each:.0f} s each, ends at about {end}").format(each=each, end=end)
        return text

    def look(self) -> None:
        for key in [key for key, folder in self.waiting.items() if state.file_of(folder).exists()]:
            del self.waiting[key]
        if self.visible:
            print(f"\r\x1b[K{self._sentence()[:79]}", end="", file=sys.stderr, flush=True)
        elif time.monotonic() - self.last >= LINE_EVERY:
            self.last = time.monotonic()
            print(self._sentence(), file=sys.stderr, flush=True)

    def close(self) -> None:
        if self.visible:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def run(keys: Sequence[str], build: Path, out: Path, work: Path) -> float:
    """Grades these; returns the seconds that it took. Those that Snakemake did not get to have no graded.json. `work`
    gets what Snakemake writes, which is no place for two of them."""
    start = time.monotonic()
    watch = _Watch(keys, out)
    log = work / "snakemake.txt"
    with log.open("wb") as stream:
        streams = {"stdin": subprocess.DEVNULL, "stdout": stream, "stderr": stream}
        process = subprocess.Popen(_command(keys, build, out, work), preexec_fn=end_with_parent, **streams)
        try:
            while process.poll() is None:
                time.sleep(0.2)
                watch.look()
        finally:
            if process.poll() is None:  # Ctrl-C
                process.kill()
            watch.close()
    if process.returncode and watch.waiting:
        print(_("Snakemake ended early: {log} says why").format(log=log), file=sys.stderr)
    return time.monotonic() - start
