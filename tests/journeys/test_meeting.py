"""Meetings on bad days and in other ways: one device, by keyboard, without a line, for everybody."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PHONE, SCREEN, Visit, axe, picture
from tests.journeys.circle import start_now, write

pytestmark = pytest.mark.browser


def test_a_team_leader_holds_a_first_meeting_from_a_phone(visit: Visit) -> None:
    """From the home page: meetings, choose, tick, begin. Nine taps at most."""
    page = visit("/linde/", who="joke@linde.example")
    page.goto("/linde/meetings/")
    assert axe(page) == []
    page.get_by_role("link", name="Houd een bijeenkomst").first.click()
    page.get_by_role("link", name="Openingscirkel").click()
    for tick in ("none_apply", "arranged"):
        box = page.locator(f"input[name={tick}]")
        if box.count():
            box.check()
    picture(page, "meeting-plan-phone", full=True)
    assert axe(page) == []
    page.locator("main form button.main").click()
    page.wait_for_url("**/lead/")
    expect(page.locator("#question")).to_have_text("Mensen komen binnen.")
    page.locator("#start button").click()
    expect(page.locator("#next button")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    picture(page, "meeting-lead-phone")


def test_one_device_serves_the_whole_circle(visit: Visit) -> None:
    circle = start_now(visit, "good_practice_review", one_device=True)
    lead = circle.lead
    assert lead.url.endswith("/table/")
    assert axe(lead) == []
    lead.locator("#start button").click()
    expect(lead.locator("#question")).to_contain_text("een keer dat iets lukte")
    for question in ("stap voor stap", "parkeerstand", "Nog niets verklaren", "zo lang mogelijk"):
        lead.locator("#next button").click()
        expect(lead.locator("#question")).to_contain_text(question)
    write(lead, "Eerst gaan zitten.")
    expect(lead.locator(".slip")).to_contain_text("Eerst gaan zitten.")
    lead.set_viewport_size({"width": SCREEN, "height": 1080})
    picture(lead, "meeting-one-device")
    assert axe(lead) == []


def test_a_guest_comes_in_by_letters_and_leaves_again(visit: Visit) -> None:
    circle = start_now(visit, "opening_circle")
    page = visit("/join/", width=PHONE, has_touch=True)
    assert axe(page) == []
    page.get_by_role("button", name=circle.code[0], exact=True).click()
    assert page.input_value("#code") == circle.code[0]
    picture(page, "meeting-join")
    page.fill("#code", "ZZZZZZ")
    page.locator("main button.main").click()
    expect(page.get_by_role("alert")).to_contain_text("Deze letters kennen we niet")
    page.fill("#code", circle.code)
    page.locator("main button.main").click()
    assert axe(page) == []
    page.locator("main button.main").click()  # without a name: the browser or the page says so
    expect(page.locator("input[name=name]")).to_be_visible()
    page.fill("input[name=name]", "Truus")
    picture(page, "meeting-welcome")
    page.locator("main button.main").click()
    expect(page.locator("h1")).to_have_text("Je zit in de kring. We beginnen zo.")
    assert axe(page) == []
    expect(circle.lead.locator(".people").first).to_contain_text("Truus")
    page.locator("summary", has_text="Ga weg").click()
    page.get_by_role("button", name="Ik ga weg").click()
    expect(page.locator("h1")).to_have_text("Tot ziens")
    expect(circle.lead.locator(".people").first).to_contain_text("lege stoel")


def test_what_is_typed_survives_a_lost_line_and_a_circle_that_goes_on(visit: Visit) -> None:
    circle = start_now(visit, "good_practice_review")
    noor = circle.come_in("noor")
    circle.begin()
    noor.locator("#role-contributor button").click()
    area = noor.locator("form[id^=write-] textarea")
    area.fill("Ik typ dit terwijl")
    noor.context.set_offline(True)
    noor.locator("form[id^=write-] button").last.click()
    expect(noor.locator("#line")).to_contain_text("Even geen verbinding. Wat je typt blijft staan.")
    expect(area).to_have_value("Ik typ dit terwijl")
    picture(noor, "meeting-phone-offline")
    noor.context.set_offline(False)
    expect(noor.locator(".slip").first).to_have_text("Ik typ dit terwijl", timeout=20_000)
    expect(noor.locator(".slips").first.locator("li")).to_have_count(1)  # once, however often sent
    expect(area).to_have_value("")
    area.fill("Nog een halve zin")
    area.focus()
    circle.lead.locator("details", has_text="Schrijf iets op").locator("summary").click()
    write(circle.lead, "Een kaart van de begeleider")
    expect(noor.locator(".slip", has_text="van de begeleider")).to_be_visible()
    expect(area).to_have_value("Nog een halve zin")
    assert noor.evaluate("document.activeElement.id").startswith("text-")
    circle.lead.locator("#next button").click()
    expect(noor.locator("#left")).to_contain_text("Nog een halve zin")
    noor.get_by_role("button", name="Gebruik het hier").click()
    expect(area).to_have_value("Nog een halve zin")
    _forgive_the_line(visit)


def _forgive_the_line(visit: Visit) -> None:
    """The browser itself complains about a line that this test cut on purpose."""
    visit.complaints[:] = [said for said in visit.complaints if "net::ERR_" not in said]


def test_a_killed_server_comes_back_with_everything_that_was_kept(visit: Visit) -> None:
    circle = start_now(visit, "good_practice_review")
    noor = circle.come_in("noor")
    circle.begin()
    visit.site.kill()
    visit.site.start()
    circle.lead.locator("#next button").click()
    expect(noor.locator("#question")).to_contain_text("stap voor stap", timeout=20_000)
    visit.complaints[:] = [
        said for said in visit.complaints if "ERR_" not in said and "502" not in said
    ]


def test_the_keyboard_is_enough(visit: Visit) -> None:
    """Plan, begin, write and go on without a mouse; focus stays where the hands are."""
    page = visit("/linde/meetings/new/good_practice_review/", who="sami@linde.example", width=1280)
    for tick in ("none_apply", "arranged"):
        page.focus(f"input[name={tick}]")
        page.keyboard.press("Space")
    _tab_to(page, "main form button.main")
    page.keyboard.press("Enter")
    page.wait_for_url("**/lead/")
    _tab_to(page, "#start button")
    page.keyboard.press("Enter")
    expect(page.locator("#next button")).to_be_visible()
    _tab_to(page, "details summary:has-text('Schrijf iets op')")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Met de toetsen.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".slip")).to_contain_text("Met de toetsen.")
    _tab_to(page, "#next button")
    page.keyboard.press("Enter")
    expect(page.locator("#question")).to_contain_text("stap voor stap")


def _tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is there; it must be reachable and visible."""
    wanted = page.locator(selector).first
    expect(wanted).to_be_visible()
    for _press in range(80):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"Not reachable with Tab: {selector}")


