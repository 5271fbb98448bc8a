"""Sharing and processing (3.2) with forty phones: from the signs on the tables to promises."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PHONE, Visit, axe, picture
from tests.journeys.circle import Circle, start_now
from tests.journeys.hall import Hall

pytestmark = pytest.mark.browser

WIDE = 1920
PROMISE = "Ik loop elke maand een nacht mee."


def looks_right(page: Page, name: str, *, width: int) -> None:
    """Nothing for axe, nothing off the side; a picture when it is asked for."""
    page.set_viewport_size({"width": width, "height": 1080 if width == WIDE else 780})
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    picture(page, name, full=width == PHONE)


def on(circle: Circle, *pages: Page, question: str) -> None:
    """The facilitator goes on; the real screens follow."""
    circle.lead.locator("#next button").click()
    for page in (circle.lead, *pages):
        expect(page.locator("#question")).to_contain_text(question)


def device_of_table_one(visit: Visit, circle: Circle) -> Page:
    """Somebody scans the sign with the device in the middle of the table."""
    page = visit(f"/join/{circle.code}/1/")
    looks_right(page, "large-sign", width=PHONE)
    page.locator("#for-table button").click()
    page.wait_for_url("**/phone/")
    expect(page.locator(".at-table")).to_contain_text("Tafel 1")
    return page


def test_a_hall_of_forty_goes_from_a_story_to_promises(visit: Visit) -> None:
    circle = start_now(visit, "share_and_process")
    lead, board = circle.lead, circle.board()
    hall = Hall(visit.site.url, circle.code)
    hall.come_in(37)
    table = device_of_table_one(visit, circle)
    phone = circle.come_in("noor")
    phone.fill("#sit-number", "1")
    phone.locator("#sit-at button").click()
    expect(phone.locator(".at-table")).to_have_text("Tafel 1")
    boss = circle.come_in("ria")
    expect(board.locator(".crowd")).to_contain_text("41")
    looks_right(board, "large-board-waiting", width=WIDE)
    looks_right(lead, "large-lead-waiting", width=WIDE)
    circle.begin()

    for question in ("Wie ben je", "Waar ben je trots op", "Waarom, en waarom nu?"):
        on(circle, phone, question=question)
    lead.locator("#need-seat-mt").select_option(label="Ria")
    lead.locator("#need-mt button").click()
    for word in ("Ondernemend", "Dichtbij"):
        boss.locator("form[id^=write-] textarea").fill(word)
        boss.locator("form[id^=write-] button").last.click()
        expect(board.locator(".slip", has_text=word)).to_be_visible()
    on(circle, phone, question="Wat raakt je?")

    do_and_do_not(circle, hall, table, phone, board)
    on(circle, phone, question="Wat vind jij van deze koers?")
    opinions(circle, hall, board)
    on(circle, phone, question="Welke drie vragen")
    questions(circle, hall, table, phone, boss, board)
    on(circle, phone, question="Wat vraagt de leiding van ons")
    expectations(circle, hall, table)
    on(circle, phone, question="Zeg in je eigen woorden")
    on(circle, phone, question="Dit nemen we aan")
    respond(circle, boss, board)
    on(circle, phone, question="Wat bespreek ik morgen")
    afterwards(visit, circle, boss)


def do_and_do_not(circle: Circle, hall: Hall, table: Page, phone: Page, board: Page) -> None:
    """What we do and do not mean: hidden per table, shown at once, laid together, let go."""
    lead = circle.lead
    on(circle, phone, question="Wat zie je iemand doen")
    expect(table.locator(".word-title").first).to_have_text("Ondernemend")
    form = table.locator("form[id^=put-][id$=-do]").first
    form.locator("textarea").fill("je belt de gemeente zelf")
    form.locator("button").click()
    expect(table.locator("[id^=our-] .slip").first).to_contain_text("je belt de gemeente zelf")
    expect(phone.locator("#our-table")).to_contain_text("je belt de gemeente zelf")
    expect(board.locator("body")).not_to_contain_text("je belt de gemeente zelf")
    looks_right(table, "large-table-device", width=PHONE)
    expect(lead.locator(".whose", has_text="Loop misschien even langs tafel")).to_be_visible()
    hall.fill_columns()
    expect(lead.locator(".whose").first).to_contain_text("Elke tafel schreef iets.")
    looks_right(lead, "large-lead-writing", width=WIDE)
    lead.get_by_text("Laat alles tegelijk zien").click()
    lead.locator("form[id^=reveal-] button").click()
    expect(board.locator(".columns").first).to_contain_text("je belt de gemeente zelf")
    merge = lead.locator("details[id^=merge-][id$=-do]").first
    merge.locator("summary").click()
    merge.locator("select[name=card]").select_option(label="je belt de gemeente zelf")
    merge.locator("select[name=under]").select_option(label="je belt zelf de gemeente")
    merge.locator("form button").click()
    expect(board.locator(".also")).to_have_text("je belt de gemeente zelf")
    inside = phone.locator("li", has_text="geld verdienen aan zorg").first
    inside.get_by_text("Liever niet naar buiten").click()
    inside.get_by_role("button", name="Houd het hier").click()
    expect(board.locator(".slip", has_text="geld verdienen aan zorg").first).to_contain_text(
        "blijft hier"
    )
    lead.locator("form[id^=point-] button").first.click()
    looks_right(board, "large-board-do-and-do-not", width=WIDE)
    looks_right(phone, "large-phone-do-and-do-not", width=PHONE)
    first = lead.locator("details[id^=go-]").first
    first.locator("summary").click()
    first.locator("form button").click()
    expect(lead.get_by_text("Deze lijst gaat mee.").first).to_be_visible()


def opinions(circle: Circle, hall: Hall, board: Page) -> None:
    """Everybody votes; the map stands on the wall."""
    hall.vote()
    circle.lead.locator("details:has(form[id^=finish-]) > summary").click()
    circle.lead.locator("form[id^=finish-] button").click()
    expect(board.locator("body")).to_contain_text("Wij kunnen morgen al beginnen")
    looks_right(board, "large-board-opinions", width=WIDE)


def questions(
    circle: Circle, hall: Hall, table: Page, phone: Page, boss: Page, board: Page
) -> None:
    """A question per table, a box without names, and three honest answers."""
    lead = circle.lead
    table.fill("#table-question", "Mogen we zelf het rooster maken?")
    table.locator("#ask-for-table button").click()
    expect(board.locator(".slip", has_text="zelf het rooster maken")).to_be_visible()
    phone.locator("#box summary").click()
    phone.fill("#box-question", "Zonder naam: is dit een bezuiniging?")
    phone.locator("#into-box button").click()
    expect(phone.get_by_text("Je vraag zit in de doos")).to_be_visible()
    looks_right(phone, "large-phone-box", width=PHONE)
    hall.ask_questions()
    expect(board.locator("body")).not_to_contain_text("bezuiniging")
    lead.locator("#open-box summary").click()
    lead.locator("#open-box-now button").click()
    expect(phone.locator(".slip", has_text="is dit een bezuiniging?")).to_be_visible()
    answer(boss, "is dit een bezuiniging?", "no", "Het budget blijft gelijk.")
    answer(boss, "zelf het rooster maken", "unknown", "")
    expect(phone.locator(".reply", has_text="Het budget blijft gelijk")).to_be_visible()
    looks_right(boss, "large-phone-answers", width=PHONE)
    row = lead.locator("li", has_text="zelf het rooster maken").first
    row.get_by_role("button", name="Op het grote scherm").click()
    expect(board.locator(".asked")).to_contain_text("zelf het rooster maken")
    looks_right(board, "large-board-question", width=WIDE)


def answer(page: Page, question: str, word: str, text: str, how: str = "") -> None:
    """Whoever answers does so on the own phone."""
    row = page.locator("li[id^=c-]", has_text=question).first
    row.locator("summary", has_text="Antwoord").click()
    row.locator(f"input[value={word}]").check()
    if text:
        row.locator("textarea[name=text]").fill(text)
    if how:
        row.locator("textarea[name=how_noticed]").fill(how)
    row.locator("form[id^=reply-] button").click()
    expect(row.locator(".reply")).to_be_visible()


def expectations(circle: Circle, hall: Hall, table: Page) -> None:
    """Both ways."""
    form = table.locator("form[id$=-we_ask]")
    form.locator("textarea").fill("kom eens kijken in de nacht")
    form.locator("button").click()
    expect(table.locator("[id^=our-]").first).to_contain_text("kom eens kijken in de nacht")
    hall.fill_columns()


def respond(circle: Circle, boss: Page, board: Page) -> None:
    """A promise in one's own name, and an honest no."""
    answer(boss, "kom eens kijken in de nacht", "yes", PROMISE, "Ik schrijf erbij wat ik zag.")
    answer(boss, "een dag per maand om te proberen", "no", "Het rooster laat dat niet toe.")
    row = circle.lead.locator("li", has_text=PROMISE).first
    row.get_by_role("button", name="Op het grote scherm").click()
    expect(board.locator(".reply", has_text=PROMISE).first).to_contain_text("Ria")
    looks_right(board, "large-board-promise", width=WIDE)
    looks_right(boss, "large-phone-promise", width=PHONE)


def afterwards(visit: Visit, circle: Circle, boss: Page) -> None:
    """What went along: questions that wait, and the promise, for everybody to read."""
    lead = circle.lead
    lead.goto(f"{visit.site.url}{circle.address}close/")
    lead.locator("input[name=follow_up]").check()
    lead.locator("main form button.main").click()
    page = visit(circle.address, who="noor@linde.example", width=PHONE)
    expect(page.locator("#asked-here")).to_be_visible()
    expect(page.locator("body")).to_contain_text("Het budget blijft gelijk.")
    expect(page.locator("body")).to_contain_text("wacht op antwoord, vóór")
    looks_right(page, "large-afterwards", width=PHONE)
    page = visit("/linde/stories/promises/", who="fleur@linde.example", width=PHONE)
    expect(page.locator("body")).to_contain_text(PROMISE)
    looks_right(page, "large-promises", width=PHONE)
    expect(page.locator("body")).to_contain_text("Ria")
