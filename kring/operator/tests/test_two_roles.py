"""A real installation on PostgreSQL: one role owns and migrates, the other serves."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

OWNER = os.environ.get("KRING_TEST_OWNER_URL", "")
ROOT = Path(__file__).resolve().parent.parent.parent.parent


def kring(*words: str, database: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run one command of an installation of its own."""
    env = {**os.environ, "KRING_DATABASE_URL": database, "KRING_DATA_DIR": str(folder)}
    command = [sys.executable, "-m", "kring", *words]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


@pytest.mark.skipif(not OWNER, reason="needs PostgreSQL (make check runs it: tests/servers.py)")
def test_the_owner_prepares_and_the_other_serves(tmp_path: Path) -> None:
    done = kring("prepare", database=OWNER, folder=tmp_path)
    assert done.returncode == 0, done.stderr[-2000:]
    looked = kring("doctor", database=os.environ["KRING_DATABASE_URL"], folder=tmp_path)
    assert [line for line in looked.stdout.splitlines() if "WRONG" in line] == []
    mixed = kring("doctor", database=OWNER, folder=tmp_path)
    assert "WRONG  The application owns its tables" in mixed.stdout
