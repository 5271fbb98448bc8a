"""A meeting on paper, from planning to an agreement; and one over days, with the clock moved and the
server killed in between."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser import SCREEN, Site, Visit, axe, picture

pytestmark = pytest.mark.browser

SAMI = "sami@linde.example"
PASS = """
from datetime import datetime, timedelta
from kring.base import clock, scope
from kring.meetings.models import Meeting
with scope.everywhere("a journey lets days go by"):
    one = Meeting.objects.get(pk={number})
    back = timedelta(hours={hours})
    windows = [
        w | {{"opens_at": (datetime.fromisoformat(w["opens_at"]) - back).isoformat(),
              "closes_at": (datetime.fromisoformat(w["closes_at"]) - back).isoformat()}}
        for w in one.windows
    ]
    Meeting.objects.filter(pk=one.pk).update(
        windows=windows, starts_at=one.starts_at - back, due_at=clock.now(), version=one.version + 1
    )
clock.run_once()
"""


def plan(visit: Visit, protocol: str, mode: str, *, width: int = SCREEN) -> Page:
    page = visit(f"/linde/meetings/new/{protocol}/", who=SAMI, width=width)
    for tick in ("none_apply", "arranged"):
        box = page.locator(f"input[name={tick}]")
        if box.count():
            box.check()
    page.check(f"input[name=mode][value={mode}]")
    return page


def number_of(page: Page) -> int:
    found = re.search(r"/meetings/(\d+)/", page.url)
    assert found is not None
    return int(found[1])


def test_a_meeting_on_paper_ends_in_an_agreement(visit: Visit) -> None:
    page = plan(visit, "good_practice_review", "paper")
    expect(page.locator(".only-days")).to_have_count(0)  # this talk is not spread over days
    page.locator("summary", has_text="Waarom niet").click()
    expect(page.locator("main")).to_contain_text("moet je bij elkaar zijn")
    assert axe(page) == []
    picture(page, "plan-modes", full=True)
    page.locator("main form button.main").last.click()
    expect(page.locator("main")).to_contain_text("Op papier")
    for name in ("run-sheet", "worksheets", "harvest-sheet"):
        answer = page.request.get(f"{page.url}{name}.pdf")
        assert answer.body()[:5] == b"%PDF-", name
    picture(page, "paper-meeting", full=True)
    page.get_by_role("link", name="vul de oogst in").click()
    expect(page.locator("h1")).to_have_text("Het gesprek ging op papier")
    page.locator("label.choice", has_text="Daan").locator("input").uncheck()
    assert axe(page) == []
    page.get_by_role("button", name="Het gesprek was er").click()
    expect(page.locator("h1")).to_have_text("Wat de kring uit mocht")
    the_harvest_of_paper(page)
    page.get_by_role("button", name="Sluit deze bijeenkomst").click()
    expect(page.locator("main")).to_contain_text("We gaan eerst zitten")
    page.goto(page.url.split("/linde/")[0] + "/linde/agreements/")
    expect(page.locator("main")).to_contain_text("We gaan eerst zitten")


def the_harvest_of_paper(page: Page) -> None:
    """One thing, asked aloud; what is missing is said, and everything typed is still there."""
    form = page.locator("#enter-agreement")
    form.locator("summary").first.click()
    form.get_by_label("Wat spreken we af?").fill("We gaan eerst zitten")
    day = (date.today() + timedelta(days=42)).isoformat()
    form.get_by_label("Wanneer kijken we terug?").fill(day)
    noor = form.get_by_label("Wie neemt dit op zich?").locator("option", has_text="Noor")
    form.get_by_label("Wie neemt dit op zich?").select_option(noor.get_attribute("value"))
    form.locator("[name=asked_aloud]").evaluate("box => box.removeAttribute('required')")
    form.get_by_role("button", name="Dit mag de kring uit").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(form.get_by_label("Wat spreken we af?")).to_have_value("We gaan eerst zitten")
    picture(page, "paper-harvest", full=True)
    form.locator("[name=asked_aloud]").check()
    assert axe(page) == []
    form.get_by_role("button", name="Dit mag de kring uit").click()
    expect(page.locator(".harvest-text")).to_have_text("We gaan eerst zitten")


def test_a_meeting_over_days_goes_on_after_the_server_died(visit: Visit, site: Site) -> None:
    page = plan(visit, "ring_the_bell", "days", width=360)
    assert axe(page) == []
    picture(page, "plan-days-phone", full=True)
    page.locator("main form button.main").last.click()
    number = number_of(page)
    expect(page.locator(".day")).to_have_count(5)
    site.python(PASS.format(number=number, hours=1))
    page.reload()
    expect(page.locator(".day.now")).to_contain_text("Nu open")
    assert axe(page) == []
    picture(page, "days-meeting-phone", full=True)
    phones = {name: sit(visit, name, number) for name in ("sami", "noor", "daan", "joke")}
    noor = phones["noor"]
    expect(noor.locator(".until")).to_contain_text("Open tot")
    assert axe(noor) == []
    picture(noor, "days-phone", full=True)
    for name, phone in phones.items():
        write(phone, f"De telefoon gaat bij {name}")
    expect(phones["daan"].locator("main")).not_to_contain_text("bij noor")
    site.kill()
    site.start()
    assert "De telefoon gaat" not in all_of(site)
    pass_days(site, number, 48)
    noor.reload()
    noor.locator("#earlier summary").click()
    for name in phones:
        expect(noor.locator("#earlier")).to_contain_text(f"bij {name}")
    picture(noor, "days-phone-earlier", full=True)
    for _part in range(3):
        pass_days(site, number, 72)
    the_harvest_over_days(visit, site, number, phones)
    forgive_the_line(visit)


def forgive_the_line(visit: Visit) -> None:
    """A server that was killed could not be reached for a moment; nothing else is forgiven."""
    lost = ("ERR_INCOMPLETE_CHUNKED_ENCODING", "ERR_CONNECTION_REFUSED", "ERR_CONNECTION_RESET")
    visit.complaints[:] = [one for one in visit.complaints if not any(name in one for name in lost)]


def sit(visit: Visit, name: str, number: int) -> Page:
    phone = visit(f"/linde/meetings/{number}/", who=f"{name}@linde.example")
    phone.get_by_role("button", name="Doe mee: twee minuten").click()
    phone.wait_for_url("**/phone/")
    return phone


def write(phone: Page, text: str) -> None:
    area = phone.locator("form[id^=write-] textarea")
    area.fill(text)
    phone.locator("form[id^=write-] button").last.click()
    expect(area).to_have_value("")


def pass_days(site: Site, number: int, hours: int) -> None:
    site.python(PASS.format(number=number, hours=hours))


def all_of(site: Site) -> str:
    """Everything on disk of this Kring, as text."""
    files = [*site.folder.glob("kring.sqlite3*"), *site.folder.glob("*.log")]
    return "".join(path.read_bytes().decode("utf-8", "ignore") for path in files)


def the_harvest_over_days(visit: Visit, site: Site, number: int, phones: dict[str, Page]) -> None:
    """Proposed by one, filled in by that one; it leaves when the last part closes."""
    noor, sami = phones["noor"], phones["sami"]
    noor.reload()
    expect(noor.locator("#propose")).to_be_visible()
    noor.locator("#propose-kind").select_option("agreement")
    noor.fill("#propose-text", "We nemen om de beurt op")
    noor.get_by_role("button", name="Stel het voor").click()
    own = noor.locator("#mine .card", has_text="We nemen om de beurt op")
    expect(own).to_be_visible()
    day = (date.today() + timedelta(days=42)).isoformat()
    own.locator("input[type=date]").first.fill(day)
    own.locator("form[id^=fields-] button").last.click()
    own.get_by_role("button", name="Ik neem dit op me").click()
    expect(noor.locator(".harvest")).to_contain_text("mag mee, tenzij")
    picture(noor, "days-phone-harvest", full=True)
    pass_days(site, number, 72)
    sami.goto(f"{site.url}/linde/meetings/{number}/phone/")
    expect(sami.locator("#question")).to_contain_text("Alle delen zijn geweest")
    expect(sami.locator("main")).to_contain_text("We nemen om de beurt op")
    assert axe(sami) == []
    picture(sami, "days-phone-over", full=True)
    sami.get_by_role("link", name="Sluit af, en kies wanneer je terugkijkt").click()
    sami.locator("main form button.main").click()
    expect(sami.locator("main")).to_contain_text("We nemen om de beurt op")
    assert "De telefoon gaat" not in all_of(site)
