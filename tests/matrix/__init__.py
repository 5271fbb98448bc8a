"""The matrix (safety §6): every route × every role × own team, other team, other organisation.

Each feature keeps its rows in ``kring/<feature>/tests/matrix.py``::

    from tests.matrix import PEOPLE, Row, only

    ROWS = [
        Row("people:team", own=PEOPLE, other=PEOPLE),                # GET, open to every person
        Row("agreements:ring", "POST", own=only("member", "leader")),
        Row("agreements:undo", "POST", use={"number": "step"}, own=only("member")),
        Row("GET /api/v1/me", own=PEOPLE),                            # the public interface
    ]

    def furnish(house: House, place: str) -> dict[str, object]:
        '''Things of one team, by the name of the parameter in the address.'''

    SEES = {"agreements.Agreement": "agreements.see"}     # visible_to(actor) equals this rule

    forget = room.forget_all     # optional: what the feature keeps in memory between requests

``own`` are the roles that get in when the thing in the address is of team Vuurtoren (the own team
of most roles), ``other`` when it is of another team of the same organisation. Everybody else must be
sent to the login page, refused, or told that it does not exist. A thing of another organisation
answers exactly like one that does not exist, for everybody; no need to say so in a row.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

# Roles of De Linde, all seen from team Vuurtoren. name -> who plays it, how it reads in a table
ROLES = {
    "visitor": "visitor",
    "guest": "guest with a code",
    "member": "member",
    "facilitator": "facilitator",
    "leader": "team leader",
    "region": "manager of the region",
    "board": "board",
    "administrator": "administrator",
    "privacy": "privacy officer",
    "works_council": "works council",
    "client_council": "client council",
    "external": "external, one organisation",
    "external_both": "external, two organisations",
    "stranger": "member of another organisation",
    "operator": "operator",
    "expired": "expired",
}
EVERYBODY = frozenset(ROLES)
NOBODY: frozenset[str] = frozenset()
OUTSIDERS = frozenset({"visitor", "guest", "stranger", "operator", "expired"})
PEOPLE = EVERYBODY - OUTSIDERS
EXTERNALS = frozenset({"external", "external_both"})
STAFF = PEOPLE - EXTERNALS
TEAM = frozenset({"member", "facilitator", "leader"})
WITH_ACCOUNT = EVERYBODY - {"visitor", "guest"}


def only(*roles: str) -> frozenset[str]:
    """Exactly these roles."""
    assert set(roles) <= EVERYBODY, set(roles) - EVERYBODY
    return frozenset(roles)


@dataclass(frozen=True)
class Row:
    """Who gets in at one route. ``use`` says which thing fills a parameter of the address.

    ``data`` makes what is sent along, given the things of that place; without it a POST is sent
    empty, which an allowed role sees answered with "something is missing".
    """

    route: str
    method: str = "GET"
    own: frozenset[str] = NOBODY
    other: frozenset[str] | None = None
    use: dict[str, str] = field(default_factory=dict)
    query: str = ""
    data: Callable[[dict[str, Any]], dict[str, Any]] | None = None

    @property
    def verb(self) -> str:
        """The method; rows of the public interface have it in their name."""
        return self.route.split(" ")[0] if " " in self.route else self.method

    @property
    def label(self) -> str:
        """How the row is called in failures and documents."""
        return self.route if " " in self.route else f"{self.method} {self.route}"
