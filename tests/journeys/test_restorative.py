"""A restorative conference in a browser: from the plan to the look-back, and stopping on the way."""

import pytest
from playwright.sync_api import expect

from tests.browser import PHONE, SCREEN, Visit, axe, picture
from tests.journeys.circle import group_picture, write
from tests.journeys.quiet import Quiet, fill_in, plan

pytestmark = pytest.mark.browser
GUESTS = ("Riet", "Truus")


def _prepared(visit: Visit) -> Quiet:
    quiet = plan(visit)
    lead = quiet.lead
    assert axe(lead) == []
    fill_in(lead)
    picture(lead, "talk-plan", full=True)
    lead.locator("main form button.main").click()
    lead.wait_for_url(lambda url: "/new/" not in url)
    quiet.here = lead.url
    expect(lead.locator(".notice", has_text="Nog niet. Eerst dit")).to_contain_text(
        "4 mensen hebben nog een gesprek"
    )
    expect(lead.get_by_role("button", name="Open de kamer")).to_have_count(0)
    assert axe(lead) == []
    picture(lead, "talk-prepare", full=True)
    for name in ("Noor", "Wim", *GUESTS):
        quiet.prepare(name)
        if name == "Noor":
            picture(lead, "talk-person", full=True)
            assert axe(lead) == []
        lead.locator("main form button.main").last.click()
        lead.wait_for_url(quiet.here)
    return quiet


def _chosen(quiet: Quiet) -> None:
    for name, code in quiet.codes().items():
        quiet.guest(name, code)
    for name in ("noor", "wim"):
        quiet.colleague(name)
    first = quiet.phones["noor"]
    assert axe(first) == []
    assert first.evaluate("document.documentElement.scrollWidth") <= PHONE
    assert "Herstel" not in first.title()
    picture(first, "talk-choose", full=True)
    for name in quiet.phones:
        quiet.say_yes(name)


def test_a_conference_from_preparation_to_look_back(visit: Visit) -> None:
    quiet = _prepared(visit)
    _chosen(quiet)
    lead = quiet.lead
    lead.goto(quiet.here)
    lead.get_by_role("button", name="Open de kamer").click()
    lead.wait_for_url("**/lead/")
    for name in quiet.phones:
        quiet.sit_down(name)
    lead.locator("#start button").click()
    expect(lead.locator("#question")).to_contain_text("Ga zitten waar we hebben afgesproken")
    for question in ("wat er is gebeurd", "Neem ons mee"):
        quiet.next_to(question)
    _another_question(quiet)
    board = visit(f"{quiet.here}board/", who="wim@linde.example", width=SCREEN)
    board.goto(f"{quiet.here}board/")
    for name in ("Noor", "Riet", "Fleur", "Neem ons mee", "Wie het deed"):
        expect(board.locator("body")).not_to_contain_text(name)
    assert axe(board) == []
    picture(board, "talk-board")
    picture(lead, "talk-lead")
    assert axe(lead) == []
    group_picture(
        board, [quiet.phones[name] for name in ("noor", "Riet", "wim")], "talk-conference"
    )
    for question in ("Wat gebeurde er met jou", "Hoe hoorde jij het", "Je hebt geluisterd",
                     "We stoppen tien minuten", "Wat heb je nodig", "Wat kunnen we doen",
                     "Is dit eerlijk"):  # fmt: skip
        quiet.next_to(question)
    write(quiet.phones["noor"], "Noor belt Riet elke vrijdag, tot de zomer.")
    picture(quiet.phones["noor"], "talk-agreement-phone")
    quiet.next_to("Zeg je hier ja op?")
    for name in ("noor", "Riet"):
        quiet.phones[name].locator("form[id^=yes-] button").click()
    lead.locator("form[id^=settle-] button").click()
    quiet.next_to("Wil je nog iets zeggen?")
    _close_and_look_back(quiet)


