"""A whole good practice review: a facilitator, four phones, a big screen, an agreement, a bell."""

import re
import time
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Visit, axe, picture
from tests.journeys.circle import Circle, group_picture, start_now, write

pytestmark = pytest.mark.browser


@pytest.fixture
def circle(visit: Visit) -> Circle:
    return start_now(visit, "good_practice_review")


def test_from_the_first_click_to_a_bell_after_silence(visit: Visit, circle: Circle) -> None:
    began = time.monotonic()
    noor, daan, joke = (circle.come_in(name) for name in ("noor", "daan", "joke"))
    truus = circle.come_in_as_guest("Truus")
    board, lead = circle.board(), circle.lead
    expect(board.locator("h1")).to_have_text("Kom erbij zitten.")
    expect(board.locator(".seat-name")).to_have_text(["Sami", "Noor", "Daan", "Joke", "Truus"])
    picture(board, "meeting-board-waiting")
    picture(lead, "meeting-lead-waiting")
    circle.begin()
    for page in (noor, daan, joke, truus, board):
        expect(page.locator("#question")).to_contain_text("een keer dat iets lukte")
    assert time.monotonic() - began < 120  # from the code on the wall to the question on phones

    the_story_and_the_parking(circle, board)
    circle.next_to("Wat ik bij jou zag")
    the_round(circle)
    circle.next_to("Wat doet dit met je")
    write(noor, "Ik ga vaker eerst zitten.")
    circle.next_to("mogen het team")
    agreement = the_harvest(circle)
    picture(board, "meeting-board-harvest")
    the_end(circle, agreement)
    expect(daan.locator("h1")).to_contain_text("De bijeenkomst is voorbij")
    the_bell(visit, agreement)


def the_story_and_the_parking(circle: Circle, board: Page) -> None:
    """One tells, the others ask; then the others talk about it and the teller only listens."""
    noor, daan, joke, truus = (circle.phones[name] for name in ("noor", "daan", "joke", "Truus"))
    lead = circle.lead
    noor.locator("#role-contributor button").click()
    expect(noor.locator(".whose.mine")).to_have_text("Jij vertelt.")
    expect(daan.locator(".whose")).to_have_text("Noor vertelt")
    write(noor, "Iemand die boos was, ging zitten toen ik ging zitten.")
    expect(board.locator(".slip")).to_have_text(
        "Iemand die boos was, ging zitten toen ik ging zitten."
    )
    picture(noor, "meeting-phone-story", full=True)
    circle.next_to("stap voor stap")
    write(truus, "Ik hoorde dat je eerst niets zei.")
    circle.next_to("parkeerstand")
    circle.next_to("Nog niets verklaren")
    expect(noor.locator(".whose")).to_have_text("Geparkeerd: luister maar.")
    expect(noor.locator("textarea")).to_have_count(0)
    expect(board.locator(".seat.parked .seat-mark").first).to_have_text("N")
    picture(noor, "meeting-phone-parked")
    circle.next_to("zo lang mogelijk")
    write(daan, "Eerst gaan zitten, dan pas praten.")
    write(joke, "Een collega nam de telefoon over.")
    expect(board.locator(".slip")).to_have_count(2)
    group_picture(board, [noor, daan, joke, truus], "good-practice")
    picture(lead, "meeting-lead-cards")
    circle.next_to("Waardoor werkte het")


def the_round(circle: Circle) -> None:
    """Everybody but the one it is given to; the facilitator late, whoever leads the team is last; passing is neutral."""
    spoke = []
    for _turn in range(4):
        words = circle.lead.locator(".lead-now .whose").inner_text()
        name = "Sami" if "Jij bent" in words else words.split(" ")[0]
        spoke.append(name)
        phone = circle.phones.get(name.lower()) or circle.phones.get(name)
        if name == "Daan" and phone:
            expect(phone.locator(".whose.mine")).to_have_text("Jij bent aan het woord.")
            picture(phone, "meeting-phone-turn")
        if name == "Truus" and phone:
            phone.get_by_role("button", name="Ik pas").click()
        else:
            circle.lead.locator("#end-turn button").click()
        expect(circle.lead.locator(".lead-now .whose")).not_to_have_text(words)
    assert spoke == ["Daan", "Truus", "Sami", "Joke"]
    again = circle.lead.locator(".lead-now .whose")
    expect(again).to_have_text("Truus is aan het woord · nog één keer voor wie paste")
    circle.lead.locator("#end-turn button").click()
    expect(again).to_have_text("Iedereen is geweest.")


