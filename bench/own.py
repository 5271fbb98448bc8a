"""An environment of its own for other people's software that is only measured beside Kring.

``requirements/bench.txt`` (hashed) goes into ``.venv-bench``; nothing of it comes near Kring's own.
"""

import hashlib
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
LIST = PROJECT / "requirements" / "bench.txt"
PLACE = PROJECT / ".venv-bench"


class Missing(RuntimeError):
    """It cannot be had on this machine; the words say what and how to mend it."""


def loudly(what: object) -> None:
    """Say that something was not measured, so that nobody believes otherwise."""
    wall = "!" * 78
    print(f"\n{wall}\n!! NOT MEASURED: {what}\n{wall}", flush=True)


def python() -> str:
    """The interpreter of that environment, made when needed; :class:`Missing` when it cannot be."""
    stamp = PLACE / f".made-{hashlib.sha256(LIST.read_bytes()).hexdigest()[:16]}"
    inside = PLACE / "bin" / "python"
    if not stamp.exists():
        print(f"Installing the packages of {LIST.name} for the benchmarks …", flush=True)
        install = "-m pip install --quiet --no-input --disable-pip-version-check --require-hashes"
        steps = (
            [sys.executable, "-m", "venv", "--clear", str(PLACE)],
            [str(inside), *install.split(), "--no-deps", "-r", str(LIST)],
        )
        for step in steps:
            done = subprocess.run(step, capture_output=True, text=True, check=False)
            if done.returncode:
                last = (done.stderr or done.stdout).strip().splitlines()[-1:]
                raise Missing(f"the packages of requirements/bench.txt ({' '.join(last)})")
        stamp.touch()
    return str(inside)
