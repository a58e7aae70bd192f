"""The look of the lab's pictures, and how they are written. Called by plot.py and ablation/plot.py."""

from __future__ import annotations

from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402
from matplotlib.axes import Axes  # noqa: E402
from matplotlib.figure import Figure  # noqa: E402

from grader.common.files import replacing  # noqa: E402
from grader.common.language import _  # noqa: E402
from grader.common.tool import UserError  # noqa: E402

# Dark and light, so that they differ in grey as well.
DARK, LIGHT, GREY = "#0b3c6f", "#b85c00", "#595959"
STYLE = {
    "font.size": 11,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 12,
    "axes.titlelocation": "left",
    "axes.grid": True,
    "grid.color": "#e3e3e3",
    "axes.axisbelow": True,
    "svg.fonttype": "none",  # text stays text: it can be searched and read aloud
    "svg.hashsalt": "lab",  # the same data give the same file
}


def new(width: float, height: float, columns: int) -> tuple[Figure, list[Axes]]:
    plt.rcParams.update(STYLE)
    figure, axes = plt.subplots(1, columns, figsize=(width, height), layout="constrained", squeeze=False)
    return figure, list(axes[0])


def save(figure: Figure, stem: Path) -> tuple[Path, Path]:
    """Writes STEM.png and STEM.svg; a reader never sees half a file."""
    written = (stem.with_name(stem.name + ".png"), stem.with_name(stem.name + ".svg"))
    try:
        stem.parent.mkdir(parents=True, exist_ok=True)
        for path in written:
            metadata = {"Date": None} if path.suffix == ".svg" else {}
            with replacing(path) as partial:
                figure.savefig(partial, format=path.suffix[1:], dpi=150, metadata=metadata)
    except OSError as error:
        raise UserError(_("{path}: cannot be written ({reason})").format(path=stem, reason=error.strerror)) from None
    finally:
        plt.close(figure)
    return written
