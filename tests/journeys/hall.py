"""A hall full of people, for journeys: a few real screens, and the rest as bots over the API."""

import json
import re
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Any
from urllib.request import Request, urlopen

TEXTS = {
    "do": (
        "je belt zelf de gemeente als iets vastloopt",
        "je vraagt eerst wat iemand wil",
        "je probeert iets kleins en vertelt hoe het ging",
        "je belt zelf de gemeente",
        "je zegt ja tegen een goed idee van een ander",
        "je regelt het met de buren",
    ),
    "do_not": (
        "alles alleen oplossen",
        "geld verdienen aan zorg",
        "regels overslaan die mensen beschermen",
        "nog een project erbij",
        "iedereen moet overal ja op zeggen",
        "harder werken",
    ),
    "asked_of_us": ("dat we zelf beginnen", "dat we zeggen wat we nodig hebben"),
    "we_ask": ("kom eens kijken in de nacht", "geef ons een dag per maand om te proberen"),
    "count_on": ("dat fouten mogen", "dat jullie antwoorden"),
}
QUESTIONS = (
    "Wie beslist er straks over het rooster?",
    "Komt er geld voor scholing?",
    "Wat houdt op, zodat dit erbij kan?",
    "Geldt dit ook voor het bestuur?",
    "Wat als het misgaat?",
    "Wanneer weten we meer?",
)
OPINIONS = (
    "Wij kunnen morgen al beginnen",
    "Eerst moet de werkdruk omlaag",
    "Dit past bij waarom ik hier werk",
    "De leiding doet het zelf ook",
)


@dataclass
class Bot:
    """Somebody with a phone that is no browser."""

    url: str
    number: str
    seat: str
    token: str
    keys: Any = field(default_factory=count)

    def ask(self, kind: str, **fields: Any) -> dict[str, Any]:
        """Ask something; a refusal comes back as it is."""
        key = f"{self.seat}-{kind}-{next(self.keys):06d}"
        body = {"ask": {"kind": kind, **fields}, "key": key}
        return self._send("POST", f"meetings/{self.number}/asks", body)

    def screen(self) -> dict[str, Any]:
        """What this seat sees: ``view`` and ``mine``."""
        return self._send("GET", f"meetings/{self.number}/screen", None)

    def _send(self, method: str, path: str, body: dict[str, Any] | None) -> dict[str, Any]:
        return send(self.url, method, path, body, self.token)


def send(
    url: str, method: str, path: str, body: dict[str, Any] | None, token: str = ""
) -> dict[str, Any]:
    """One call of the API."""
    asked = Request(f"{url}/api/v1/{path}", method=method)
    asked.add_header("Content-Type", "application/json")
    if token:
        asked.add_header("Authorization", f"Bearer {token}")
    data = json.dumps(body).encode() if body is not None else None
    with urlopen(asked, data, timeout=30) as answer:
        found: dict[str, Any] = json.loads(answer.read())
        return found


@dataclass
class Hall:
    """The bots of one meeting, at tables 2, 3, …; the first of each table writes for it."""

    url: str
    code: str
    bots: list[Bot] = field(default_factory=list)
    tables: int = 6
    chance: Random = field(default_factory=lambda: Random(32))

    def come_in(self, many: int) -> None:
        """They sit down; table 1 is left to the real screens."""
        for number in range(many):
            joined = send(self.url, "POST", "join", {"code": self.code, "name": f"Gast {number}"})
            bot = Bot(self.url, str(joined["meeting"]), joined["seat"], joined["token"])
            table, host = 1 + number % (self.tables - 1), number < self.tables - 1
            assert bot.ask("sit_at", table=table, host=host)["refused"] is None
            self.bots.append(bot)

    @property
    def hosts(self) -> list[Bot]:
        """Who writes for a table."""
        return self.bots[: self.tables - 1]

    def fill_columns(self) -> None:
        """Every table writes something in every column, for every word."""
        part = self.hosts[0].screen()["view"]["part"]
        for place, host in enumerate(self.hosts):
            for word in part["words"]:
                for column in part["columns"]:
                    texts = TEXTS[column["id"]]
                    text = texts[place % len(texts)]
                    done = host.ask("put_in", text=text, column=column["id"], about=word["card"])
                    assert done["refused"] is None, done

    def vote(self) -> None:
        """A few write a sentence; everybody votes, in two ways of looking at it."""
        for bot, text in zip(self.bots, OPINIONS, strict=False):
            assert bot.ask("contribute", text=text)["refused"] is None
        cards = [one["card"] for one in self.bots[0].screen()["view"]["cards"]]
        for place, bot in enumerate(self.bots):
            for number, card in enumerate(cards):
                eager = (place % 2 == 0) if number % 2 else self.chance.random() < 0.9
                bot.ask("vote", card=card, vote="agree" if eager else "disagree")

    def ask_questions(self) -> None:
        """A question from every table, and some without a name."""
        for place, host in enumerate(self.hosts):
            assert host.ask("put_in", text=QUESTIONS[place % len(QUESTIONS)])["refused"] is None
        for place, bot in enumerate(self.bots[self.tables : self.tables + 5]):
            assert (
                bot.ask("into_box", text=f"Zonder naam: durven we dit? ({place + 1})")["refused"]
                is None
            )


def number_in(address: str) -> str:
    """The number of the meeting in an address."""
    found = re.search(r"/meetings/(\d+)/", address)
    assert found
    return found.group(1)
