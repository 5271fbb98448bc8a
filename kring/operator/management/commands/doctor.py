"""``kring doctor``: what is wrong with this installation, and how to mend it."""

from typing import Any

from django.core.management import BaseCommand

from kring.operator.doctor import examine

MARK = {"good": "  ok ", "note": "note ", "wrong": "WRONG"}


class Command(BaseCommand):
    """Exits with 1 when something is wrong."""

    help = "Look for what is wrong with this installation and say how to mend it."
    requires_system_checks: list[str] = []  # must also work when the installation is broken

    def handle(self, *args: Any, **options: Any) -> None:
        found = examine()
        for one in found:
            self.stdout.write(f"{MARK[one.level]}  {one.what}")
            if one.level != "good":
                self.stdout.write(f"       → {one.mend}")
        wrong = sum(one.level == "wrong" for one in found)
        self.stdout.write(f"{len(found)} looked at, {wrong} wrong.")
        if wrong:
            raise SystemExit(1)
