"""What a facilitator does beside the script: looking back first, choosing a question, making room."""

import pytest
from playwright.sync_api import expect

from tests.browser import PHONE, Visit, axe, picture
from tests.journeys.circle import LAPTOP, start_now

pytestmark = pytest.mark.browser

AGREED = """
from kring.agreements import actions
from kring.base import scope
from kring.people.actors import actor_of
from kring.people.models import Organisation, Person, Team
with scope.everywhere("a journey prepares its table"):
    place = Organisation.objects.get(slug="linde").pk
with scope.inside(place):
    noor = actor_of(Person.objects.get(account__email="noor@linde.example"))
    team = Team.objects.get(name="Team Vuurtoren")
    for what in ("We bellen voor acht uur met thuis", "We eten op vrijdag samen"):
        made = actions.make(noor, team=team, what=what, taken_on_by_team=True)
    actions.ring_bell(noor, made, sentence="Het lukt niet")
"""


def looks_right(page: object, name: str) -> None:
    """Nothing for axe, nothing off the side, at both sizes; pictures when they are asked for."""
    for width in (PHONE, LAPTOP):
        page.set_viewport_size({"width": width, "height": 900})  # type: ignore[attr-defined]  # a Page
        assert axe(page) == []  # type: ignore[arg-type]  # a Page
        assert page.evaluate("document.documentElement.scrollWidth") <= width  # type: ignore[attr-defined]  # a Page
        picture(page, f"{name}-{width}", full=True)  # type: ignore[arg-type]  # a Page


def test_agreements_come_back_first_and_then_the_meeting_begins(visit: Visit) -> None:
    visit.site.python(AGREED)
    circle = start_now(visit, "opening_circle")
    lead, board = circle.lead, circle.board()
    rung = lead.locator(".agreement", has_text="We eten op vrijdag samen")
    expect(lead.locator(".agreement").first).to_contain_text("We eten op vrijdag samen")
    expect(board.locator(".agreement").first).to_contain_text("We eten op vrijdag samen")
    assert axe(board) == []
    picture(board, "brought-board")
    looks_right(lead, "brought-lead")
    rung.get_by_text("Zet er een zin bij").click()
    rung.locator("input[name=noticed]").fill("De helft was er")
    with lead.expect_navigation():
        rung.get_by_role("button", name="Loopt nog niet").click()
    expect(rung.locator(".agreement-facts")).to_contain_text("Loopt nog niet")
    expect(board.locator(".agreement").first).to_contain_text("Loopt nog niet")
    with lead.expect_navigation():
        rung.get_by_role("button", name="Ongedaan maken").click()
    expect(rung.get_by_role("button", name="Loopt nog niet")).to_be_visible()
    lead.locator("#start button").click()
    expect(lead.locator("#next button")).to_be_visible()
    expect(lead.locator(".agreement")).to_have_count(0)
    expect(board.locator(".agreement")).to_have_count(0)


def test_the_facilitator_picks_the_question(visit: Visit) -> None:
    circle = start_now(visit, "opening_circle")
    lead, phone = circle.lead, circle.come_in("noor")
    circle.begin()
    lead.locator("#next button").click()
    expect(lead.locator("#bank")).to_be_visible()
    looks_right(lead, "bank-lead")
    lead.locator("#pick-thank button").click()
    for page in (lead, phone):
        expect(page.locator("#question")).to_have_text("Wie wil je bedanken en waarvoor?")
    looks_right(lead, "bank-chosen")
    lead.locator("#bank summary").click()
    lead.locator("#pick-none button").click()
    expect(phone.locator("#question")).not_to_contain_text("bedanken")


def test_the_facilitator_finds_a_question_for_any_phase(visit: Visit) -> None:
    circle = start_now(visit, "opening_circle")
    lead, phone = circle.lead, circle.come_in("noor")
    circle.begin()
    lead.get_by_role("link", name="Een vraag zoeken").click()
    field = lead.get_by_label("Zoek een woord")
    expect(field).to_be_focused()
    looks_right(lead, "questions-lists")
    lead.keyboard.type("geraakt")
    with lead.expect_navigation():
        lead.keyboard.press("Enter")
    looks_right(lead, "questions-found")
    with lead.expect_navigation():
        lead.locator("button[value='restorative.who_affected']").click()
    for page in (lead, phone):
        expect(page.locator("#question")).to_have_text(
            "Wie is erdoor geraakt, en hoe?", use_inner_text=True
        )
    looks_right(lead, "questions-asked")
    lead.get_by_role("button", name="Haal de vraag weer weg").click()
    expect(phone.locator("#question")).not_to_contain_text("geraakt")


def test_somebody_without_a_phone_comes_late_and_sits_where_there_is_room(visit: Visit) -> None:
    circle = start_now(visit, "opening_circle")
    lead = circle.lead
    circle.come_in("noor")
    circle.begin()
    lead.get_by_text("Iemand zonder telefoon").click()
    lead.fill("#chair-name", "Truus")
    with lead.expect_navigation():
        lead.locator("#add-chair button").click()
    truus = lead.locator("ul.people > li", has_text="Truus").first
    expect(truus).to_be_visible()
    lead.get_by_text("Ga anders zitten").click()
    places = lead.locator("#seating ul.people > li > span:first-child")
    before = places.all_inner_texts()
    assert before[-1] == "Truus"
    last = lead.locator("[id^=earlier-]").last
    last.locator("button").click()
    expect(places.nth(len(before) - 2)).to_have_text("Truus")
    looks_right(lead, "chairs-lead")
    lead.get_by_text("Wijzig Truus").click()
    with lead.expect_navigation():
        lead.locator("[id^=gone-] button").click()
    again = lead.locator("[id^=again-] button")
    expect(again).to_be_visible()
    with lead.expect_navigation():
        again.click()
    expect(again).to_have_count(0)


def test_one_device_has_the_same_at_hand(visit: Visit) -> None:
    visit.site.python(AGREED)
    circle = start_now(visit, "norm_setting", one_device=True)
    lead = circle.lead
    expect(lead.locator(".agreement").first).to_contain_text("We eten op vrijdag samen")
    looks_right(lead, "brought-table")
    with lead.expect_navigation():
        lead.locator("[id^=look-] button", has_text="Ja, het loopt").first.click()
    expect(lead.locator(".agreement-facts").first).to_contain_text("Loopt")
    assert lead.url.endswith("/table/")
    for name in ("Truus", "Ans", "Bep"):
        lead.locator("details.more > summary", has_text="Wie er is").click()
        lead.get_by_text("Iemand zonder telefoon").click()
        lead.fill("#chair-name", name)
        with lead.expect_navigation():
            lead.locator("#add-chair button").click()
    lead.locator("#start button").click()
    expect(lead.locator("#next button")).to_be_visible()
    for _step in range(12):
        if lead.locator("[id^=host-of-]").count():
            break
        visit_now = lead.locator("#next input[name=from_visit]")
        before = visit_now.input_value()
        lead.locator("#next button").click()
        expect(visit_now).not_to_have_value(before)
    lead.get_by_text("Een andere gastheer of gastvrouw").click()
    looks_right(lead, "hosts-table")
    select = lead.locator("[id^=host-of-]").first
    other = select.locator("option:not([selected])").first
    name = other.inner_text()
    select.select_option(other.get_attribute("value"))
    lead.locator("form[id^=host-] button").first.click()
    expect(lead.locator("ul.people > li").first).to_contain_text(f"{name} (gastheer of gastvrouw)")
