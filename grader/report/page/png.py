"""Small pictures as PNG in a data URI. Called by the page's heat maps and pictures of the model."""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Sequence

Colour = tuple[int, int, int, int]  # red, green, blue, and how opaque: 255 hides the page behind it

GREY = tuple((level, level, level, 255) for level in range(256))
NEGATIVE = (55, 120, 215)
POSITIVE = (226, 92, 0)
NOT_A_NUMBER: Colour = (190, 0, 190, 255)
# 1 to 255 stand for -1 to 1: the further from zero, the more opaque, so that it looks right on any background. 0 is
# what is no number.
SIGNED = (NOT_A_NUMBER, *((*(NEGATIVE if i < 128 else POSITIVE), min(255, abs(i - 128) * 2)) for i in range(1, 256)))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def encode(pixels: bytes, columns: int, palette: Sequence[Colour]) -> bytes:
    """A PNG of 256 colours; pixels go row by row, each the number of its colour."""
    rows = len(pixels) // columns
    head = struct.pack(">IIBBBBB", columns, rows, 8, 3, 0, 0, 0)
    # Each row begins with its filter: 0, none.
    lines = b"".join(b"\0" + pixels[i * columns : (i + 1) * columns] for i in range(rows))
    colours = b"".join(bytes(colour[:3]) for colour in palette)
    opaque = bytes(colour[3] for colour in palette)
    chunks = ((b"IHDR", head), (b"PLTE", colours), (b"tRNS", opaque), (b"IDAT", zlib.compress(lines)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def uri(pixels: bytes, columns: int, palette: Sequence[Colour]) -> str:
    return "data:image/png;base64," + base64.b64encode(encode(pixels, columns, palette)).decode()
