"""Reading one YAML 1.2 text safely: plain values only, with the line of each of them.

Refused: anchors and aliases, tags, directives, several documents, the same key twice, and whatever
is larger than :data:`LIMITS`. The text is read event by event and reading stops at the first thing
that is refused, so hostile input costs bounded time and memory; nothing is ever constructed but
dict, list, str, int, float, bool and None.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml import events as ev
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from kring.methods.format.mistakes import NOTHING, Path, Words, shorten


@dataclass(frozen=True)
class Limits:
    """How large a package may be."""

    file_bytes: int = 200_000
    files: int = 200
    total_bytes: int = 3_000_000
    depth: int = 16
    nodes: int = 20_000
    folders_deep: int = 2


LIMITS = Limits()


class Trouble(Exception):
    """The text cannot be read at all. ``line`` counts from 1."""

    def __init__(self, line: int, wrong: Words, hint: Words = NOTHING) -> None:
        super().__init__(wrong.en)
        self.line, self.wrong, self.hint = line, wrong, hint


@dataclass(frozen=True)
class Source:
    """A read text: its ``data`` and the line (from 1) on which each path begins."""

    data: Any
    lines: dict[Path, int]

    def line(self, path: Path) -> int:
        """The line of ``path``, or of the nearest thing around it."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return 1


@dataclass
class _Box:
    """A list or mapping that is being read."""

    path: Path
    value: dict[str, Any] | list[Any]
    key: str | None = None


@dataclass
class _Builder:
    """Puts events together; knows the limits."""

    limits: Limits
    lines: dict[Path, int] = field(default_factory=dict)
    open: list[_Box] = field(default_factory=list)
    data: Any = None
    nodes: int = 0
    documents: int = 0

    def take(self, event: Any) -> None:
        """Use one event or raise `Trouble`."""
        line = event.start_mark.line + 1
        match event:
            case ev.AliasEvent():
                raise Trouble(line, *NO_ALIAS)
            case ev.DocumentStartEvent():
                self._document(event, line)
            case ev.ScalarEvent():
                self._check_node(event, line)
                self._scalar(event, line)
            case ev.MappingStartEvent() | ev.SequenceStartEvent():
                self._check_node(event, line)
                self._begin({} if isinstance(event, ev.MappingStartEvent) else [], line)
            case ev.MappingEndEvent() | ev.SequenceEndEvent():
                self.open.pop()

    def _document(self, event: Any, line: int) -> None:
        self.documents += 1
        if self.documents > 1:
            raise Trouble(line, *ONE_DOCUMENT)
        if event.version is not None or event.tags:
            raise Trouble(line, *NO_DIRECTIVE)

    def _check_node(self, event: Any, line: int) -> None:
        self.nodes += 1
        if self.nodes > self.limits.nodes:
            raise Trouble(line, *TOO_MUCH)
        if event.anchor is not None:
            raise Trouble(line, *NO_ALIAS)
        if event.tag is not None and str(event.tag) != "!":
            raise Trouble(line, *NO_TAG)

    def _begin(self, value: dict[str, Any] | list[Any], line: int) -> None:
        if self._waiting_for_key():
            raise Trouble(line, *PLAIN_KEYS)
        if len(self.open) >= self.limits.depth:
            raise Trouble(line, *TOO_DEEP)
        self.open.append(_Box(self._put(value, line), value))

    def _waiting_for_key(self) -> bool:
        return (
            bool(self.open) and isinstance(self.open[-1].value, dict) and self.open[-1].key is None
        )

    def _scalar(self, event: Any, line: int) -> None:
        if not self._waiting_for_key():
            self._put(value_of(event), line)
            return
        box, key = self.open[-1], str(event.value)
        if isinstance(box.value, dict) and key in box.value:
            raise Trouble(
                line,
                Words(
                    f"‘{shorten(key)}’ staat hier twee keer.", f"‘{shorten(key)}’ is here twice."
                ),
                Words("Haal er een weg.", "Remove one of them."),
            )
        box.key = key
        self.lines[(*box.path, key)] = line

    def _put(self, value: Any, line: int) -> Path:
        """Hang ``value`` where it belongs and return its path."""
        if not self.open:
            self.data = value
            self.lines[()] = line
            return ()
        box = self.open[-1]
        if isinstance(box.value, list):
            path = (*box.path, len(box.value))
            box.value.append(value)
            self.lines[path] = line
        else:
            key, box.key = box.key or "", None
            path = (*box.path, key)
            box.value[key] = value
        return path


