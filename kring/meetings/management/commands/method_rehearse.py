"""``kring method rehearse PATH``: bots hold the meeting, before people do."""

from argparse import ArgumentParser
from pathlib import Path
from random import Random
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import get_language

from kring.meetings.engine.rehearsal import Report, rehearse
from kring.methods import shelf
from kring.methods.format.reader import read_package, read_protocol
from kring.methods.format.shapes import Protocol

PEOPLE = (1, 3, 8, 30)


class Command(BaseCommand):
    """Says step by step how it went; ends with code 1 when a meeting did not reach its end."""

    help = (
        "Let bots play a protocol (a .yaml file), a package (a folder) or a shipped protocol (id)."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", nargs="*", help="file, folder or id; nothing: all we ship")
        parser.add_argument(
            "--people", type=int, action="append", help="how many (may be repeated)"
        )
        parser.add_argument("--seed", type=int, default=1, help="another number, another meeting")
        parser.add_argument("--steps", action="store_true", help="also say what each step brought")
        parser.add_argument("--crash", action="store_true", help="the server dies in every step")
        parser.add_argument("--language", choices=["nl", "en"], help="nl or en")

    def handle(self, *args: Any, **options: Any) -> None:
        language = options["language"] or (get_language() or "nl")
        broken = 0
        for protocol in found(options["path"], language):
            self.stdout.write(protocol.title.say(language))
            for people in options["people"] or PEOPLE:
                chance = Random(options["seed"])  # noqa: S311  (a repeatable game, no secret)
                report = rehearse(protocol, people, chance, crash=options["crash"])
                broken += not report.works
                for told in (line(report, language), *details(report, language, options["steps"])):
                    self.stdout.write(told)
        if broken:
            raise CommandError(verdict(broken, language), returncode=1)


def found(paths: list[str], language: str) -> list[Protocol]:
    """The protocols meant; CommandError when one cannot be read."""
    if not paths:
        return list(shelf.shipped().protocols)
    return [protocol for path in paths for protocol in _at(path, language)]


def _at(path: str, language: str) -> tuple[Protocol, ...]:
    place = Path(path)
    if not place.exists():
        known = shelf.shipped().protocol(path)
        if known is None:
            raise CommandError(_unknown(path, language))
        return (known,)
    if place.is_dir():
        elsewhere = shelf.exist(shelf.content()) | shelf.exist(place.resolve().parent)
        package = read_package(place, shared=shelf.shared(), elsewhere=elsewhere)
        if package.package is not None:
            return package.package.protocols
        raise CommandError(_mistakes(path, len(package.mistakes), language))
    reading = read_protocol(place, shared=shelf.shared())
    if reading.protocol is not None:
        return (reading.protocol,)
    raise CommandError(_mistakes(path, len(reading.mistakes), language))


def line(report: Report, language: str) -> str:
    """One meeting in one line."""
    if language.startswith("en"):
        who = "one person, one device" if report.people == 1 else f"{report.people} people"
        device = ", one device" if report.one_device and report.people > 1 else ""
        end = "reached the end" if report.works else "got stuck"
        return f"  {who}{device}: {end}; {len(report.steps)} steps, {report.released} harvested"
    who = "één mens, één apparaat" if report.people == 1 else f"{report.people} mensen"
    device = ", één apparaat" if report.one_device and report.people > 1 else ""
    end = "tot het einde gekomen" if report.works else "vastgelopen"
    return f"  {who}{device}: {end}; {len(report.steps)} stappen, {report.released} geoogst"


def details(report: Report, language: str, steps: bool) -> list[str]:
    """What each step brought, when asked, and always what went wrong."""
    words = ("actions", "cards") if language.startswith("en") else ("handelingen", "kaartjes")
    told = [
        f"    {one.phase.say(language)} ({one.step}): {one.asks} {words[0]}, {one.cards} {words[1]}"
        for one in report.steps
        if steps
    ]
    return [*told, *(f"    ! {mistake}" for mistake in report.mistakes)]


def verdict(broken: int, language: str) -> str:
    """The last line when something went wrong."""
    if language.startswith("en"):
        return f"Meetings that did not reach their end: {broken}. See the lines with ! above."
    return f"Bijeenkomsten die het einde niet haalden: {broken}. Zie de regels met ! hierboven."


def _unknown(path: str, language: str) -> str:
    if language.startswith("en"):
        return f"{path} is no file, no folder and no protocol we ship. Check the name."
    return f"{path} is geen bestand, geen map en geen protocol van ons. Kijk de naam na."


def _mistakes(path: str, number: int, language: str) -> str:
    if language.startswith("en"):
        return f"{path} has mistakes ({number}). First run: kring method check {path}"
    return f"{path} heeft fouten ({number}). Doe eerst: kring method check {path}"
