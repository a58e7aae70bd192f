"""Compares two versions epoch by epoch (step 8). `make compare` calls python3 -m grader.experiments.compare --build DIR.

Trains the loop version, the student's (or the solutions) and the lab in NumPy from the same W on the same data, by the
programs of `make train` and reference/softmax_reg.py, and prints their figures side by side. It computes no figure.
Beside their times it prints that of the BLAS floor, which is what no version can go below."""

from __future__ import annotations

import argparse
import importlib.util
import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from grader.common.build_facts import ROOT, read_build
from grader.common.language import _, marked
from grader.common.progress import Progress
from grader.common.tool import UserError, run_tool
from grader.common.wrap import fill
from grader.experiments.curves import FIGURES, Epoch, read_curves
from grader.experiments.versions import VERSIONS, why
from grader.machine.blas import choose

RTOL, ATOL = 1e-5, 1e-8  # those of np.isclose
HEADINGS = {"loop": marked("loop"), "vec": marked("yours"), "solutions": marked("answers"), "numpy": "NumPy"}
NUMPY = ROOT / "reference" / "softmax_reg.py"
# A student's copy lacks the batches of NumPy, whose loops give the same figures.
HAS_BATCHES = NUMPY.with_name("softmax_reg_vec.py").exists()
TITLES = {
    **{name: version.english for name, version in VERSIONS.items()},
    "numpy": "NumPy" if HAS_BATCHES else marked("NumPy, by loops"),
}
FLOOR = marked("BLAS floor")
WORDS = {
    "train_loss": marked("training loss"),
    "valid_loss": marked("validation loss"),
    "valid_accuracy": marked("accuracy"),
}


@dataclass(frozen=True)
class Trained:
    version: str
    data: str  # what it was trained on, in the program's words
    rows: list[Epoch]

    @property
    def seconds(self) -> float:
        """Of a typical epoch."""
        return statistics.median(row.seconds or 0.0 for row in self.rows)


def close(value: float, expected: float) -> bool:
    """As np.isclose(value, expected)."""
    return abs(value - expected) <= ATOL + RTOL * abs(expected)


def differences(row: Epoch, expected: Epoch) -> list[str]:
    """The names of the figures that are not close."""
    return [name for name in FIGURES if not close(getattr(row, name), getattr(expected, name))]


def train(
    version: str, command: list[str], epochs: int, csv: Path, environment: dict[str, str], progress: Progress
) -> Trained:
    csv.parent.mkdir(parents=True, exist_ok=True)
    csv.unlink(missing_ok=True)
    command = [*command, "--epochs", str(epochs), "--csv", str(csv)]
    with tempfile.TemporaryFile("w+", errors="replace") as errors:
        streams = {"stdout": subprocess.PIPE, "stderr": errors, "stdin": subprocess.DEVNULL}
        with subprocess.Popen(command, env=environment, text=True, errors="replace", **streams) as process:
            assert process.stdout
            about: list[str] = []  # the lines above the table
            in_table = False
            for line in process.stdout:
                if in_table and line.split()[:1] and line.split()[0].isdecimal():
                    doing = _("{version}: epoch {epoch}")
                    progress.step(doing.format(version=_(TITLES[version]), epoch=line.split()[0]))
                in_table = in_table or line.strip().startswith((_("epoch"), "epoch"))  # NumPy's program speaks English
                about += [] if in_table else [line.strip()]
        errors.seek(0)
        if process.returncode != 0:
            raise UserError(why(_(TITLES[version]), process.returncode, errors.read()))
    return Trained(version, " ".join(about), read_curves(csv))


def train_all(build: Path, version: str, epochs: int, environment: dict[str, str]) -> list[Trained]:
    """The loop version first; the student's trains before it, because what is still to do shows at once there."""
    commands = {name: [str(build / VERSIONS[name].program)] for name in (version, "loop")}
    if importlib.util.find_spec("numpy"):
        commands["numpy"] = [sys.executable, str(NUMPY), "--version", "vec" if HAS_BATCHES else "loop"]
    with Progress(len(commands) * epochs) as progress:
        trained = {
            name: train(name, command, epochs, build / "compare" / f"{name}.csv", environment, progress)
            for name, command in commands.items()
        }
    return [trained[name] for name in ("loop", version, "numpy") if name in trained]


def floor_seconds(build: Path, epochs: int, environment: dict[str, str]) -> float:
    """Of a typical epoch of the matrix products alone: of ten at least, for one is short, and may be held up."""
    command = [str(build / "train_floor"), str(max(epochs, 10))]
    with Progress(1) as progress:
        progress.step(_("measuring the BLAS floor"))
        done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode != 0:
        raise UserError(why(_(FLOOR), done.returncode, done.stderr))
    return statistics.median(map(float, done.stdout.split()))


