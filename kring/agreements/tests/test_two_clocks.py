"""Two clocks at once do everything once, in real processes on a real SQLite file."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

from kring.agreements.tests.two_clocks import MANY
from kring.base import clock


def test_two_clocks_at_once_ring_and_send_everything_once(tmp_path: Path) -> None:
    outside = ("KRING_DATABASE_URL", "KRING_REDIS_URL", "KRING_EMAIL_URL")
    env = {name: value for name, value in os.environ.items() if name not in outside}
    work = subprocess.run(
        [sys.executable, "-m", "kring.agreements.tests.two_clocks"],
        env={**env, "KRING_DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert work.returncode == 0, work.stderr
    assert json.loads(work.stdout) == {
        "failed": 0,
        "rung": MANY,
        "sent": MANY,
        "times": [[1, 1]],
        "bells": MANY,
        "notices": MANY,
        "letters left": 0,
        "mails": MANY,
        "trail": MANY,
        "trail broken at": None,
    }


def test_a_clock_that_is_asked_to_stop_begins_no_new_pass() -> None:
    stop = threading.Event()
    stop.set()
    assert clock.run(stop) == 0
