"""Build the wheel and see that Kring comes out of it whole: ``python -m tests.wheel``."""

import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def expected() -> set[str]:
    """Every file that must be in the wheel, by its name there."""
    names = set()
    for path in (ROOT / "kring").rglob("*"):
        place = path.relative_to(ROOT)
        if path.is_file() and not {"__pycache__", "_methods"} & set(place.parts):
            names.add(str(place))
    for path in (ROOT / "methods").rglob("*"):
        if path.is_file() and not path.name.startswith("."):
            names.add(f"kring/_methods/{path.relative_to(ROOT / 'methods')}")
    return names


def build(folder: Path) -> Path:
    """The wheel, built in ``folder``."""
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*command, str(ROOT)], check=True, stdout=subprocess.DEVNULL)
    return next(folder.glob("*.whl"))


def main() -> int:
    """Build, compare the list of files, and set up an installation from the unpacked wheel."""
    with tempfile.TemporaryDirectory(prefix="kring-wheel-") as name:
        folder = Path(name)
        wheel = build(folder)
        with zipfile.ZipFile(wheel) as box:
            inside = set(box.namelist())
            box.extractall(folder / "installed")
        if lacking := sorted(expected() - inside):
            sys.stderr.write("The wheel lacks:\n" + "\n".join(lacking) + "\n")
            return 1
        env = {
            **os.environ,
            "PYTHONPATH": str(folder / "installed"),
            "KRING_DATA_DIR": str(folder / "data"),
        }
        done = subprocess.run(
            [sys.executable, "-P", "-m", "kring", "prepare"], cwd=folder, env=env, check=False
        )
        return done.returncode


if __name__ == "__main__":
    sys.exit(main())
