"""Grades made-up classes for real: how long, on what the time goes, how much memory, and the same marks after SIGKILL?

    python3 -m grader.tests.try_with_a_class --build build --sizes 25,50,100,200 --kills 3

Needs the built grader, the sandbox, Snakemake and solutions/; an hour or two for the sizes above. The largest class is
graded twice: from start to end, and with `make class` killed at random moments. Called by maintainers; no test."""

from __future__ import annotations

import argparse
import json
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from grader.common.build_facts import ROOT
from grader.tests.support import corpus_support, sample_class

STEP = 0.25  # seconds between two looks at the processes
SAME = ("seed", "roster.json", "marks.csv")
# The program that is at work, by a word of its command line; the first that is found counts.
PARTS = {
    "compiler": ("cc1plus", "collect2", "/ld ", "/as ", "c++"),
    "speed": ("-speed.json", "][speed]"),
    "values": ("-parity.json", "][parity]"),
    "workers": ("/worker ",),
    "Snakemake": ("snakemake",),
    "Python": ("python",),
}


@dataclass(frozen=True)
class Process:
    parent: int
    command: str
    runs: bool


@dataclass
class Watch:
    """What a look at a process and its descendants shows every STEP seconds, until `stop`."""

    root: int
    shares: Counter[str] = field(default_factory=Counter)
    most: int = 0  # kB of memory, in all
    _end: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def _look(self) -> None:
        while not self._end.wait(STEP):
            family = descendants(self.root)
            self.most = max(self.most, sum(memory_of(number) for number in family))
            self.shares.update(at_work(list(family.values())))

    def stop(self) -> None:
        self._end.set()
        self._thread.join()

    def table(self) -> str:
        total = sum(self.shares.values()) or 1
        return ", ".join(f"{name} {100 * count / total:.0f} %" for name, count in self.shares.most_common())


def processes() -> dict[int, Process]:
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
            found[int(entry.name)] = Process(int(parent), command, state == "R")
    return found


def descendants(root: int) -> dict[int, Process]:
    known = processes()
    family = {root}
    while more := {number for number, process in known.items() if process.parent in family} - family:
        family |= more
    return {number: known[number] for number in family & known.keys()}


def memory_of(number: int) -> int:
    """In kB, of shared pages a share."""
    with suppress(OSError):
        rows = Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()
        return next((int(row.split()[1]) for row in rows if row.startswith("Pss:")), 0)
    return 0


def at_work(family: list[Process]) -> list[str]:
    """The part that each running process belongs to; that of a worker is its judge's."""
    measures = any("][speed]" in process.command for process in family)
    found = [part_of(process.command) for process in family if process.runs]
    return [("speed" if measures else "values") if part == "workers" else part for part in found]


def part_of(command: str) -> str:
    return next((name for name, words in PARTS.items() if any(word in command for word in words)), "the rest")


def start(given: Path, out: Path, build: Path) -> subprocess.Popen:
    module = [sys.executable, "-m", "grader.classroom.grade", str(given)]
    return subprocess.Popen([*module, "--build", str(build), "--out", str(out)], cwd=ROOT, stdout=subprocess.DEVNULL)


def grade(given: Path, out: Path, build: Path) -> tuple[float, Watch]:
    begin = time.monotonic()
    process = start(given, out, build)
    watch = Watch(process.pid)
    code = process.wait()
    watch.stop()
    if code:
        raise SystemExit(f"make class ended with {code}; see {out}")
    return time.monotonic() - begin, watch


def grade_with_kills(given: Path, out: Path, build: Path, seconds: float, kills: int) -> None:
    """Ends it at moments drawn over the `seconds` of a whole run, and lets it go on to its end after the last."""
    moments = sorted(random.uniform(0, seconds) for _ in range(kills))
    for before, moment in zip([0.0, *moments], moments):
        process = start(given, out, build)
        with suppress(subprocess.TimeoutExpired):
            process.wait(moment - before)
        process.send_signal(signal.SIGKILL)
        process.wait()
        left = corpus_support.left_of(out)
        done = len(list(out.glob("reports/*/graded.json")))
        print(f"  killed at {moment:.0f} s, {done} graded; processes left: {len(left)}", flush=True)
    grade(given, out, build)


def items(out: Path) -> dict[tuple[str, str, str], dict]:
    reports = {file.parent.name: json.loads(file.read_text()) for file in out.glob("reports/*/report.json")}
    return {(key, item["exercise"], item["name"]): item for key, report in reports.items() for item in report["items"]}


def compare(whole: Path, killed: Path) -> None:
    same = {name: (whole / name).read_bytes() == (killed / name).read_bytes() for name in SAME}
    print("  byte for byte the same: " + ", ".join(f"{name}: {'yes' if it else 'NO'}" for name, it in same.items()))
    first, second = items(whole), items(killed)
    for stage in ("speed", ""):
        keys = [key for key, item in first.items() if not stage or item["stage"] == stage]
        other = [key for key in keys if key not in second or first[key]["status"] != second[key]["status"]]
        print(f"  {stage or 'all'} verdicts: {len(keys)}, of which {len(other)} differ {other[:5] or ''}", flush=True)
    print(f"  speed, by verdict: {dict(Counter(i['status'] for i in first.values() if i['stage'] == 'speed'))}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=Path, default=ROOT / "build")
    parser.add_argument("--folder", type=Path, default=Path("/var/tmp/lab-class"))
    parser.add_argument("--sizes", default="25,50,100,200", help="of the classes, apart by commas")
    parser.add_argument("--kills", type=int, default=3, help="of the largest class, which is graded once more for it")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    for count in map(int, arguments.sizes.split(",")):
        given, out = arguments.folder / f"{count}-given", arguments.folder / f"{count}"
        for old in (given, out):
            shutil.rmtree(old, ignore_errors=True)
        kinds = Counter(sample_class.make(count, given).values())
        seconds, watch = grade(given, out, arguments.build.resolve())
        print(f"{count} submissions ({', '.join(f'{n} {kind}' for kind, n in kinds.most_common())})")
        print(f"  {seconds / 60:.1f} min, {60 * count / seconds:.1f} a minute, at most {watch.most / 1e6:.2f} GB")
        print(f"  at work: {watch.table()}", flush=True)
    if arguments.kills:
        again = arguments.folder / f"{count}-killed"
        shutil.rmtree(again, ignore_errors=True)
        grade_with_kills(given, again, arguments.build.resolve(), seconds, arguments.kills)
        compare(out, again)


if __name__ == "__main__":
    main()
