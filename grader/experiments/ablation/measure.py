"""Times the variants of variants.py against their common base, and the roofs of the machine. Called by __main__.py.

Base, variant, variant, base: a round is that for each variant, and its result the ratio of their CPU times. Noise that
lasts longer than that moves both."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from grader.common.language import _, shown
from grader.common.tool import UserError
from grader.experiments.ablation.variants import BASE, FLOPS_PER_IMAGE, VARIANTS, Variant

LEAST_ROUNDS = 3
# Larger than any cache; and W with its gradient, which every image moves when it is alone.
MEMORY_BYTES, CACHE_BYTES = 256 << 20, 128 << 10
PEAK_SIZE = 1024
FLOATS_FOR_A_DOUBLE = 2  # in an instruction: the roof of operations is so much higher for float


class Program:
    """One running program of epoch.cpp; it sleeps between requests."""

    def __init__(self, path: Path, images: int, environment: dict[str, str]) -> None:
        self.path = path
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        try:
            self.process = subprocess.Popen([path, str(images)], env=environment, **pipes)
        except OSError:
            raise UserError(_("{path} is missing: it is not built. Type: make ablation").format(path=path)) from None
        self.images = int(self._line() or 0)

    def _line(self) -> str:
        assert self.process.stdout
        line = self.process.stdout.readline()
        if not line:
            code = self.process.wait()
            message = _("{program} ended with code {code}. To build it again, type: make clean ablation")
            raise UserError(message.format(program=self.path, code=code))
        return line

    def ask(self, request: str) -> Answer:
        assert self.process.stdin
        self.process.stdin.write(request + "\n")
        self.process.stdin.flush()
        return Answer(*map(float, self._line().split()))

    def close(self) -> None:
        self.process.kill()
        self.process.communicate()


@dataclass(frozen=True)
class Answer:
    cpu: float
    wall: float
    amount: float  # the loss of an epoch, or the bytes or operations of a roof


@dataclass
class Series:
    """What the rounds have found of one variant."""

    seconds: list[float] = field(default_factory=list)  # of one epoch
    ratios: list[float] = field(default_factory=list)  # its time over that of the base, in the same round
    loss: float = 0.0

    @property
    def second(self) -> float:
        return statistics.median(self.seconds)

    @property
    def ratio(self) -> float:
        return statistics.median(self.ratios)

    @property
    def middle_half(self) -> tuple[float, float]:
        if len(self.ratios) < 2:
            return self.ratio, self.ratio
        low, _, high = statistics.quantiles(self.ratios, n=4, method="inclusive")
        return low, high


@dataclass
class Result:
    images: int
    rounds: int = 0
    series: dict[str, Series] = field(default_factory=dict)  # by the key of the variant
    flops: float = 0.0  # a second; of a large product
    memory: float = 0.0  # bytes a second
    cache: float = 0.0

    def flops_of(self, variant: Variant) -> float:
        return FLOPS_PER_IMAGE * self.images / self.series[variant.key].second


def variants() -> list[Variant]:
    """Those that this machine can show: two threads need two processors."""
    return [variant for variant in VARIANTS if variant.threads <= len(os.sched_getaffinity(0))]


@contextmanager
def programs(build: Path, images: int, environment: dict[str, str]) -> Iterator[Callable[[Variant], Program]]:
    started: dict[tuple[str, int], Program] = {}
    with ExitStack() as stack:

        def of(variant: Variant) -> Program:
            key = (variant.program, variant.threads)
            if key not in started:
                threads = {"OPENBLAS_NUM_THREADS": str(variant.threads), "OMP_NUM_THREADS": str(variant.threads)}
                path = build.resolve() / f"ablation_{variant.program}"
                started[key] = Program(path, images, {**environment, **threads})
                stack.callback(started[key].close)
            return started[key]

        yield of


def _round(variant: Variant, program: Program, base: Program, series: Series) -> None:
    pairs = [(base, BASE), (program, variant), (program, variant), (base, BASE)]
    answers = [one.ask(what.request) for one, what in pairs]
    before, first, second, after = (answer.wall if variant.uses_wall_time else answer.cpu for answer in answers)
    # The quicker of each pair: noise only adds, and one held-up epoch of the base would hide how slow the loops are.
    series.seconds.append(min(first, second))
    series.ratios.append(min(first, second) / min(before, after))
    series.loss = answers[1].amount


def _roofs(program: Program, result: Result) -> None:
    """The best of all rounds: a roof is what can be reached, and noise only lowers it."""
    for name, request in (
        ("flops", f"peak {PEAK_SIZE}"),
        ("memory", f"read {MEMORY_BYTES}"),
        ("cache", f"read {CACHE_BYTES}"),
    ):
        answer = program.ask(request)
        setattr(result, name, max(getattr(result, name), answer.amount / answer.cpu))


def measure(
    build: Path, images: int, rounds: int, seconds: float, environment: dict[str, str], step: Callable[[str], None]
) -> Result:
    """At most `rounds` rounds, and no new one after `seconds`; but three, or fewer when fewer are asked for."""
    chosen = variants()
    with programs(build, images, environment) as program_of:
        base = program_of(BASE)
        result = Result(base.images, series={variant.key: Series() for variant in chosen})
        for variant in chosen:
            step(_("first time, not counted: {variant}").format(variant=shown(variant.label)))
            program_of(variant).ask(variant.request)
        start = time.monotonic()
        while result.rounds < rounds:
            if result.rounds >= LEAST_ROUNDS and time.monotonic() - start > seconds:
                break
            result.rounds += 1
            for variant in chosen:
                told = _("round {round}: {section}, {variant}")
                step(told.format(round=result.rounds, section=shown(variant.section), variant=shown(variant.label)))
                _round(variant, program_of(variant), base, result.series[variant.key])
            _roofs(base, result)
    return result
