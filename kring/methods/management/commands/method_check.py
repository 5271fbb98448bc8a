"""``kring method check PATH``: read a package or a protocol and explain every mistake."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import get_language

from kring.methods import shelf
from kring.methods.format.mistakes import Mistake, Words
from kring.methods.format.reader import read_package, read_protocol


class Command(BaseCommand):
    """Says what is wrong, where, and what to do; ends with code 1 when anything is."""

    help = "Explain every mistake in a method package (a folder) or a protocol (a .yaml file)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", nargs="+", type=Path)
        parser.add_argument("--language", choices=["nl", "en"], help="nl or en")

    def handle(self, *args: Any, **options: Any) -> None:
        language = options["language"] or (get_language() or "nl")
        wrong = 0
        for path in options["path"]:
            mistakes, summary = check(path)
            for mistake in mistakes:
                place = path / mistake.file if path.is_dir() else path
                self.stdout.write(mistake._replace(file=str(place)).say(language))
            wrong += len(mistakes)
            if not mistakes:
                self.stdout.write(self.style.SUCCESS(f"{path}: {summary.say(language)}"))
        if wrong:
            raise CommandError(count(wrong).say(language), returncode=1)


def check(path: Path) -> tuple[tuple[Mistake, ...], Words]:
    """The mistakes at ``path`` (a package folder or one protocol) and, without any, what it holds."""
    if not path.is_dir():
        reading = read_protocol(path, shared=shelf.shared())
        protocol = reading.protocol
        if protocol is None:
            return reading.mistakes, Words("", "")
        phases = len(protocol.phases)
        return (), Words(
            f"‘{protocol.title.nl}’ klopt ({phases} fasen).",
            f"‘{protocol.title.en}’ is right ({phases} phases).",
        )
    elsewhere = shelf.exist(shelf.content()) | shelf.exist(path.resolve().parent)
    package = read_package(path, shared=shelf.shared(), elsewhere=elsewhere)
    if package.package is None:
        return package.mistakes, Words("", "")
    title, number = package.package.method.title, len(package.package.protocols)
    series = len(package.package.series)
    return (), Words(
        f"‘{title.nl}’ klopt. Protocollen: {number}." + (f" Reeksen: {series}." if series else ""),
        f"‘{title.en}’ is right. Protocols: {number}." + (f" Series: {series}." if series else ""),
    )


def count(number: int) -> Words:
    """How many mistakes there are."""
    if number == 1:
        return Words("Er is één fout.", "There is one mistake.")
    return Words(f"Er zijn {number} fouten.", f"There are {number} mistakes.")
