"""The shipped packages, read once per process from the folder ``methods/``."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kring.methods.format.package import Package
from kring.methods.format.reader import read_banks, read_package, read_shared
from kring.methods.format.series import Series
from kring.methods.format.shapes import Protocol, QuestionBank
from kring.methods.format.shared import Shared

SHARED = "_shared"
BANKS = ("checkin", "solution_focused", "appreciative", "restorative", "feelings_needs")
"""The order in which people see the shared question banks."""


class BrokenPackage(Exception):
    """A shipped package has mistakes; ``kring method check`` tells which."""


@dataclass(frozen=True)
class Shelf:
    """All shipped packages, by id, in the order of the library."""

    packages: dict[str, Package]

    def package(self, name: str) -> Package | None:
        """The package called ``name``."""
        return self.packages.get(name)

    def protocol(self, name: str, package: str | None = None) -> Protocol | None:
        """The protocol called ``name``; ids are unique over all shipped packages."""
        for one in self.packages.values():
            found = one.protocol(name)
            if found is not None and package in (None, one.method.id):
                return found
        return None

    def series(self, ref: str) -> Series | None:
        """The series called ``package/id``."""
        package = self.packages.get(ref.partition("/")[0])
        found = package.series if package is not None else ()
        return next((one for one in found if one.ref == ref), None)

    @property
    def protocols(self) -> tuple[Protocol, ...]:
        """Every shipped protocol."""
        return tuple(protocol for one in self.packages.values() for protocol in one.protocols)


def content() -> Path:
    """Where the shipped content lies: beside ``kring`` in a checkout, inside it in a wheel."""
    here = Path(__file__).resolve().parents[1]
    inside = here / "_methods"
    return inside if inside.is_dir() else here.parent / "methods"


def names(root: Path) -> list[str]:
    """The packages in ``root``: folders with a ``method.yaml``."""
    return sorted(
        one.name for one in root.iterdir() if one.name != SHARED and (one / "method.yaml").is_file()
    )


def exist(root: Path) -> frozenset[str]:
    """``package/id`` of everything in ``root`` another package may refer to, without reading it."""
    return frozenset(
        f"{name}/{file.stem}"
        for name in names(root)
        for kind in ("protocols", "instruments", "choosers")
        for file in (root / name / kind).glob("*.yaml")
    )


@cache
def shared() -> Shared:
    """The reusable phases and texts."""
    return read_shared(content() / SHARED)


@cache
def banks() -> tuple[QuestionBank, ...]:
    """The shared question banks, usable from any phase."""
    found = {bank.id: bank for bank in read_banks(content() / SHARED / "banks")}
    return tuple(found[name] for name in BANKS if name in found) + tuple(
        bank for name, bank in found.items() if name not in BANKS
    )


@cache
def shipped() -> Shelf:
    """All shipped packages. Raises `BrokenPackage` when one has mistakes."""
    root = content()
    known = exist(root)
    packages = []
    for name in names(root):
        reading = read_package(root / name, shared=shared(), elsewhere=known)
        if reading.package is None:
            first = reading.mistakes[0].say("en")
            raise BrokenPackage(f"{name}: {len(reading.mistakes)} mistakes; the first: {first}")
        packages.append(reading.package)
    packages.sort(key=lambda one: (one.method.order, one.method.id))
    return Shelf({one.method.id: one for one in packages})
