"""The name under which this machine writes its own history files."""

import fcntl
import os
import re
from pathlib import Path


def machine_name(state: Path, host: str, letters: str) -> str:
    """The machine's name, `<host>-<four letters>`, kept in the folder `state`.

    Made anew, with `letters`, when there is none or when the host's name has changed (a cloned disk, a
    renamed machine): two machines must never write one file. Raises OSError if it can't be kept.
    """
    host = re.sub(r"[^a-z0-9]+", "-", host.lower().split(".")[0]).strip("-") or "machine"
    state.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(state / "machine", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)  # two first starts at once agree on one name
        kept = os.read(descriptor, 200).decode(errors="replace").strip()
        if re.fullmatch(re.escape(host) + r"-[a-z]{4}", kept):
            return kept
        name = f"{host}-{letters}"
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{name}\n".encode(), 0)
        return name
    finally:
        os.close(descriptor)
