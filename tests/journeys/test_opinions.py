"""A room votes on short sentences: the phone asks one thing, the big screen follows, nobody is seen."""

import json
import uuid
from typing import Any
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PHONE, SCREEN, Site, Visit, axe, picture

pytestmark = pytest.mark.browser

SENTENCES = (
    "Cliënten beslissen mee over hun eigen dag.",
    "We beginnen elke dienst met vijf minuten rust.",
    "Ik durf te zeggen dat iets niet goed ging.",
    "Overdracht doen we staand en kort.",
    "De roosters maken we zelf, als team.",
    "Er is tijd om van elkaar te leren.",
    "Rapporteren kan de helft korter.",
    "Vaste teams zijn beter dan flexibele.",
    "Leidinggevenden lopen een dienst mee.",
)
SHARED = 3
PEOPLE = 45

PREPARE = f"""
import json
from kring.base import clock, scope
from kring.meetings import actions, room
from kring.meetings.engine import Who, read_ask
from kring.meetings.models import Meeting, Seat, SeatState
from kring.meetings.room import Job
from kring.meetings.stream import tokens
from kring.meetings.tests.scripts import both, phase, step, talk
from kring.people.actors import actor_of
from kring.people.models import Organisation, Person, Team
entry = {{"label": {{"nl": "Jouw zin", "en": "Your sentence"}}, "most_per_seat": 30}}
asked = step("map", "opinions", "SILENT", visibility="V3", record="K", entry=entry)
asked["prompts"] = [{{"text": {{"nl": "Wat vind jij belangrijk in hoe wij werken?", "en": "What matters?"}}}}]
part = phase("map", asked)
part["title"] = {{"nl": "Meningenkaart", "en": "Opinion map"}}
script = talk(phases=[part], outputs=[], group={{"min": 1, "normal": 8, "max": 200}})
with scope.everywhere("a journey prepares its room"):
    place = Organisation.objects.get(slug="linde").pk
with scope.inside(place):
    people = {{name: Person.objects.get(account__email=f"{{name}}@linde.example") for name in ("sami", "noor")}}
    actor = actor_of(people["sami"])
    invited = ((people["sami"], ("moderator",)), (people["noor"], ()))
    meeting = actions.start_now(actor, actions.Plan(
        team=Team.objects.get(name="Team Vuurtoren"), protocol=script, starts_at=clock.now(), people=invited))
    actions.join(actor, meeting)
    seats = [Seat(organisation_id=place, meeting=meeting, place=50 + n, name=f"Mens {{n}}", state=SeatState.JOINED)
             for n in range({PEOPLE})]
    Seat.objects.bulk_create(seats)
    held = room.of(meeting)
    for seat in seats:
        assert held.carry(Job(Who(seat.key), read_ask({{"kind": "take_seat"}}), "r" + seat.key)).refused is None
    print(json.dumps({{"number": meeting.pk, "tokens": [tokens.make(meeting, seat, "phone") for seat in seats]}}))
"""


def tell(site: Site, token: str, **asked: Any) -> None:
    """One tap of somebody whose phone is not on the table here."""
    body = json.dumps({"ask": asked, "key": uuid.uuid4().hex}).encode()
    sent = Request(f"{site.url}/live/{token}/ask", body, {"Content-Type": "application/json"})
    with urlopen(sent) as answer:
        assert json.loads(answer.read())["refused"] is None


def looks_right(page: Page, name: str, width: int) -> None:
    """Nothing for axe, nothing off the side; a picture when one is asked for."""
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    picture(page, name, full=width == PHONE)


def everybody_votes(site: Site, tokens: list[str], cards: list[str]) -> None:
    """All say yes to the first three; on the others they are in two camps."""
    for number, token in enumerate(tokens):
        for at, card in enumerate(cards):
            yes = at < SHARED or (number % 5 < 3) == (at % 2 == 0)
            tell(site, token, kind="vote", card=card, vote="agree" if yes else "disagree")


def one_thing_to_do(phone: Page) -> None:
    """By thumb and by keyboard; what I said can be changed."""
    first = phone.locator("#statement")
    phone.locator("button.vote.agree").click()
    expect(first).not_to_have_text(SENTENCES[0])
    second = first.inner_text()
    phone.locator("button.vote.agree").focus()
    phone.keyboard.press("2")
    expect(first).not_to_have_text(second)
    phone.locator("#last-vote summary").click()
    expect(phone.locator("#last-vote")).to_contain_text("Je bent het oneens.")
    phone.locator("#last-vote button[value=agree]").click()
    expect(phone.locator("#last-vote")).to_contain_text("Je bent het eens.")


def hold_back(site: Site, token: str, lead: Page, board: Page, phone: Page) -> None:
    """A bad sentence is held back, visibly and with a reason."""
    tell(site, token, kind="contribute", text="Piet doet nooit iets")
    lead.locator("#all-statements > summary").click()
    bad = lead.locator("#all-statements li", has_text="Piet doet nooit iets")
    bad.get_by_text("Houd hem vast").click()
    bad.get_by_role("button", name="Een naam, of iemand herkenbaar").click()
    expect(board.locator("body")).to_contain_text("Er staat iemand in die je kunt herkennen.")
    expect(board.locator("body")).not_to_contain_text("Piet doet nooit iets")
    expect(phone.locator("body")).not_to_contain_text("Piet doet nooit iets")


def test_a_room_votes_and_sees_what_it_shares(visit: Visit) -> None:
    made = json.loads(visit.site.python(PREPARE).strip().splitlines()[-1])
    home = f"/linde/meetings/{made['number']}/"
    lead = visit(f"{home}lead/", who="sami@linde.example", width=1280)
    phone = visit(f"{home}phone/", who="noor@linde.example")
    if "/phone/" not in phone.url:
        phone.goto(home)
        phone.locator("main button.main").first.click()
        phone.wait_for_url("**/phone/")
    board = visit(f"{home}board/", who="sami@linde.example", width=SCREEN)
    lead.locator("#start button").click()
    expect(lead.locator("#start")).to_have_count(0)
    for sentence in SENTENCES:
        tell(visit.site, made["tokens"][0], kind="contribute", text=sentence)
    first = phone.locator("#statement")
    expect(first).to_have_text(SENTENCES[0])
    looks_right(phone, "opinion-phone", PHONE)

    one_thing_to_do(phone)
    hold_back(visit.site, made["tokens"][1], lead, board, phone)
    cards = [
        one.removeprefix("c-")
        for one in lead.locator("#all-statements li[id^=c-]").evaluate_all(
            "all => all.map(x => x.id)"
        )
    ]
    assert len(cards) == len(SENTENCES)
    everybody_votes(visit.site, made["tokens"], cards)
    finding = board.locator(".finding")
    expect(finding).to_have_text("We denken in twee groepen, en dit delen we.", timeout=20_000)
    expect(board.locator(".shared-lines")).to_contain_text(SENTENCES[0])
    expect(board.locator(".clouds .cloud")).to_have_count(2)
    looks_right(board, "opinion-board", SCREEN)

    looks_right(lead, "opinion-lead", 1280)
    lead.get_by_text("Stop met stemmen en laat de laatste kaart zien").click()
    lead.get_by_role("button", name="Iedereen is klaar: laat de kaart zien").click()
    expect(phone.locator(".finding")).to_have_text("We denken in twee groepen, en dit delen we.")
    expect(phone.locator("#vote-now")).to_have_count(0)
    looks_right(phone, "opinion-phone-map", PHONE)
