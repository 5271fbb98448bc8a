"""The staff file: from a table to rows, and from rows to what must change. Pure."""

from kring.people.rules.staff.diff import (
    Join,
    Known,
    KnownMembership,
    KnownPerson,
    Leave,
    Plan,
    plan_for,
)
from kring.people.rules.staff.rows import Mistake, Reading, Row, read_rows

__all__ = [
    "Join",
    "Known",
    "KnownMembership",
    "KnownPerson",
    "Leave",
    "Mistake",
    "Plan",
    "Reading",
    "Row",
    "plan_for",
    "read_rows",
]
