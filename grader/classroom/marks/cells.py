"""A CSV whose cells can be changed while every other byte stays: its encoding, delimiter, quotes and line ends.

The csv module reads a table but cannot say where a cell stood. Called by the worksheet of Moodle."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

DELIMITERS = (",", ";", "\t", ":")
MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


@dataclass(frozen=True)
class Cell:
    text: str
    start: int  # in the text of the table
    end: int


@dataclass(frozen=True)
class Table:
    bom: bytes
    encoding: str
    delimiter: str
    text: str
    rows: list[list[Cell]]

    def changed(self, cells: Iterable[tuple[Cell, str]]) -> bytes:
        """The bytes of the file with other texts in these cells."""
        parts, place = [], 0
        for cell, new in sorted(cells, key=lambda change: change[0].start):
            was_quoted = self.text[cell.start : cell.start + 1] == '"'
            parts += [self.text[place : cell.start], self._written(new, was_quoted)]
            place = cell.end
        return self.bom + "".join([*parts, self.text[place:]]).encode(self.encoding, "xmlcharrefreplace")

    def _written(self, text: str, was_quoted: bool) -> str:
        needs_quotes = was_quoted or any(c in text for c in f'"\n\r {self.delimiter}')
        return '"' + text.replace('"', '""') + '"' if needs_quotes else text


def _decoded(content: bytes) -> tuple[bytes, str, str]:
    bom = next((mark for mark in MARKS if content.startswith(mark)), b"")
    rest = content[len(bom) :]
    for encoding in (MARKS[bom],) if bom else ("utf-8", "cp1252", "latin-1"):
        try:
            return bom, encoding, rest.decode(encoding)
        except UnicodeDecodeError:
            continue
    return b"", "latin-1", content.decode("latin-1")


def _cell(text: str, start: int, delimiter: str) -> Cell:
    place = start
    if text.startswith('"', start):
        place = start + 1
        while (end := text.find('"', place)) >= 0 and text[end + 1 : end + 2] == '"':
            place = end + 2
        place = end + 1 if end >= 0 else len(text)
    while place < len(text) and text[place] not in (delimiter, "\n", "\r"):
        place += 1
    raw = text[start:place]
    return Cell(raw[1:].removesuffix('"').replace('""', '"') if raw.startswith('"') else raw, start, place)


def _rows(text: str, delimiter: str) -> Iterator[list[Cell]]:
    place, row = 0, []
    while place < len(text):
        row.append(_cell(text, place, delimiter))
        place = row[-1].end
        if text.startswith(delimiter, place):
            place += 1
            if place < len(text):
                continue
            row.append(Cell("", place, place))
        place += 2 if text.startswith("\r\n", place) else 1
        yield row
        row = []


def read(content: bytes, names: set[str]) -> Table:
    """By the delimiter that finds the most of these names in the first row."""
    bom, encoding, text = _decoded(content)
    tables = [(delimiter, list(_rows(text, delimiter))) for delimiter in DELIMITERS]
    delimiter, rows = max(tables, key=lambda table: sum(cell.text in names for cell in (table[1] or [[]])[0]))
    return Table(bom, encoding, delimiter, text, rows)
