"""From a folder to a package: find the files, read them safely, shape them, check them.

Reading never raises on bad content: everything that is wrong comes back as `Mistake`, with the file
and line, sorted. Reading touches only regular files inside the folder; symbolic links, other kinds
of file and folders that do not belong are mistakes and are never opened.
"""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path as Folder
from typing import Any, TypeVar

from pydantic import BaseModel

from kring.methods.format.checks import check_bank, check_package, check_protocol
from kring.methods.format.mistakes import NOTHING, Found, Mistake, Words, did_you_mean, shorten
from kring.methods.format.package import (
    AgreementForms,
    Card,
    Chooser,
    Instrument,
    Method,
    Package,
    Trajectory,
)
from kring.methods.format.series import Series
from kring.methods.format.shapes import Protocol, QuestionBank
from kring.methods.format.shaping import shape
from kring.methods.format.shared import Shared, expand
from kring.methods.format.source import LIMITS, Limits, Source, Trouble, file_too_large, read

S = TypeVar("S", bound=BaseModel)

SINGLE: dict[str, type[BaseModel]] = {
    "method.yaml": Method,
    "trajectory.yaml": Trajectory,
    "agreements.yaml": AgreementForms,
}
MANY: dict[str, type[BaseModel]] = {
    "protocols": Protocol,
    "instruments": Instrument,
    "cards": Card,
    "choosers": Chooser,
    "series": Series,
}
BESIDE = (".md", ".txt")
"""Files for people: README, LICENSE. They are left alone."""


@dataclass(frozen=True)
class Reading:
    """What came of reading a package. ``package`` is None as soon as anything is wrong."""

    package: Package | None
    mistakes: tuple[Mistake, ...]


@dataclass(frozen=True)
class ProtocolReading:
    """What came of reading one protocol."""

    protocol: Protocol | None
    mistakes: tuple[Mistake, ...]


@dataclass
class _Work:
    """One reading under way."""

    folder: Folder
    shared: Shared
    limits: Limits
    mistakes: list[Mistake] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    raw: dict[str, bytes] = field(default_factory=dict)

    def wrong(self, file: str, found: Found) -> None:
        """Note a mistake; its line follows from what was read."""
        source = self.sources.get(file)
        line = source.line(found.path) if source is not None else 0
        self.mistakes.append(Mistake(file, line, found.path, found.wrong, found.hint))

    def load(self, file: str) -> Source | None:
        """Read one file (relative name) within the limits."""
        try:
            raw = take_bytes(self.folder / file, self.limits)
            source = read(raw, limits=self.limits)
        except Trouble as trouble:
            self.mistakes.append(Mistake(file, trouble.line, (), trouble.wrong, trouble.hint))
            return None
        self.raw[file], self.sources[file] = raw, source
        return source

    def shaped(self, file: str, kind: type[S], defaults: dict[str, Any]) -> S | None:
        """The file as a shape; ``defaults`` fill what the file leaves out."""
        source = self.load(file)
        if source is None:
            return None
        data, before = source.data, len(self.mistakes)
        if kind is Protocol:
            source, found = expand(source, self.shared)
            self.sources[file], data = source, source.data
            for one in found:
                self.wrong(file, one)
        if isinstance(data, dict):
            data = {**{k: v for k, v in defaults.items() if k in kind.model_fields}, **data}
        shaped, found = shape(kind, data)
        for one in found:
            self.wrong(file, one)
        return shaped if len(self.mistakes) == before else None


def take_bytes(file: Folder, limits: Limits = LIMITS) -> bytes:
    """The bytes of a regular file within the limits; a link, pipe or device is never opened."""
    try:
        handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        raise Trouble(
            0,
            Words("Dit bestand is niet te lezen.", "This file cannot be read."),
            Words("Een pakket bevat gewone bestanden, geen koppelingen.", "A package holds plain files, no links."),
        ) from None  # fmt: skip
    with os.fdopen(handle, "rb") as opened:
        about = os.fstat(opened.fileno())
        if not stat.S_ISREG(about.st_mode):
            raise Trouble(0, Words("Dit is geen gewoon bestand.", "This is not a plain file."))
        if about.st_size > limits.file_bytes:
            raise Trouble(0, *file_too_large(limits))
        return opened.read(limits.file_bytes + 1)


