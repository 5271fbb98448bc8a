"""``kring serve``: Kring at home. One process: pages, live streams and the clock."""

import signal
import threading
from argparse import ArgumentParser
from types import FrameType
from typing import Any

import uvicorn
from django.conf import settings
from django.core.management import BaseCommand

from kring.base import clock

GRACE = 3  # seconds for what is going on; open streams would otherwise hold the door for ever


class Command(BaseCommand):
    """Bigger installations run ``uvicorn kring.asgi:application`` and ``kring clock`` apart."""

    help = "Serve Kring on PORT with its clock."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--no-clock", action="store_true", help="the clock runs elsewhere")

    def handle(self, *args: Any, **options: Any) -> None:
        server = uvicorn.Server(
            uvicorn.Config(
                "kring.asgi:application",
                host=options["host"],
                port=settings.PORT,
                timeout_graceful_shutdown=GRACE,
                log_level="warning",
                access_log=False,  # addresses and query strings stay out of logs (safety §2)
                server_header=False,
            )
        )
        stop = threading.Event()
        ticking = threading.Thread(target=clock.run, args=(stop,), name="clock", daemon=True)

        # uvicorn repeats the signal to whoever listened before it; that is us, and we go on to stop
        # the clock instead of dying half-way through a pass.
        def asked(number: int, frame: FrameType | None) -> None:
            stop.set()
            server.should_exit = True

        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, asked)
        if not options["no_clock"]:
            ticking.start()
        self.stdout.write(f"» Kring is at {settings.BASE_URL} (stop with Ctrl+C)")
        self.stdout.flush()
        try:
            server.run()
        finally:
            stop.set()
            if ticking.is_alive():
                ticking.join(GRACE + 2)
        self.stdout.write("» Kring stopped.")
        if not server.started:
            raise SystemExit(1)
