"""``kring clock``: does what is due, pass after pass, until it is asked to stop."""

import signal
import threading
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.core.management import BaseCommand

from kring.base import clock


class Command(BaseCommand):
    """Several clocks may run side by side; nothing happens twice."""

    help = "Ring bells, remind, and send mail when it is time (once with --once)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="one pass, then stop")
        parser.add_argument("--beat", type=float, default=clock.BEAT, help="seconds between passes")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            done = {name: count for name, count in clock.run_once().items() if count}
            self.stdout.write(", ".join(f"{name}: {count}" for name, count in done.items()) or "–")
            return
        stop = threading.Event()

        def asked(number: int, frame: FrameType | None) -> None:
            stop.set()

        before = {name: signal.signal(name, asked) for name in (signal.SIGTERM, signal.SIGINT)}
        self.stdout.write("» The clock runs.")
        try:
            clock.run(stop, options["beat"])
        finally:
            for name, handler in before.items():
                signal.signal(name, handler)
        self.stdout.write("» The clock stopped.")