def test_pages_work_without_scripts(visit: Visit) -> None:
    """Joining, reading and writing are ordinary forms."""
    circle = start_now(visit, "good_practice_review")
    circle.begin()
    page = visit("/join/", java_script_enabled=False)
    page.fill("#code", circle.code)
    page.locator("main button.main").click()
    page.fill("input[name=name]", "Truus")
    page.locator("main button.main").click()
    page.locator("#role-contributor button").click()
    page.locator("form[id^=write-] textarea").fill("Zonder scripts.")
    page.locator("form[id^=write-] button").last.click()
    expect(page.locator(".slip").first).to_have_text("Zonder scripts.")
    expect(circle.lead.locator(".slip").first).to_contain_text("Zonder scripts.")


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_in_any_state_of_a_meeting(visit: Visit, dark: bool) -> None:
    """Norm setting has rounds, silent writing, choosing, assent and a harvest."""
    circle = start_now(visit, "norm_setting")
    noor = circle.come_in("noor", dark=dark)
    wide = visit(f"{circle.address}phone/", who="daan@linde.example", width=SCREEN, dark=dark)
    wide.locator("main button.main").first.click()
    wide.wait_for_url("**/phone/")
    board = visit(f"{circle.address}board/", who="sami@linde.example", width=SCREEN, dark=dark)
    circle.begin()
    seen, wrong = set(), []
    for _step in range(40):
        visit_id = circle.lead.locator("input[name=from_visit]").first.get_attribute("value")
        for page in (noor, wide, board):
            first = circle.lead.locator("#question h1").inner_text()
            expect(page.locator("#question h1")).to_have_text(first, use_inner_text=True)
        kind = circle.lead.locator("#question h1").inner_text()
        if kind not in seen:
            seen.add(kind)
            area = noor.locator("form[id^=write-] textarea")
            if area.count():
                write(noor, f"Wij luisteren eerst ({len(seen)}).")
            for name, page in (
                ("noor", noor),
                ("wide", wide),
                ("board", board),
                ("lead", circle.lead),
            ):
                wrong += [f"{name} at {kind}: {one}" for one in axe(page)]
        if not circle.lead.locator("#next button").count():
            break
        circle.lead.locator("#next button").click()
        expect(circle.lead.locator("input[name=from_visit]").first).not_to_have_value(
            visit_id or ""
        )
    assert wrong == []
    assert len(seen) >= 6


def test_a_planned_meeting_can_be_changed_cancelled_and_brought_back(visit: Visit) -> None:
    page = visit("/linde/meetings/new/opening_circle/", who="sami@linde.example", width=1280)
    for tick in ("none_apply", "arranged"):
        box = page.locator(f"input[name={tick}]")
        if box.count():
            box.check()
    page.locator("label.choice", has_text="Later").click()
    page.fill("input[name=place]", "De huiskamer")
    page.locator("main form button.main").click()
    page.wait_for_url(re.compile(r"/meetings/\d+/$"))
    expect(page.locator("main")).to_contain_text("De huiskamer")
    assert axe(page) == []
    picture(page, "meeting-page", full=True)
    page.get_by_role("button", name="Zeg deze bijeenkomst af").click()
    expect(page.locator("main")).to_contain_text("Deze bijeenkomst is afgezegd")
    page.get_by_role("button", name="Toch laten doorgaan").click()
    expect(page.locator(".code-big")).to_have_text(re.compile("^[A-Z]{6}$"))
    sheet = page.request.get(f"{page.url}run-sheet.pdf")
    assert (sheet.status, sheet.body()[:5]) == (200, b"%PDF-")
