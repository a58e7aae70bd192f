"""The sizes that a student counts with in answers.toml, drawn from a name. Called by answers_toml.py."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Sizes:
    """What a student counts for: D pixels, K classes, m images a batch."""

    D: int
    K: int
    m: int

    @staticmethod
    def of(name: str) -> Sizes:
        """The same for a name in every grade, others for another one: whose answers were copied, the name shows."""
        digest = hashlib.sha256(" ".join(name.casefold().split()).encode()).digest()
        return Sizes(400 + digest[0] % 128 * 4, 12 + digest[1] % 29, 72 + digest[2] % 49)

    def __str__(self) -> str:
        """Without the name: of a class the roster alone has names."""
        return f"D = {self.D}, K = {self.K}, m = {self.m}"