NO_ALIAS = (
    Words(
        "Ankers (&) en verwijzingen (*) mogen niet.", "Anchors (&) and aliases (*) are not allowed."
    ),
    Words(
        "Schrijf de tekst voluit, of zet hem tussen aanhalingstekens als het gewoon een teken is.",
        "Write the text in full, or put it in quotes if it is just a sign.",
    ),
)
NO_TAG = (
    Words(
        "Labels met een uitroepteken (!) mogen niet.",
        "Tags with an exclamation mark (!) are not allowed.",
    ),
    Words(
        "Een pakket bevat alleen tekst en getallen. Zet de tekst tussen aanhalingstekens.",
        "A package holds only text and numbers. Put the text in quotes.",
    ),
)
NO_DIRECTIVE = (
    Words("Regels met % bovenaan mogen niet.", "Lines with % at the top are not allowed."),
    Words("Haal de regel weg.", "Remove the line."),
)
ONE_DOCUMENT = (
    Words("Er staan twee documenten in dit bestand.", "There are two documents in this file."),
    Words("Haal de regel met --- weg.", "Remove the line with ---."),
)
TOO_MUCH = (
    Words(
        "Dit bestand is te groot: er staat te veel in.",
        "This file is too large: there is too much in it.",
    ),
    Words("Maak er meer protocollen van.", "Make more than one protocol of it."),
)
TOO_DEEP = (
    Words("Dit is te diep genest.", "This is nested too deeply."),
    Words("Kijk of de inspringing klopt.", "See whether the indentation is right."),
)
PLAIN_KEYS = (
    Words(
        "Voor de dubbele punt hoort één woord te staan.",
        "There should be one word before the colon.",
    ),
    NOTHING,
)

_WHOLE = re.compile(r"[-+]?[0-9]{1,15}")
_BROKEN = re.compile(r"[-+]?[0-9]{0,15}\.[0-9]{1,15}")
_NAMED = {"true": True, "false": False, "null": None, "~": None, "": None}


def value_of(event: Any) -> Any:
    """The plain value of a scalar: YAML 1.2 core words and decimal numbers; all else is text."""
    text = str(event.value)
    if event.style is not None:
        return text
    if text.lower() in _NAMED:
        return _NAMED[text.lower()]
    if _WHOLE.fullmatch(text):
        return int(text)
    return float(text) if _BROKEN.fullmatch(text) else text


def read(raw: bytes, *, limits: Limits = LIMITS) -> Source:
    """Read one file's bytes. Raises `Trouble` at the first thing that is not allowed."""
    if len(raw) > limits.file_bytes:
        raise Trouble(0, *file_too_large(limits))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise Trouble(
            line,
            Words(
                "Hier staan tekens die geen UTF-8 zijn.", "There are signs here that are not UTF-8."
            ),
            Words("Sla het bestand op als UTF-8.", "Save the file as UTF-8."),
        ) from None
    builder = _Builder(limits)
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            builder.take(event)
    except MarkedYAMLError as error:
        raise _explain(error, text) from None
    except (YAMLError, ValueError) as error:
        raise Trouble(*_explain_sign(error, text)) from None
    return Source(builder.data, builder.lines)


def file_too_large(limits: Limits) -> tuple[Words, Words]:
    """The sentences for a file over the limit."""
    kilobytes = limits.file_bytes // 1000
    return (
        Words(
            f"Dit bestand is groter dan {kilobytes} kB.",
            f"This file is larger than {kilobytes} kB.",
        ),
        Words(
            "Een protocol is tekst van een paar bladzijden.", "A protocol is a few pages of text."
        ),
    )


def _explain_sign(error: Exception, text: str) -> tuple[int, Words, Words]:
    position = getattr(error, "position", 0)
    line = text[: position if isinstance(position, int) else 0].count("\n") + 1
    return (
        line,
        Words("Hier staat een onzichtbaar teken.", "There is an invisible sign here."),
        Words("Typ de regel opnieuw.", "Type the line again."),
    )


def _explain(error: MarkedYAMLError, text: str) -> Trouble:
    """The usual slips, in plain words."""
    mark = error.problem_mark or error.context_mark
    number = mark.line if mark is not None else 0
    rows = text.split("\n")
    row = rows[number] if number < len(rows) else ""
    problem = shorten(error.problem or "")
    wrong = Words("Hier klopt de vorm niet.", "The form is not right here.")
    if "\t" in row[: len(row) - len(row.lstrip())]:
        hint = Words("Spring in met spaties, niet met tabs.", "Indent with spaces, not with tabs.")
    elif "mapping values" in problem or "quoted scalar" in problem or "flow" in problem:
        hint = Words(
            "Staat er een dubbele punt, komma of aanhalingsteken in de tekst? Zet de hele tekst "
            "tussen dubbele aanhalingstekens.",
            "Is there a colon, comma or quote in the text? Put the whole text in double quotes.",
        )
    elif "block" in problem or "indent" in problem or "expected <document start>" in problem:
        hint = Words(
            "Kijk of de inspringing gelijk is aan de regel erboven.",
            "See whether the indentation equals that of the line above.",
        )
    else:
        hint = Words(f"De lezer zegt: {problem}.", f"The reader says: {problem}.")
    return Trouble(number + 1, wrong, hint)
