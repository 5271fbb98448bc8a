"""``kring errors``: what broke unexpectedly in the last fourteen days, most often first."""

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand


class Command(BaseCommand):
    """Groups the lines of the error log by where they happened."""

    help = "Tell what broke: how often, when last, the request's id, and where in the code."
    requires_system_checks: list[str] = []  # must also work when the installation is broken

    def handle(self, *args: Any, **options: Any) -> None:
        groups: dict[str, list[str]] = defaultdict(list)
        for path in sorted(Path(settings.DATA_DIR).glob("errors.log*")):
            for line in path.read_text("utf-8").splitlines():
                if match := re.match(r"(\S+) \w+ (\S+) (.*)", line):
                    groups[match[3]].append(f"{match[1]} request {match[2]}")
        for what, when in sorted(groups.items(), key=lambda pair: -len(pair[1])):
            self.stdout.write(f"{len(when)}×, last {max(when)}\n   {what}")
        if not groups:
            self.stdout.write("Nothing broke in the last fourteen days.")
