"""A program on a pseudo-terminal of 80x24, watched by the clock: when a text arrived, when a burst ended.

Whoever imports this must have no threads: the child is forked.
"""

import fcntl
import os
import pty
import re
import signal
import struct
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path
from select import select
from time import perf_counter
from typing import Self

_COLUMNS, _LINES = 80, 24
_SILENCE = 0.04  # seconds without output that end a burst
_ESCAPES = re.compile(
    rb"\x1b\[[0-?]*[ -/]*[@-~]"  # colours, cursor, modes
    rb"|\x1b[\]P_^X].*?(?:\x07|\x1b\\)"  # strings, such as a title
    rb"|\x1b[ -/]*[0-~]",
    re.DOTALL,
)


class Terminal:
    """One running program. Used in a `with`; at its end the program and its children are killed."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        folder = environment["HOME"]
        self.started = perf_counter()
        self._pid, self._fd = pty.fork()
        if not self._pid:
            _become(command, environment, folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            os.killpg(self._pid, signal.SIGKILL)  # pty.fork made it the leader of its group
        except OSError:
            pass
        os.close(self._fd)
        os.waitpid(self._pid, 0)

    def press(self, key: str) -> float:
        """Press a key and tell when."""
        pressed = perf_counter()
        os.write(self._fd, key.encode())
        return pressed

    def arrival(self, text: str, seconds: float = 60) -> float:
        """When `text` had arrived. RuntimeError with what came instead."""
        output, until = b"", perf_counter() + seconds
        while chunk := self._read(until):
            arrived = perf_counter()
            output += chunk
            if text in _letters(output):
                return arrived
        raise RuntimeError(f"no “{text}”, but {_letters(output)[-2000:]!r}")

    def painted(self, text: str, seconds: float = 3) -> tuple[float, int]:
        """When the last byte of the burst with `text` in it arrived, and the bytes. TimeoutError without it."""
        output, arrived, until = b"", 0.0, perf_counter() + seconds
        while chunk := self._read(until):
            while chunk:
                arrived = perf_counter()
                output += chunk
                chunk = self._read(arrived + _SILENCE)
            if text in _letters(output):
                return arrived, len(output)
        raise TimeoutError(f"no “{text}” within {seconds} s, but {_letters(output)[-2000:]!r}")

    def watched(self, seconds: float) -> tuple[float, float, int]:
        """When the first and the last byte of a while arrived, and how many; TimeoutError if none did."""
        first = last = 0.0
        size, until = 0, perf_counter() + seconds
        while chunk := self._read(until):
            last = perf_counter()
            first, size = first or last, size + len(chunk)
        if not size:
            raise TimeoutError(f"nothing within {seconds} s")
        return first, last, size

    def rest(self, seconds: float) -> int:
        """Let the program do as it likes for a while; how many bytes it wrote."""
        written, until = 0, perf_counter() + seconds
        while chunk := self._read(until):
            written += len(chunk)
        return written

    def resident_mb(self) -> float | None:
        """Resident memory in megabytes; None where the system has no /proc."""
        try:
            status = Path(f"/proc/{self._pid}/status").read_text(encoding="utf-8")
        except OSError:
            return None
        return next((int(line.split()[1]) / 1024 for line in status.splitlines() if "VmRSS" in line), None)

    def _read(self, until: float) -> bytes:
        """What has arrived, or comes until then. Nothing: time is over, or the program has ended."""
        try:
            if select([self._fd], [], [], max(0, until - perf_counter()))[0]:
                return os.read(self._fd, 65536)
        except OSError:  # Linux's way of saying that nobody has the other side open
            pass
        return b""


def _become(command: Sequence[str], environment: Mapping[str, str], folder: str) -> None:
    """In the child: take the size, the folder, and be the program."""
    try:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", _LINES, _COLUMNS, 0, 0))
        os.chdir(folder)
        os.execve(command[0], list(command), dict(environment))
    finally:
        os._exit(127)


def _letters(output: bytes) -> str:
    return _ESCAPES.sub(b"", output).decode(errors="replace")
