"""What there is in the repository: the files the tests of the house look at."""

import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
CODE = ROOT / "kring"
# Folders of kring/ that are a word in the menu (or serve those that are).
FEATURES = sorted(path.parent for path in CODE.glob("*/__init__.py"))


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that is or will be committed."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):  # an unpacked archive has no git
        return tuple(path for path in ROOT.rglob("*") if path.is_file())
    return tuple(ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file())


def of_kind(*endings: str) -> list[Path]:
    """Tracked files with one of these endings."""
    return [path for path in tracked() if path.suffix in endings]


def python(*, migrations: bool = False) -> list[Path]:
    """Python files, without migrations unless asked."""
    return [path for path in of_kind(".py") if migrations or "migrations" not in path.parts]


def templates() -> list[Path]:
    """Templates of pages, parts and components."""
    return [path for path in of_kind(".html") if CODE in path.parents and "tests" not in path.parts]


def short(path: Path) -> str:
    """The name people use for a file."""
    return str(path.relative_to(ROOT))


def nothing(found: Iterable[object], *, mend: str) -> None:
    """Fail with every finding on a line of its own and how to mend it."""
    lines = sorted(str(one) for one in found)
    if lines:
        pytest.fail("\n".join([mend, *lines]), pytrace=False)