def _table() -> Table:
    return Table(box=None, padding=(0, 1), collapse_padding=True, header_style="bold")


def figures_table(versions: list[Trained]) -> Table:
    loop, *others = versions
    table = _table()
    table.add_column(f"\n{_('epoch')}", justify="right", no_wrap=True)
    for heading in (_("loss"), _("right"), "isclose"):
        for version in others if heading == "isclose" else versions:
            table.add_column(f"{heading}\n{_(HEADINGS[version.version])}", justify="right", no_wrap=True)
    for epoch, expected in enumerate(loop.rows):
        rows = [version.rows[epoch] for version in versions]
        losses = [f"{row.train_loss:.6f}" for row in rows]
        accuracies = [f"{row.valid_accuracy:.2%}" for row in rows]
        same = [Text("False", "red") if differences(row, expected) else "True" for row in rows[1:]]
        table.add_row(str(expected.epoch), *losses, *accuracies, *same)
    return table


def times_table(versions: list[Trained], floor: float) -> Table:
    table = _table()
    table.add_column(_("version"), no_wrap=True)
    for heading in (_("seconds an epoch"), _("times as fast as the loop version")):
        table.add_column(heading, justify="right", no_wrap=True)
    rows = [(HEADINGS[version.version], version.seconds) for version in versions]
    for heading, seconds in (*rows, (FLOOR, floor)):
        ratio = versions[0].seconds / seconds if seconds else float("inf")
        table.add_row(_(heading), f"{seconds:.4f}", f"{ratio:.1f}")
    return table


def verdict(version: Trained, loop: Trained) -> str:
    for row, expected in zip(version.rows, loop.rows, strict=True):
        for name in differences(row, expected):
            message = _(
                "{version}: from epoch {epoch} on the {figure} is not close: it is {value:.10g} and should be "
                "{expected:.10g}. Mend what make grade names first; then type make compare again."
            )
            values = {"value": getattr(row, name), "expected": getattr(expected, name)}
            return message.format(version=_(TITLES[version.version]), epoch=row.epoch, figure=_(WORDS[name]), **values)
    pairs = [(getattr(a, n), getattr(b, n)) for a, b in zip(version.rows, loop.rows) for n in FIGURES[:2]]
    largest = max(abs(a - b) / b for a, b in pairs)
    message = _("{version}: isclose is True for all epochs; the losses differ by {largest:.0e} of their value at most.")
    return message.format(version=_(TITLES[version.version]), largest=largest)


def show(versions: list[Trained], floor: float) -> None:
    console = Console(width=min(80, Console().width), highlight=False, markup=False)
    console.print(versions[0].data, "\n")
    console.print(figures_table(versions))
    legend = _(
        "loss: of training; right: accuracy in validation; isclose: np.isclose of both losses and the accuracy with "
        "the loop version's (rtol={rtol:g}, atol={atol:g})"
    )
    console.print(fill(legend.format(rtol=RTOL, atol=ATOL)), "\n")
    for version in versions[1:]:
        console.print(fill(verdict(version, versions[0])))
    console.print()
    console.print(times_table(versions, floor))
    clock = _(
        "The median epoch, in CPU time. BLAS floor: the matrix products of an epoch alone, which no code that calls BLAS "
        "can do without. "
        "make grade measures your ratio more exactly, in turns with that floor and on images that lie in the cache."
    )
    console.print(fill(clock))


def parse_version(text: str) -> str:
    if text not in ("vec", "solutions"):
        raise UserError(_("VERSION={text}: make compare knows vec and solutions").format(text=text))
    return text


def parse_epochs(text: str) -> int:
    if text and not (text.isdecimal() and 1 <= int(text) <= 10_000):
        message = _("EPOCHS={text}: a whole number from 1 to 10000 is needed, such as EPOCHS=3")
        raise UserError(message.format(text=text))
    return int(text or 10)


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make compare", description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("--version", default="vec", help="what is compared with the loop version")
    parser.add_argument("--epochs", default="", help="10 when empty")
    return parser


def main(arguments: argparse.Namespace) -> None:
    version, epochs = parse_version(arguments.version), parse_epochs(arguments.epochs)
    environment = {**os.environ, **choose(read_build(arguments.build.resolve())).environment()}
    trained = train_all(arguments.build, version, epochs, environment)
    show(trained, floor_seconds(arguments.build, epochs, environment))


if __name__ == "__main__":
    sys.exit(run_tool("compare", parser(), main))
