"""Reusable phases and texts, written once (``methods/_shared/``) and used by every package.

``- use: open`` in a list of phases becomes the shared phase ``open``; its slots are filled with
``fill``. ``- use: usual`` in a list of texts becomes the shared list ``usual``. Only names are
looked up, never files.
"""

import copy
import re
from dataclasses import dataclass, field
from typing import Any

from kring.methods.format.mistakes import Found, Path, Words, did_you_mean, shorten
from kring.methods.format.source import Source

ALLOWED = ("use", "fill", "id", "title", "minutes")
TEXT_LISTS = ("never_record", "not_when", "use_when", "preconditions", "prepare", "materials")


@dataclass(frozen=True)
class Shared:
    """What packages may refer to: raw phases with their slots, and lists of texts."""

    phases: dict[str, Any] = field(default_factory=dict)
    texts: dict[str, Any] = field(default_factory=dict)


def expand(source: Source, shared: Shared) -> tuple[Source, list[Found]]:
    """The same protocol with every ``use`` written out; lines still point at what was typed."""
    if not isinstance(source.data, dict):
        return source, []
    work = _Expansion(shared, dict(source.data), dict(source.lines))
    work.phases()
    for name in TEXT_LISTS:
        work.texts(name)
    return Source(work.data, work.lines), work.found


@dataclass
class _Expansion:
    shared: Shared
    data: dict[str, Any]
    lines: dict[Path, int]
    found: list[Found] = field(default_factory=list)

    def phases(self) -> None:
        listed = self.data.get("phases")
        if isinstance(listed, list):
            self.data["phases"] = [
                self._phase(("phases", index), item) if _is_use(item) else item
                for index, item in enumerate(listed)
            ]

    def _phase(self, path: Path, item: dict[str, Any]) -> Any:
        name = item["use"]
        known = self.shared.phases.get(name) if isinstance(name, str) else None
        if not isinstance(known, dict):
            self._unknown((*path, "use"), name, self.shared.phases)
            return item
        for key in item:
            if key not in ALLOWED:
                self.found.append(Found((*path, key), *_fixed(key)))
        phase = copy.deepcopy({key: value for key, value in known.items() if key != "slots"})
        phase["shared"] = name
        phase.update({key: item[key] for key in ("id", "title", "minutes") if key in item})
        return self._filled(phase, known.get("slots") or {}, item.get("fill") or {}, path)

    def _filled(self, phase: Any, slots: Any, given: Any, path: Path) -> Any:
        """Fill ``{slot}`` in every text of the phase, per language."""
        if not isinstance(given, dict):
            given = {}
        for key in set(given) - set(slots):
            self.found.append(
                Found((*path, "fill", key), Words(f"‘{shorten(key)}’ is hier niet in te vullen.",
                      f"‘{shorten(key)}’ cannot be filled in here."), did_you_mean(key, slots))
            )  # fmt: skip
        values: dict[str, Any] = {}
        for key, usual in slots.items():
            value = given.get(key, usual)
            if not (isinstance(value, dict) and {"nl", "en"} <= set(value)):
                self.found.append(
                    Found((*path, "fill"), Words(f"‘{key}’ ontbreekt.", f"‘{key}’ is missing."),
                          Words(f'Schrijf fill: {{{key}: {{nl: "…", en: "…"}}}}.',
                                f'Write fill: {{{key}: {{nl: "…", en: "…"}}}}.'))
                )  # fmt: skip
                value = {"nl": "…", "en": "…"}
            values[key] = value
        return _fill(phase, values)

    def texts(self, name: str) -> None:
        listed = self.data.get(name)
        if not isinstance(listed, list) or not any(_is_use(item) for item in listed):
            return
        written: list[Any] = []
        moved: dict[int, int] = {}
        for index, item in enumerate(listed):
            moved[index] = len(written)
            if not _is_use(item):
                written.append(item)
                continue
            known = self.shared.texts.get(item["use"]) if isinstance(item["use"], str) else None
            if isinstance(known, list):
                line = self.lines.get((name, index), 1)
                for extra in range(len(known)):
                    self.lines.setdefault((name, f"+{len(written) + extra}"), line)
                written.extend(known)
            else:
                self._unknown((name, index, "use"), item["use"], self.shared.texts)
        self.data[name] = written
        self._renumber(name, moved)

    def _renumber(self, name: str, moved: dict[int, int]) -> None:
        """Move the lines of a list along with its items."""
        kept: dict[Path, int] = {}
        for path, line in self.lines.items():
            if len(path) > 1 and path[0] == name and isinstance(path[1], int):
                kept[(name, moved.get(path[1], path[1]), *path[2:])] = line
            elif not (len(path) > 1 and path[0] == name):
                kept[path] = line
        for path, line in self.lines.items():
            if len(path) == 2 and path[0] == name and isinstance(path[1], str):
                kept.setdefault((name, int(path[1][1:])), line)
        self.lines = kept

    def _unknown(self, path: Path, name: object, known: dict[str, Any]) -> None:
        self.found.append(
            Found(path, Words(f"‘{shorten(name)}’ bestaat niet als gedeeld deel.",
                              f"‘{shorten(name)}’ is not a shared part."),
                  did_you_mean(name, known))
        )  # fmt: skip


def _is_use(item: Any) -> bool:
    return isinstance(item, dict) and "use" in item


def _fixed(key: str) -> tuple[Words, Words]:
    allowed = ", ".join(ALLOWED)
    return (
        Words(f"‘{shorten(key)}’ ligt vast in het gedeelde deel.", f"‘{shorten(key)}’ is fixed in the shared part."),
        Words(f"Hier mag: {allowed}.", f"Allowed here: {allowed}."),
    )  # fmt: skip


def _fill(value: Any, slots: dict[str, Any], language: str = "") -> Any:
    if isinstance(value, dict):
        return {
            key: _fill(inner, slots, key if key in ("nl", "en") else language)
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [_fill(inner, slots, language) for inner in value]
    if isinstance(value, str) and language:
        return re.sub(
            r"\{([a-z_]+)\}",
            lambda hit: str(slots[hit[1]][language]) if hit[1] in slots else hit[0],
            value,
        )
    return value
