"""From a table of texts to rows about people, with the mistakes per row.

One row is one person in one team; somebody in three teams has three rows with the same code. A
person with a mistake in any row is left alone altogether: half a person would lose teams.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kring.people.rules.personal import PersonalNumber, is_national_number, personal_number

COLUMNS = {
    "code": "personeelscode personeelsnummer medewerkernummer staffcode staffnumber"
    " employeenumber code",
    "name": "naam name volledigenaam fullname",
    "mail": "email mail emailadres mailadres werkmail workmail emailaddress mailaddress",
    "layer": "laag geleding layer",
    "place": "onderdeel organisatieonderdeel plek unit place path locatie location",
    "team": "team teamnaam teamname",
    "leads": "leidinggevende leidthetteam leads manager leadstheteam",
    "starts": "startdatum indienst begindatum start startdate",
    "ends": "einddatum uitdienst eind end enddate",
}
_NAMES = {name: column for column, names in COLUMNS.items() for name in names.split()}
_NEVER = [
    "bsn",
    "burgerservice",
    "sofi",
    "geboorte",
    "birth",
    "geslacht",
    "gender",
    "adres",
    "address",
    "postcode",
    "woonplaats",
    "telefoon",
    "phone",
    "nationaliteit",
    "nationality",
    "ziek",
    "sick",
    "verzuim",
    "salaris",
    "salary",
    "iban",
]
YES = frozenset(["ja", "j", "yes", "y", "true", "waar", "1", "x"])
NO = frozenset(["", *["nee", "n", "no", "false", "onwaar", "0"]])
LONGEST = {"code": 60, "name": 120, "mail": 200, "team": 120, "place": 600}
DEEPEST = 8
_MAIL = re.compile(r"[^@\s,;<>\"']+@[^@\s,;<>\"']+\.[^@\s.,;<>\"']+")
_DAY = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """What is wrong: the row as the spreadsheet counts (0 = the whole file), column, kind, value.

    ``value`` is cut to forty characters and empty where it must not be repeated.
    """

    row: int
    column: str
    kind: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One person in one team (``team`` empty: in none)."""

    number: int
    code: str
    name: str
    mail: str
    layer: str
    place: tuple[str, ...]
    team: str
    leads: bool
    starts: date | None
    ends: date | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read. ``unused`` names columns that were not looked at."""

    rows: tuple[Row, ...]
    mistakes: tuple[Mistake, ...]
    unused: tuple[str, ...] = ()


def read_rows(table: Sequence[Sequence[str]], *, layers: Mapping[str, str], today: date) -> Reading:
    """Read ``table`` (first row: headings). ``layers``: code or name in lower case → code."""
    heads, mistakes, unused = _headings(table[0] if table else [])
    if mistakes:
        return Reading((), tuple(mistakes), tuple(unused))
    rows: list[Row] = []
    wrong: list[Mistake] = []
    for number, cells in enumerate(table[1:], start=2):
        if any(cells):
            given = {name: cells[at] if at < len(cells) else "" for name, at in heads.items()}
            row, found = _row(number, given, layers, today)
            rows.append(row)
            wrong.extend(found)
    wrong.extend(_between(rows))
    numbers = {one.row for one in wrong}
    bad = {row.code for row in rows if row.number in numbers}
    kept = tuple(row for row in rows if row.code not in bad)
    return Reading(kept, tuple(sorted(wrong)), tuple(unused))


def _headings(row: Sequence[str]) -> tuple[dict[str, int], list[Mistake], list[str]]:
    heads: dict[str, int] = {}
    mistakes: list[Mistake] = []
    unused: list[str] = []
    for at, text in enumerate(row):
        plain = re.sub(r"[\W_]+", "", text.casefold())
        column = _NAMES.get(plain)
        if column is None and any(word in plain for word in _NEVER):
            mistakes.append(Mistake(1, text[:40], "column_never"))
        elif column is None and plain:
            unused.append(text[:40])
        elif column is not None and column in heads:
            mistakes.append(Mistake(1, text[:40], "column_twice"))
        elif column is not None:
            heads[column] = at
    for column in ("code", "name"):
        if column not in heads:
            mistakes.append(Mistake(1, column, "column_missing"))
    return heads, mistakes, unused


def _row(
    number: int, given: Mapping[str, str], layers: Mapping[str, str], today: date
) -> tuple[Row, list[Mistake]]:
    text = {
        name: unicodedata.normalize("NFC", " ".join(value.split())) for name, value in given.items()
    }
    wrong = [
        Mistake(number, name, kind, "" if kind in _UNSAID else text[name][:40])
        for name in LONGEST
        if (kind := _texts(name, text.get(name, "")))
    ]

    def note(column: str, kind: str) -> None:
        wrong.append(Mistake(number, column, kind, text.get(column, "")[:40]))

    if (mail := text.get("mail", "").lower()) and not _MAIL.fullmatch(mail):
        note("mail", "not_a_mail")
    layer = layers.get(text.get("layer", "").casefold(), "")
    if text.get("layer") and not layer:
        note("layer", "unknown_layer")
    place = tuple(part.strip() for part in re.split(r"[/>]", text.get("place", "")) if part.strip())
    if len(place) > DEEPEST or any(len(part) > 120 for part in place):
        note("place", "too_long")
    team = text.get("team", "")
    if team and not place:
        note("place", "team_without_place")
    if (leads := text.get("leads", "").casefold()) not in YES | NO:
        note("leads", "not_yes_or_no")
    days = {}
    for column in ("starts", "ends"):
        days[column], kind = _day(text.get(column, ""), column, today)
        if kind:
            note(column, kind)
    if days["starts"] and days["ends"] and days["ends"] < days["starts"]:
        note("ends", "ends_before_start")
    row = Row(
        number, text.get("code", ""), text.get("name", ""), mail, layer, place, team,
        leads in YES, days["starts"], days["ends"],
    )  # fmt: skip
    return row, wrong


_UNSAID = frozenset({"national_number", "birth_date"})


def _texts(column: str, text: str) -> str:
    """The kind of mistake in a text, or nothing."""
    if not text:
        return "empty" if column in ("code", "name") else ""
    if len(text) > LONGEST[column]:
        return "too_long"
    if text[0] in "=+-@":
        return "formula"
    if any(unicodedata.category(letter) in ("Cc", "Cf", "Co", "Cs") for letter in text):
        return "strange_letters"
    found = personal_number(text)
    if found is PersonalNumber.NATIONAL_NUMBER or (column == "code" and is_national_number(text)):
        return "national_number" if len(text) > 8 else ""
    return "birth_date" if found is PersonalNumber.BIRTH_DATE else ""


def _day(text: str, column: str, today: date) -> tuple[date | None, str]:
    if not text:
        return None, ""
    try:
        if found := _DAY.fullmatch(text):
            day = date(int(found[3]), int(found[2]), int(found[1]))
        else:
            day = date.fromisoformat(text)
    except ValueError:
        return None, "not_a_day"
    if not today.year - 55 <= day.year <= today.year + 30:
        return None, "odd_day"
    return day, ""


def _between(rows: Sequence[Row]) -> list[Mistake]:
    """Rows that contradict each other."""
    wrong: list[Mistake] = []
    first: dict[str, Row] = {}
    mails: dict[str, str] = {}
    teams: dict[tuple[object, ...], Row] = {}
    for row in rows:
        one = first.setdefault(row.code, row)
        for column in ("name", "mail", "layer", "starts", "ends"):
            if row.code and getattr(row, column) != getattr(one, column):
                wrong.append(Mistake(row.number, column, "differs", str(one.number)))
        if row.mail and mails.setdefault(row.mail, row.code) != row.code:
            wrong.append(Mistake(row.number, "mail", "mail_of_another", row.mail[:40]))
        same = teams.setdefault((row.code, _fold(row.place), row.team.casefold()), row)
        if same.leads != row.leads:
            wrong.append(Mistake(row.number, "leads", "differs", str(same.number)))
    return wrong


def _fold(place: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part.casefold() for part in place)
