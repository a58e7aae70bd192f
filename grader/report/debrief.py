"""What an exercise has taught, and a question to think about, for whoever has passed it. Shown by the terminal, once,
and by the page; no answer may stand here, because a student's copy has this file."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from grader.common.files import keep
from grader.common.language import _, marked
from grader.report.item import EARNS, Item


@dataclass(frozen=True)
class Debrief:
    learned: str  # two sentences
    question: str

    @property
    def in_words(self) -> Debrief:
        """In the reader's language."""
        return Debrief(_(self.learned), _(self.question))


DEBRIEFS = {
    "learning_curves": Debrief(
        marked(
            "A curve shows what the last number cannot: whether the training goes on, has stalled, or learns its images "
            "by heart. The training loss is a mean over an epoch in which the model was still changing, the validation "
            "loss that of the model at its end."
        ),
        marked("What would it mean if the training loss fell on and on while the validation loss rose?"),
    ),
    "answers": Debrief(
        marked(
            "A profile says where the time goes before you change a line. What takes a tenth of the time, made twice as "
            "fast, saves a twentieth."
        ),
        marked("If the hottest function took no time at all, how many times as fast would an epoch be?"),
    ),
    "vec_exos": Debrief(
        marked(
            "An index that vanishes is a sum along an axis or the inner index of a product; one that appears is a "
            "broadcast. Armadillo keeps a row a row and a column a column, and counts positions down the columns."
        ),
        marked(
            "counts holds three zeros, and p holds 0, 0 and 2: what does counts.elem(p) += 1 make of it here, and what "
            "does counts[p] += 1 in NumPy? Try it: make try"
        ),
    ),
    "train_sgd_vec": Debrief(
        marked(
            "What was done once an image is done once a batch, and each number that is fetched is used for all images. "
            "That is what makes it fast: it is not parallel, and code without a loop can be slow."
        ),
        marked(
            "In batches of 4,096 images an epoch has 64 times fewer updates: is it faster, and does the model learn as "
            "much in ten of them?"
        ),
    ),
    "softmax_batch": Debrief(
        marked(
            "A shift keeps exp in range and changes no probability. What is common to a column is one number for each "
            "column, so a row, which must be told to broadcast."
        ),
        marked("To predict a class you need the largest probability only: what of the softmax can be left out then?"),
    ),
    "cross_entropy_loss_batch": Debrief(
        marked(
            "The loss sees one probability of each image, that of its true class. Who picks it first takes m logarithms "
            "and not K x m, and none of a 0 that nobody asked for."
        ),
        marked(
            "Far logits give a probability of plain 0, whose logarithm is -inf: how would you compute the loss from the "
            "logits, without the probability in between?"
        ),
    ),
    "grad_batch": Debrief(
        marked(
            "A sum over images of products is one matrix product in which the images are the inner index. Central "
            "differences know the truth without any formula, so they also find an error that two people share."
        ),
        marked("Right at one shape is not right: which D, K and m would let a wrong axis or a forgotten mean pass?"),
    ),
    "evaluate": Debrief(
        marked(
            "The largest logit is that of the largest probability, so nothing has to be exponentiated. .t() in a product "
            "copies nothing, and yet which factor is turned can change the time: only measuring tells."
        ),
        marked("Two timings of the same code differ by 20 %: what must you do before you may call one of two faster?"),
    ),
}


def passed(items: Iterable[Item]) -> list[str]:
    """The exercises whose every item earns its marks, and which have something to say."""
    everything = list(items)
    open_ones = {item.exercise for item in everything if item.status not in EARNS}
    return [name for name in dict.fromkeys(item.exercise for item in everything) if name in DEBRIEFS.keys() - open_ones]


class Memory:
    """Which ones the terminal has shown; a file of its own beside the report. Where it cannot be read, none."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "debriefs.json"

    def shown(self) -> list[str]:
        try:
            known = json.loads(self.file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return []
        return [name for name in known if name in DEBRIEFS] if isinstance(known, list) else []

    def add(self, name: str) -> None:
        keep(self.file, json.dumps([*self.shown(), name]) + "\n")