def _another_question(quiet: Quiet) -> None:
    """From any phase, found by a word; no word stands in an address, and it can go away again."""
    lead, wim = quiet.lead, quiet.phones["wim"]
    lead.get_by_role("link", name="Een vraag zoeken").click()
    expect(lead.get_by_label("Zoek een woord")).to_be_focused()
    lead.keyboard.type("geraakt")
    with lead.expect_navigation():
        lead.keyboard.press("Enter")
    assert lead.url == f"{quiet.here}questions/"
    assert axe(lead) == []
    picture(lead, "talk-questions", full=True)
    with lead.expect_navigation():
        lead.locator("button[value='restorative.who_affected']").click()
    expect(wim.locator("#question h1")).to_contain_text("geraakt")
    lead.locator("#pick-none button").click()
    expect(wim.locator("#question")).to_contain_text("Neem ons mee")


def _close_and_look_back(quiet: Quiet) -> None:
    lead = quiet.lead
    lead.goto(f"{quiet.here}close/")
    expect(lead.locator(".card", has_text="Dit blijft")).to_contain_text("Noor belt Riet")
    assert axe(lead) == []
    picture(lead, "talk-close", full=True)
    lead.locator("main form button.main").click()
    lead.wait_for_url(quiet.here)
    expect(lead.locator("main")).to_contain_text("Noor belt Riet elke vrijdag")
    noor, wim = quiet.phones["noor"], quiet.phones["wim"]
    expect(noor.locator("#question")).to_have_text("Dit gesprek is voorbij.")
    for page in (noor, quiet.phones["Riet"]):
        page.goto(quiet.here)
        expect(page.locator("main")).to_contain_text("Noor belt Riet elke vrijdag")
    assert axe(noor) == []
    picture(noor, "talk-agreements", full=True)
    wim.goto(quiet.here)
    expect(wim.locator("h1")).to_have_text("Het gesprek is voorbij")
    expect(wim.locator("main")).not_to_contain_text("vrijdag")
    noor.get_by_role("link", name="Naar dat gesprek").click()
    expect(noor.locator("h1")).to_have_text("Fijn dat je komt")
    lead.goto(quiet.here)
    lead.get_by_role("link", name="Naar dat gesprek").click()
    lead.get_by_role("button", name="Open de kamer").click()
    lead.wait_for_url("**/lead/")
    picture(lead, "talk-look-back")


def test_one_word_stops_it_and_nobody_hears_whose(visit: Visit) -> None:
    quiet = _prepared(visit)
    _chosen(quiet)
    quiet.lead.goto(quiet.here)
    quiet.lead.get_by_role("button", name="Open de kamer").click()
    quiet.lead.wait_for_url("**/lead/")
    for name in quiet.phones:
        quiet.sit_down(name)
    quiet.lead.locator("#start button").click()
    riet = quiet.phones["Riet"]
    expect(riet.locator("#question")).to_contain_text("Ga zitten waar")
    riet.locator("summary", has_text="Ik stop ermee").click()
    picture(riet, "talk-stop", full=True)
    riet.get_by_role("button", name="Ja, ik stop").click()
    expect(riet.locator("h1")).to_have_text("Het gesprek is gestopt")
    for page in (quiet.lead, quiet.phones["noor"], quiet.phones["wim"]):
        expect(page.locator("#question")).to_have_text("Dit gesprek is voorbij.", timeout=15_000)
        page.get_by_role("link", name="Ga verder").click()
        expect(page.locator("h1")).to_have_text("Het gesprek is gestopt")
        expect(page.locator("main")).not_to_contain_text("Riet")


def test_nobody_else_finds_a_way(visit: Visit) -> None:
    """The team leader and the administrator look where people look."""
    quiet = plan(visit)
    fill_in(quiet.lead, place="Verborgen kamer")
    quiet.lead.locator("main form button.main").click()
    quiet.lead.wait_for_url(lambda url: "/new/" not in url)
    here = quiet.lead.url.replace(visit.site.url, "")
    page = visit("/linde/", who="joke@linde.example", width=SCREEN)
    for path in ("/linde/", "/linde/meetings/", "/linde/meetings/talks/"):
        page.goto(path)
        expect(page.locator("body")).not_to_contain_text("Verborgen kamer")
        assert here not in page.content()
    answer = page.goto(here)
    assert answer is not None
    assert answer.status == 404
