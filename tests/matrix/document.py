"""``docs/permissions.md``, written from the rows that the walk proves and from the rules."""

from django.utils import translation

from kring.base.policy import rules
from tests.house.places import ROOT
from tests.matrix import ROLES, Row
from tests.matrix.routes import route_of, rows

DOCUMENT = ROOT / "docs" / "permissions.md"
HEAD = """# Who may do what

Written by `python -m tests.matrix` from the rows in `kring/<feature>/tests/matrix.py`; tests walk
every row with every role and fail when the product does anything else. Do not edit by hand.

**●** own team and other teams · **◐** own team only · **○** other teams only · empty: sent to the
login page, refused with a reason, or told that it does not exist. A thing of another organisation
does not exist, for everybody, always.

"""


def _cell(row: Row, role: str) -> str:
    own, has_other = role in row.own, bool(route_of(row).parameters) and row.other is not None
    other = role in (row.other or frozenset()) if has_other else own
    return {(True, True): "●", (True, False): "◐", (False, True): "○", (False, False): ""}[
        own, other
    ]


def document() -> str:
    """The whole text."""
    lines = [HEAD + "## Rules\n", "| Rule | About | Who |", "| --- | --- | --- |"]
    with translation.override("en"):
        for rule in rules():
            lines.append(f"| `{rule.name}` | {rule.about} | {' '.join(rule.meaning.split())} |")
    lines += ["", "## Routes", "", "| Route | " + " | ".join(ROLES.values()) + " |"]
    lines.append("| --- |" + " :-: |" * len(ROLES))
    for row in sorted(rows(), key=lambda row: row.label.split(" ")[::-1]):
        cells = " | ".join(_cell(row, role) for role in ROLES)
        lines.append(f"| `{row.label}` | {cells} |")
    return "\n".join(lines) + "\n"
