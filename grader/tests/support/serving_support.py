"""A module for test_inspecting.py that says in which state it runs, or misbehaves. Holds no test."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time

from grader.legality import serving

LIMITS = ("RLIMIT_CPU", "RLIMIT_AS", "RLIMIT_FSIZE", "RLIMIT_CORE")


def main(arguments: list[str]) -> None:
    match arguments:
        case ["state"]:
            limits = {name: resource.getrlimit(getattr(resource, name)) for name in LIMITS}
            environment = {name: value for name, value in os.environ.items() if name != "LC_CTYPE"}  # Python's own
            files = sorted(int(name) for name in os.listdir("/proc/self/fd"))
            input_is = os.readlink("/proc/self/fd/0")
            state = {"limits": limits, "environment": environment, "input": input_is, "folder": os.getcwd()}
            print(json.dumps(state | {"files": len(files), "session": os.getsid(0), "server": os.getppid()}))
        case ["exit", code]:
            print("said before the end")
            sys.exit(int(code))
        case ["raise"]:
            raise ValueError("a fault")
        case ["loop"]:
            while True:
                pass
        case ["kill", whom]:
            os.kill(0 if whom == "group" else os.getpid(), signal.SIGKILL)
        case ["leave"]:
            subprocess.Popen(["sleep", "60"])
            time.sleep(60)
        case ["eat"]:
            print(len(bytearray(1 << 30)))
        case ["write"]:
            sys.stdout.write("x" * (1 << 20))


if __name__ == "__main__":
    serving.serve(main) if sys.argv[1:] == ["--serve"] else main(sys.argv[1:])