def read_shared(folder: Folder, *, limits: Limits = LIMITS) -> Shared:
    """The reusable phases and texts in ``folder``. Ours, so a mistake there is an error."""
    source = read(take_bytes(folder / "phases.yaml", limits), limits=limits)
    return Shared(source.data["phases"], source.data["texts"])


def read_banks(folder: Folder, *, limits: Limits = LIMITS) -> tuple[QuestionBank, ...]:
    """The shared question banks in ``folder``, by id. Ours, so a mistake there is an error."""
    found = []
    for file in sorted(folder.glob("*.yaml")):
        bank, wrong = shape(QuestionBank, read(take_bytes(file, limits), limits=limits).data)
        wrong = [*wrong, *(check_bank(bank) if bank is not None else ())]
        if bank is None or wrong or bank.id != file.stem:
            said = wrong[0].wrong.en if wrong else "the file is not called after its id"
            raise ValueError(f"{file.name}: {said}")
        found.append(bank)
    return tuple(found)


def read_package(
    folder: Folder, *, shared: Shared, elsewhere: Iterable[str] = (), limits: Limits = LIMITS
) -> Reading:
    """Read the package in ``folder``. ``elsewhere``: ``package/id`` of what exists beside it."""
    work = _Work(folder, shared, limits)
    files = list(_files(work))
    if "method.yaml" not in files:
        work.mistakes.append(
            Mistake("method.yaml", 0, (), Words("Dit bestand ontbreekt.", "This file is missing."),
                    Words("Hierin staat de naam, de herkomst en de licentie van het pakket.",
                          "It holds the name, the source and the licence of the package."))
        )  # fmt: skip
    if not any(file.startswith("protocols/") for file in files):
        _misplaced(work, "protocols", "Er is geen protocol in de map protocols.",
                   "There is no protocol in the folder protocols.")  # fmt: skip
    method = work.shaped("method.yaml", Method, {}) if "method.yaml" in files else None
    parts = _parts(work, files, _defaults(work, method))
    if method is None:
        return Reading(None, _sorted(work.mistakes))
    package = Package(method=method, **parts, fingerprint=_fingerprint(work.raw))
    # A file with a mistake of its own still exists: one mistake, not five.
    known = {
        f"{method.id}/{Folder(file).stem}"
        for file in files
        if file.count("/") and not file.startswith("series/")
    }
    for file, found in check_package(package, known | set(elsewhere)):
        work.wrong(file, found)
    return Reading(None if work.mistakes else package, _sorted(work.mistakes))


def read_protocol(file: Folder, *, shared: Shared, limits: Limits = LIMITS) -> ProtocolReading:
    """Read one protocol that stands by itself (not in a package)."""
    work = _Work(file.parent, shared, limits)
    protocol = work.shaped(file.name, Protocol, {})
    if protocol is not None:
        for found in check_protocol(protocol):
            work.wrong(file.name, found)
    return ProtocolReading(None if work.mistakes else protocol, _sorted(work.mistakes))


def _defaults(work: _Work, method: Method | None) -> dict[str, Any]:
    """What a file in a package need not repeat."""
    source = work.sources.get("method.yaml")
    given = source.data if source is not None and isinstance(source.data, dict) else {}
    defaults = {name: given[name] for name in ("attribution",) if name in given}
    if method is not None:
        defaults["package"] = method.id
    return defaults


def _parts(work: _Work, files: list[str], defaults: dict[str, Any]) -> dict[str, Any]:
    parts: dict[str, Any] = {name: [] for name in MANY}
    for file in files:
        folder, _, name = file.rpartition("/")
        if folder in MANY:
            shaped = work.shaped(file, MANY[folder], defaults)
            if shaped is not None:
                _named(work, file, name, shaped)
                parts[folder].append(shaped)
    if "trajectory.yaml" in files:
        parts["trajectory"] = work.shaped("trajectory.yaml", Trajectory, defaults)
    if "agreements.yaml" in files:
        forms = work.shaped("agreements.yaml", AgreementForms, defaults)
        parts["agreements"] = forms.templates if forms is not None else ()
    parts["protocols"].sort(key=_order)
    return {
        name: tuple(value) if isinstance(value, list) else value for name, value in parts.items()
    }


