"""How many processors a program may use. Called by all that runs something side by side."""

from __future__ import annotations

import os


def usable() -> int:
    """Those that the process is bound to, and no more than Slurm has given to its job on this machine."""
    bound = len(os.sched_getaffinity(0))
    given = os.environ.get("SLURM_CPUS_ON_NODE", "")
    return max(1, min(bound, int(given))) if given.isdecimal() else bound