def the_harvest(circle: Circle) -> str:
    """A card of Daan goes along because Daan says yes; an agreement Joke takes on by herself."""
    lead = circle.lead
    daan, joke = circle.phones["daan"], circle.phones["joke"]
    joke.locator("details[id^=from-] summary", has_text="Verzamelen").click()
    card = joke.locator("li", has_text="Eerst gaan zitten")
    card.get_by_role("button", name="Werkzame factor").click()
    expect(joke.locator(".harvest-consent")).to_have_text("Wacht op het ja van wie het kwam.")
    picture(daan, "meeting-phone-consent", full=True)
    daan.get_by_role("button", name="Ja, dat mag").click()
    expect(lead.locator(".harvest-consent")).to_contain_text("Dit mag mee")
    lead.get_by_role("button", name="Dit gaat mee").click()
    expect(joke.locator(".harvest-consent")).to_have_text("Gaat mee.")

    agreement = "Wie binnenkomt bij iemand die boos is, gaat eerst zitten."
    joke.select_option("#propose-kind", "agreement")
    joke.fill("#propose-text", agreement)
    joke.locator("#propose-new button").click()
    mine = lead.locator(".harvest", has_text=agreement)
    joke.locator(".harvest", has_text=agreement).get_by_role(
        "button", name="Ik neem dit op me"
    ).click()
    expect(mine.locator("dd").first).to_have_text("Joke")
    mine.locator("form[id^=fields-] button").click()
    expect(mine.locator(".harvest-consent")).to_contain_text("Dit mag mee")
    picture(lead, "meeting-lead-harvest")
    mine.get_by_role("button", name="Dit gaat mee").click()
    expect(circle.lead.locator(".harvest-consent")).to_have_text(["Gaat mee.", "Gaat mee."])
    return agreement


def the_end(circle: Circle, agreement: str) -> None:
    """Closing says what goes and what stays; the page afterwards holds only the harvest."""
    lead = circle.lead
    lead.locator(".lead-moves a.button").click()
    expect(lead.locator("main")).to_contain_text("Verzamelen")
    expect(lead.locator("main")).to_contain_text("2 dingen die de kring uit mochten.")
    day = date.fromisoformat(lead.input_value("input[name=look_back_on]"))
    assert 7 <= (day - date.today()).days <= 60
    picture(lead, "meeting-close")
    lead.get_by_role("button", name="Sluit af en wis").click()
    expect(lead.locator(".harvest-text")).to_have_text(
        ["Eerst gaan zitten, dan pas praten.", agreement]
    )
    said = lead.locator("main").inner_text()
    assert "telefoon" not in said
    assert "eerst niets zei" not in said
    picture(lead, "meeting-after")
    minutes = lead.request.get(f"{circle.address}minutes.pdf")
    assert (minutes.status, minutes.body()[:5]) == (200, b"%PDF-")


def the_bell(visit: Visit, agreement: str) -> None:
    """Nobody looks back and nobody says a word: the bell rings by itself."""
    later = visit.site.python(
        "from datetime import timedelta\n"
        "from kring.base import clock\n"
        "for days in (30, 50, 70, 90):\n"
        "    at = clock.now() + timedelta(days=days)\n"
        "    with clock.pretend(at):\n"
        "        clock.run_once(at)\n"
        "print('rang')\n"
    )
    assert "rang" in later
    joke = visit("/linde/agreements/", who="joke@linde.example")
    rung = joke.locator(".agreement.rung, .bell", has_text=re.compile("gaat eerst zitten"))
    expect(rung.first).to_contain_text(agreement)
    picture(joke, "agreement-bell", full=True)
    assert axe(joke) == []
