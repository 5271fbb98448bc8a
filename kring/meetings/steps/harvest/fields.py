"""Filling the fields of an output: by kind, and seats only for oneself."""

from datetime import date

from kring.methods.format.outputs import OutputField

MOST_DAYS = 400


def clean(field: OutputField, value: str | None, today: date) -> str | None:
    """The value as stored; ValueError when it does not fit the field. Empty clears it."""
    if value is None or not value:
        return None
    match field.kind:
        case "date":
            day = date.fromisoformat(value)
            if day < today:
                raise ValueError("past day")
            return day.isoformat()
        case "days":
            return str(_within(int(value), 1, MOST_DAYS))
        case "scale":
            return str(_within(int(value), 0, 10))
        case "choice":
            return _one_of(value, {word.id for word in field.choices})
        case "yes_no":
            return _one_of(value, {"yes", "no"})
        case "seat":
            raise ValueError("a seat is taken on, never filled in")
        case _:
            return value


def _within(number: int, low: int, high: int) -> int:
    if not low <= number <= high:
        raise ValueError("out of range")
    return number


def _one_of(value: str, words: set[str]) -> str:
    if value not in words:
        raise ValueError("no such word")
    return value


def typed(field: OutputField, value: str) -> str | int:
    """The value as it leaves the circle: numbers as numbers."""
    return int(value) if field.kind in ("days", "scale") else value
