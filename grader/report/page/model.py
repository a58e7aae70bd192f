"""The trained model in pictures, from an item's `model` (judge/expect/model_pictures.hpp). Called by the page."""

from __future__ import annotations

from dataclasses import dataclass

from grader.report.item import Item
from grader.report.page import png

SIDE = 28  # pixels of an image
SHADES = 9  # of the style sheet, for a cell of the confusion matrix


@dataclass(frozen=True)
class Template:
    name: str
    uri: str


@dataclass(frozen=True)
class Mistake:
    uri: str
    label: str
    predicted: str
    probability: str


@dataclass(frozen=True)
class Pictures:
    images: int
    accuracy: str
    largest: str
    classes: list[str]
    templates: list[Template]
    confusion: list[tuple[str, list[tuple[int, int]]]]  # class, then each count with its shade
    confused: tuple[int, str, str] | None  # the most frequent confusion: how often, of what, with what
    mistakes: list[Mistake]


def _shaded(row: list[int]) -> list[tuple[int, int]]:
    most = max(sum(row), 1)
    return [(count, min(SHADES, -(-count * SHADES // most))) for count in row]


def _most_confused(confusion: list[list[int]], names: list[str]) -> tuple[int, str, str] | None:
    wrong = [(n, names[i], names[j]) for i, row in enumerate(confusion) for j, n in enumerate(row) if i != j and n]
    return max(wrong, key=lambda entry: entry[0], default=None)


def pictures(items: list[Item]) -> Pictures | None:
    """Of the item that has a model; None where there is none yet."""
    model = next((item.model for item in items if item.model), None)
    if model is None:
        return None
    names = model["classes"]
    return Pictures(
        images=model["images"],
        accuracy=f"{100 * model['accuracy']:.1f}",
        largest=f"{model['largest']:.2g}",
        classes=names,
        templates=[
            Template(name, png.uri(bytes.fromhex(pixels), SIDE, png.SIGNED))
            for name, pixels in zip(names, model["templates"], strict=True)
        ],
        confusion=[(name, _shaded(row)) for name, row in zip(names, model["confusion"], strict=True)],
        confused=_most_confused(model["confusion"], names),
        mistakes=[
            Mistake(
                png.uri(bytes.fromhex(m["image"]), SIDE, png.GREY),
                names[m["label"]],
                names[m["predicted"]],
                f"{100 * m['probability']:.0f}",
            )
            for m in model["mistakes"]
        ],
    )
