"""From plain data to a shape, with pydantic's findings said in plain words."""

import re
from collections.abc import Iterator
from enum import EnumMeta
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kring.methods.format.mistakes import NOTHING, Found, Path, Words, did_you_mean, shorten
from kring.methods.format.shapes import Text

S = TypeVar("S", bound=BaseModel)


def shape(kind: type[S], data: Any) -> tuple[S | None, list[Found]]:
    """``data`` as a ``kind``, or everything that is wrong with it."""
    try:
        return kind.model_validate(data), []
    except ValidationError as error:
        return None, [found for detail in error.errors() for found in [_found(kind, detail)]]


def _found(kind: type[BaseModel], detail: ErrorDetails) -> Found:
    path: Path = detail["loc"]
    wrong, hint = _say(kind, detail, path)
    return Found(path, wrong, hint)


def _say(kind: type[BaseModel], detail: ErrorDetails, path: Path) -> tuple[Words, Words]:
    name = shorten(path[-1] if path else "")
    given = shorten(detail.get("input", ""))
    match detail["type"]:
        case "missing":
            return _missing(name)
        case "extra_forbidden":
            fields = _fields_at(kind, path[:-1])
            return (
                Words(f"‘{name}’ ken ik hier niet.", f"‘{name}’ is not known here."),
                did_you_mean(name, fields),
            )
        case "enum" | "literal_error":
            known = re.findall(r"'([^']*)'", str(detail.get("ctx", {}).get("expected", "")))
            return (
                Words(f"‘{given}’ kan hier niet.", f"‘{given}’ is not possible here."),
                did_you_mean(given, known),
            )
        case "string_pattern_mismatch":
            return _pattern(given, str(detail.get("ctx", {}).get("pattern", "")))
        case "model_type" | "model_attributes_type":
            return _block(kind, path)
        case "tuple_type":
            return (
                Words("Hier hoort een lijst.", "A list belongs here."),
                Words(
                    "Begin elk onderdeel met een streepje (-).", "Begin each part with a dash (-)."
                ),
            )
        case other:
            return _size(other, given, detail)


def _missing(name: str) -> tuple[Words, Words]:
    wrong = Words(f"‘{name}’ ontbreekt.", f"‘{name}’ is missing.")
    why = {
        "nl": Words("Schrijf ook de Nederlandse tekst.", "Write the Dutch text too."),
        "en": Words("Schrijf ook de Engelse tekst.", "Write the English text too."),
        "licence": Words(
            "Schrijf onder welke licentie anderen dit mogen gebruiken, bijvoorbeeld CC BY-SA 4.0.",
            "Write under which licence others may use this, for example CC BY-SA 4.0.",
        ),
        "attribution": Words(
            "Schrijf waar de tekst vandaan komt: inspired_by, licence en wording (own of quoted).",
            "Write where the text comes from: inspired_by, licence and wording (own or quoted).",
        ),
        "core_note": Words(
            "Schrijf in één zin wat aan dit protocol niet mag veranderen.",
            "Write in one sentence what may not change about this protocol.",
        ),
    }
    return wrong, why.get(name, NOTHING)


def _pattern(given: str, pattern: str) -> tuple[Words, Words]:
    wrong = Words(f"‘{given}’ kan hier niet.", f"‘{given}’ is not possible here.")
    if pattern.startswith("^[a-z]") or pattern.startswith("^([a-z]"):
        suggested = re.sub(r"[^a-z0-9]+", "_", given.lower()).strip("_0123456789")[:60]
        use = f"‘{suggested}’" if len(suggested) > 1 else "‘open_question’"
        return wrong, Words(
            f"Gebruik kleine letters, cijfers en _ en begin met een letter, zoals {use}.",
            f"Use small letters, digits and _ and begin with a letter, such as {use}.",
        )
    return wrong, Words(f"De vorm is {pattern}", f"The form is {pattern}")


def _block(kind: type[BaseModel], path: Path) -> tuple[Words, Words]:
    if Text in set(_models_at(kind, path)):
        return (
            Words("Hier hoort tekst in twee talen.", "Text in two languages belongs here."),
            Words('Schrijf {nl: "…", en: "…"}.', 'Write {nl: "…", en: "…"}.'),
        )
    fields = ", ".join(list(_fields_at(kind, path))[:8])
    return (
        Words(
            "Hier hoort een blok met namen en waarden.", "A block of names and values belongs here."
        ),
        Words(f"Bijvoorbeeld: {fields}.", f"For example: {fields}.") if fields else NOTHING,
    )


def _size(what: str, given: str, detail: ErrorDetails) -> tuple[Words, Words]:
    context = detail.get("ctx", {})
    limit = next((context[key] for key in ("le", "lt", "ge", "gt", "max_length", "min_length")
                  if key in context), "")  # fmt: skip
    said = {
        "string_too_long": Words(f"Deze tekst is te lang: hooguit {limit} tekens.",
                                 f"This text is too long: {limit} signs at most."),
        "string_too_short": Words("Hier staat nog niets.", "There is nothing here yet."),
        "string_type": Words("Hier hoort tekst.", "Text belongs here."),
        "too_short": Words(f"Hier hoort ten minste {limit} onderdeel.",
                           f"At least {limit} part belongs here."),
        "less_than_equal": Words(f"{given} is te veel: hooguit {limit}.",
                                 f"{given} is too much: {limit} at most."),
        "greater_than_equal": Words(f"{given} is te weinig: ten minste {limit}.",
                                    f"{given} is too little: {limit} at least."),
        "greater_than": Words(f"{given} is te weinig: meer dan {limit}.",
                              f"{given} is too little: more than {limit}."),
    }.get(what)  # fmt: skip
    if said is not None:
        quote = what == "string_type"
        return said, _QUOTE if quote else NOTHING
    if what.startswith(("int_", "float_")):
        return Words(f"‘{given}’ is geen getal.", f"‘{given}’ is not a number."), NOTHING
    if what.startswith("bool_"):
        return Words(f"‘{given}’ kan hier niet.", f"‘{given}’ is not possible here."), _TRUE_FALSE
    return Words(
        f"Dit klopt niet: {detail['msg']}.", f"This is not right: {detail['msg']}."
    ), NOTHING


_QUOTE = Words("Zet de tekst tussen dubbele aanhalingstekens.", "Put the text in double quotes.")
_TRUE_FALSE = Words("Kies true (ja) of false (nee).", "Choose true (yes) or false (no).")


def _fields_at(kind: type[BaseModel], path: Path) -> list[str]:
    return [name for model in _models_at(kind, path) for name in model.model_fields]


def _models_at(kind: type[BaseModel], path: Path) -> list[type[BaseModel]]:
    """The shapes that may stand at ``path`` under ``kind``."""
    here: list[type[BaseModel]] = [kind]
    for part in path:
        if isinstance(part, int):
            continue
        fields = [model.model_fields[part] for model in here if part in model.model_fields]
        here = [inner for found in fields for inner in _models_in(found.annotation)]
    return here


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and not isinstance(annotation, EnumMeta):
        if issubclass(annotation, BaseModel):
            yield annotation
        elif not get_args(annotation):
            return
    for inner in get_args(annotation):
        yield from _models_in(inner)
