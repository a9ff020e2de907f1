"""Runs a process and tells how long it took and how much memory it had at most.

Whoever imports this must stay small: on Linux a child's peak begins with what its parent held at the fork.
"""

import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Run:
    """A process that has ended well: wall-clock seconds, peak resident megabytes, what it printed."""

    seconds: float
    peak_mb: float
    output: str


def run(command: Sequence[str], environment: Mapping[str, str]) -> Run:
    """Run to the end. RuntimeError with what it said on stderr if it failed."""
    with tempfile.TemporaryFile() as errors:
        started = perf_counter()
        child = subprocess.Popen(command, env=dict(environment), stdout=subprocess.PIPE, stderr=errors)
        output = child.stdout.read() if child.stdout else b""
        _, status, usage = os.wait4(child.pid, 0)
        seconds = perf_counter() - started
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.stdout:
            child.stdout.close()
        if child.returncode:
            errors.seek(0)
            raise RuntimeError(f"{' '.join(command)}: exit {child.returncode}\n{errors.read().decode()}")
    return Run(seconds, usage.ru_maxrss / 1024, output.decode())


def clean_environment(home: Path) -> dict[str, str]:
    """An environment whose home, cache, state and config lie below `home`."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TZ") if name in os.environ}
    folders = {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("CACHE", "STATE", "CONFIG", "DATA")}
    project = str(Path(__file__).parents[2])
    return kept | folders | {"HOME": str(home), "PYTHONPATH": project}
