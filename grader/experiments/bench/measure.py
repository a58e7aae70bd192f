"""Times the versions of `make bench` beside the BLAS floor, and lets images, classes and batches grow. It prints nothing.

Floor, version, version, floor in CPU time of one thread: a round is that for each version, and its result the ratio of
the two. What is slow has fewer rounds."""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from grader.common.build_facts import ROOT
from grader.common.language import Count, _, marked, tr
from grader.common.tool import UserError

FULL, CLASSES, BATCH = 60000, 10, 64
SLOW_SECONDS = 0.5  # of an epoch: such a version has SLOW_ROUNDS rounds
SLOW_ROUNDS = 2
GROWTH_ROUNDS = 3


@dataclass(frozen=True)
class Peer:
    """A version: its request, its name in the table, and what is to be installed where it is missing."""

    request: str
    label: str
    package: str = ""
    python: bool = False


PEERS = (
    Peer("loops", tr("the loop version")),
    Peer("image", tr("one product of BLAS an image")),
    Peer("answers", tr("the answers"), marked("the instructors' copy")),
    Peer("bonus", tr("the answer of the bonus"), marked("the instructors' copy")),
    Peer("read", tr("reading the images once")),
    Peer("eigen", "Eigen", "libeigen3-dev"),
    Peer("numpy loops", tr("NumPy, loops"), "python3-numpy", python=True),
    Peer("numpy", tr("NumPy, batches"), marked("the instructors' copy"), python=True),
    Peer("torch", tr("PyTorch, written out"), "python3-torch", python=True),
    Peer("torch autograd", tr("PyTorch, autograd and SGD"), "python3-torch", python=True),
    Peer("sklearn", tr("scikit-learn, SGDClassifier"), "python3-sklearn", python=True),
)
FLOOR = Peer("floor", tr("the BLAS floor"))
GROWING = ("answers", "bonus", "numpy", "torch")


def growth(images: int) -> list[tuple[int, int, int]]:
    """What grows, one at a time: images, classes, batch."""
    some = min(6000, images)
    return [
        *((count, CLASSES, BATCH) for count in (1000, 3000, 10000, 30000, 60000) if count <= images),
        *((some, classes, BATCH) for classes in (2, 5, 20, 50, 100)),
        *((some, CLASSES, batch) for batch in (1, 4, 16, 64, 256, 1024, 4096)),
    ]


class Missing(Exception):
    """The version cannot run here."""


@dataclass(frozen=True)
class Answer:
    seconds: float  # CPU time of an epoch
    memory: int  # bytes, the peak of this process
    loss: float  # the mean over the images; not a number where a version tells none


class Runner:
    """A program that answers requests; it holds the images, and sleeps between requests."""

    def __init__(self, command: list[str], images: int, environment: dict[str, str]) -> None:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self.process = subprocess.Popen([*command, str(images)], cwd=ROOT, env=environment, **pipes)
        self._line()

    def _line(self) -> str:
        assert self.process.stdout
        if not (line := self.process.stdout.readline()):
            says = _("{program} ended with code {code}. To build it again, type: make clean bench")
            raise UserError(says.format(program=self.process.args[0], code=self.process.wait()))  # type: ignore[index]
        return line.strip()

    def ask(self, request: str, images: int, classes: int = CLASSES, batch: int = BATCH) -> Answer:
        assert self.process.stdin
        self.process.stdin.write(f"{request} {images} {classes} {batch}\n")
        self.process.stdin.flush()
        line = self._line()
        if line == "missing":
            raise Missing
        seconds, kilobytes, loss = line.split()
        return Answer(float(seconds), 1024 * int(kilobytes), float(loss))

    def close(self) -> None:
        self.process.kill()
        self.process.communicate()


@dataclass
class Series:
    seconds: list[float] = field(default_factory=list)
    ratios: list[float] = field(default_factory=list)  # to the floor's time in the same round
    memory: float = 0.0  # peak of a process of its own, over the size of the images

    @property
    def second(self) -> float:
        return statistics.median(self.seconds)

    @property
    def ratio(self) -> float:
        return statistics.median(self.ratios)


@dataclass
class Result:
    images: int
    floor: list[float] = field(default_factory=list)  # seconds
    series: dict[str, Series] = field(default_factory=dict)  # by the request; what is missing is not there
    growth: dict[tuple[int, int, int], dict[str, float]] = field(
        default_factory=dict
    )  # seconds, the floor's among them


def commands(build: Path) -> dict[bool, list[str]]:
    """By whether it is Python."""
    python = [sys.executable, "-m", "grader.experiments.bench.peers"]
    return {False: [str(build.resolve() / "bench_epochs")], True: python}


def _round(peer: Peer, runner: Runner, floor: Runner, result: Result) -> None:
    before = floor.ask(FLOOR.request, result.images).seconds
    first, second = (runner.ask(peer.request, result.images).seconds for _time in range(2))
    after = floor.ask(FLOOR.request, result.images).seconds
    series = result.series.setdefault(peer.request, Series())
    result.floor += [before, after]
    series.seconds.append((first + second) / 2)
    series.ratios.append((first + second) / (before + after))


def _grow(runners: dict[bool, Runner], result: Result, step: Callable[[str], None]) -> None:
    peers = [FLOOR, *(peer for peer in PEERS if peer.request in GROWING and peer.request in result.series)]
    for images, classes, batch in growth(result.images):
        step(
            _("{images:,} images, {classes} classes, batches of {batch}").format(
                images=Count(images), classes=classes, batch=batch
            )
        )
        found: dict[str, list[float]] = {peer.request: [] for peer in peers}
        for _round_number in range(GROWTH_ROUNDS):
            for peer in peers:
                found[peer.request].append(runners[peer.python].ask(peer.request, images, classes, batch).seconds)
        result.growth[images, classes, batch] = {name: statistics.median(times) for name, times in found.items()}


def _weigh(build: Path, result: Result, environment: dict[str, str]) -> None:
    """Each version alone in a new process; with the interpreter and the libraries that it loads."""
    for peer in PEERS:
        if peer.request in result.series:
            runner = Runner(commands(build)[peer.python], result.images, environment)
            memory = runner.ask(peer.request, result.images).memory
            result.series[peer.request].memory = memory / (8 * 784 * result.images)
            runner.close()


def measure(build: Path, images: int, rounds: int, environment: dict[str, str], step: Callable[[str], None]) -> Result:
    result = Result(images)
    runners = {python: Runner(command, images, environment) for python, command in commands(build).items()}
    try:
        for number in range(rounds):
            for peer in PEERS:
                known = result.series.get(peer.request)
                if number and (known is None or known.second > SLOW_SECONDS and number >= SLOW_ROUNDS):
                    continue
                step(_("round {round}: {version}").format(round=number + 1, version=_(str(peer.label))))
                try:
                    if number == 0:
                        runners[peer.python].ask(peer.request, min(images, 1000))  # loads libraries, touches code
                    _round(peer, runners[peer.python], runners[False], result)
                except Missing:
                    pass
        _grow(runners, result, step)
    finally:
        for runner in runners.values():
            runner.close()
    step(_("memory of each version in a process of its own"))
    _weigh(build, result, environment)
    return result