def _order(protocol: Protocol) -> tuple[list[int], str]:
    """By number (4.2 before 4.10), then by id."""
    digits = (protocol.number or "999").rstrip("abcdefghijklmnopqrstuvwxyz")
    return [int(part) for part in digits.split(".")], protocol.number or protocol.id


def _named(work: _Work, file: str, name: str, shaped: BaseModel) -> None:
    """A file is called after the id inside, so that people find it."""
    inside = getattr(shaped, "id", "")
    if name != f"{inside}.yaml":
        work.wrong(
            file,
            Found(("id",), Words(f"In dit bestand staat id: {inside}.", f"This file says id: {inside}."),
                  Words(f"Noem het bestand {inside}.yaml.", f"Call the file {inside}.yaml.")),
        )  # fmt: skip
    if isinstance(shaped, Protocol):
        for found in check_protocol(shaped):
            work.wrong(file, found)


def _fingerprint(raw: dict[str, bytes]) -> str:
    digest = hashlib.sha256()
    for file in sorted(raw):
        digest.update(file.encode() + b"\0" + hashlib.sha256(raw[file]).digest())
    return digest.hexdigest()


def _sorted(mistakes: list[Mistake]) -> tuple[Mistake, ...]:
    return tuple(sorted(mistakes, key=lambda one: (one.file, one.line, str(one.path))))


def _files(work: _Work) -> Iterator[str]:
    """Names of the files to read, sorted; everything that does not belong is noted."""
    count = total = 0
    for name, entry in _walk(work, "", 0):
        count += 1
        if count > work.limits.files:
            _misplaced(work, name, f"Er zijn meer dan {work.limits.files} bestanden.",
                       f"There are more than {work.limits.files} files.")  # fmt: skip
            return
        if name.endswith(BESIDE):
            continue
        if not name.endswith(".yaml"):
            _unknown_file(work, name)
            continue
        size = entry.stat(follow_symlinks=False).st_size
        total += size if size <= work.limits.file_bytes else 0  # the larger is refused by itself
        if total > work.limits.total_bytes:
            _misplaced(
                work, name, "Het pakket is samen te groot.", "The package is too large as a whole."
            )
            return
        folder = name.rpartition("/")[0]
        if folder in MANY or name in SINGLE:
            yield name
        else:
            _misplaced(work, name, "Dit bestand hoort hier niet.", "This file does not belong here.",
                       did_you_mean(name, SINGLE))  # fmt: skip


def _walk(work: _Work, inside: str, deep: int) -> Iterator[tuple[str, os.DirEntry[str]]]:
    try:
        entries = sorted(os.scandir(work.folder / inside), key=lambda entry: entry.name)
    except OSError:
        _misplaced(
            work,
            inside or str(work.folder),
            "Deze map is niet te lezen.",
            "This folder cannot be read.",
        )
        return
    for entry in entries[: work.limits.files + 1]:
        name = f"{inside}/{entry.name}" if inside else entry.name
        if entry.is_symlink():
            _misplaced(
                work, name, "Koppelingen (symlinks) mogen niet.", "Symbolic links are not allowed."
            )
        elif entry.is_dir(follow_symlinks=False):
            if deep == 0 and entry.name in MANY:
                yield from _walk(work, name, deep + 1)
            else:
                _misplaced(work, name, "Deze map hoort hier niet.", "This folder does not belong here.",
                           did_you_mean(entry.name, MANY))  # fmt: skip
        else:
            yield name, entry


def _unknown_file(work: _Work, name: str) -> None:
    if name.endswith(".yml"):
        hint = Words("Noem het .yaml.", "Call it .yaml.")
    else:
        hint = Words(
            "Een pakket bevat alleen .yaml-bestanden, en .md of .txt voor mensen. Geen code.",
            "A package holds only .yaml files, and .md or .txt for people. No code.",
        )
    _misplaced(work, name, "Dit soort bestand hoort niet in een pakket.",
               "This kind of file does not belong in a package.", hint)  # fmt: skip


def _misplaced(work: _Work, name: str, nl: str, en: str, hint: Words = NOTHING) -> None:
    work.mistakes.append(Mistake(shorten(name, most=120), 0, (), Words(nl, en), hint))
