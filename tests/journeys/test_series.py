"""Meetings that take weeks: a breakthrough circle over five meetings, and a signal that is answered.

The weeks between are played inside the installation at a pretended moment (``base.clock``); what people
see and touch is played in the browser.
"""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import SCREEN, Visit, axe, picture

pytestmark = pytest.mark.browser
BREAKTHROUGH = "/linde/series/start/werken_vanuit_de_bedoeling/breakthrough/"
RESONANCE = "/linde/series/start/werken_vanuit_de_bedoeling/resonance/"

WEEKS = """
import random
from datetime import timedelta
from kring.base import clock, scope
from kring.demo.past import Storyteller
from kring.meetings import room
from kring.people.actors import actor_of
from kring.people.models import Organisation, Person
from kring.series import actions
from kring.series.models import Series
with scope.inside(Organisation.objects.get(slug="linde").pk):
    now, series = clock.now(), Series.objects.get(pk=NUMBER)
    sami = actor_of(Person.objects.get(name="Sami"), second_factor=True)
    teller = Storyteller(None, random.Random(7), now)
    long_ago = (now - timedelta(days=70)).date()
    Series.objects.filter(pk=series.pk).update(started_on=long_ago, last_on=long_ago)
    series.members.update(joined_on=long_ago)
    for number, days in enumerate((63, 49, 30, 9)):
        with clock.pretend(now - timedelta(days=days)):
            meeting = actions.plan_next(sami, series, starts_at=clock.now())
            teller.sit_down(meeting)
            teller.play(meeting, until_kind=None, factors=0, promises=0, prototypes=int(number == 3))
            room.forget(meeting.pk)
    series.refresh_from_db()
    print(series.held)
"""

LEADERS = """
from kring.base import clock, scope
from kring.people.models import Membership, Organisation, Person, Team, Unit
with scope.inside(Organisation.objects.get(slug="linde").pk):
    team = Team(code="mt-noord", name="MT Noord", unit=Unit.objects.get(code="noord"))
    team.save(); team.place(); team.save()
    for name in ("Ria", "Joke", "Hester"):
        Membership(person=Person.objects.get(name=name), team=team, starts_on=clock.now().date()).save()
    print(team.pk)
"""


def begin(page: Page) -> str:
    """Tick what the method asks, keep the proposed people and day, and begin."""
    for tick in ("none_apply", "arranged"):
        if page.locator(f"input[name={tick}]").count():
            page.check(f"input[name={tick}]")
    page.locator("main form button.main").click()
    page.wait_for_url(re.compile(r"/series/\d+/$"))
    return page.url.rstrip("/").split("/")[-1]


def both_sizes(visit: Visit, path: str, who: str, name: str) -> None:
    """A picture at 360 and at 1920, and nothing wrong for who cannot see it."""
    for width in (360, SCREEN):
        page = visit(path, who=f"{who}@linde.example", width=width)
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        picture(page, f"{name}-{'phone' if width == 360 else 'screen'}", full=width == 360)


def test_a_breakthrough_circle_from_start_to_a_harvested_prototype(visit: Visit) -> None:
    sami = visit(BREAKTHROUGH, who="sami@linde.example", width=1280)
    picture(sami, "series-start")
    sami.locator("details.more summary").click()
    sami.fill("textarea[name=others]", "Fleur")
    number = begin(sami)
    expect(sami.locator("main")).to_contain_text("Doorbraakkring 1: Waarom nu")
    assert visit.site.python(WEEKS.replace("NUMBER", number)).strip().endswith("4")

    the_log(visit, number)
    the_fifth_meeting(visit, number)
    the_prototype(visit, number)


def the_log(visit: Visit, number: str) -> None:
    """Fleur, of another team, writes what happened: from my week, on a phone, in one go."""
    fleur = visit("/linde/", who="fleur@linde.example")
    fleur.get_by_role("link", name="Schrijf in het logboek").click()
    assert axe(fleur) == []
    fleur.fill("textarea[name=said_did]", "Samen soep gegeten.")
    fleur.fill("textarea[name=said_happened]", "Iedereen bleef een kwartier langer zitten.")
    picture(fleur, "series-log-phone", full=True)
    fleur.locator("main form button.main").click()
    expect(fleur.locator("#the-log + ul")).to_contain_text("Samen soep gegeten.")
    both_sizes(visit, f"/linde/series/{number}/", "noor", "series-page")
    joke = visit(f"/linde/series/{number}/", who="bram@linde.example")
    expect(joke.locator("main")).not_to_contain_text("Samen soep gegeten.")


def the_fifth_meeting(visit: Visit, number: str) -> None:
    """Planned with one click; the prototype and its log lie on the table before it begins."""
    noor = visit(f"/linde/series/{number}/", who="noor@linde.example")
    noor.get_by_role("button", name="Plan het en nodig iedereen uit").click()
    noor.wait_for_url(re.compile(r"/meetings/\d+/$"))
    sami = visit(noor.url, who="sami@linde.example", width=1280)
    sami.get_by_role("button", name="Open de kring").click()
    sami.wait_for_url("**/lead/")
    table = sami.locator("section[aria-labelledby=things]")
    expect(table).to_contain_text("Twee weken eten we om zes uur")
    expect(table).to_contain_text("Samen soep gegeten.")
    assert axe(sami) == []
    picture(sami, "series-table")
    sami.locator("#start button").click()
    expect(sami.locator("#next button")).to_be_visible()
    expect(sami.locator("#things-later summary")).to_be_visible()
    sami.goto(sami.url.replace("/lead/", "/close/"))
    sami.locator("input[name=follow_up][value=none]").check()
    sami.locator("main form button.main").click()
    sami.wait_for_url(re.compile(r"/meetings/\d+/$"))


def the_prototype(visit: Visit, number: str) -> None:
    """What was tried gets its word and what was learned; the series turns into a rhythm."""
    noor = visit(f"/linde/series/{number}/", who="noor@linde.example")
    expect(noor.locator("main")).to_contain_text("Seizoensgesprek")
    noor.get_by_role("link", name="Twee weken eten we om zes uur").first.click()
    noor.check("input[name=status][value=works_here]")
    noor.fill(
        "textarea[name=learned]", "Een kwartier eerder beginnen, dan lukt het ook bij drukte."
    )
    noor.locator("form[action$='/goes/'] button").last.click()
    expect(noor.locator("main")).to_contain_text("werkt hier")
    assert axe(noor) == []
    picture(noor, "series-prototype", full=True)
    rings = visit(f"/linde/series/{number}/", who="noor@linde.example").locator(".thread li")
    assert [rings.nth(place).get_attribute("class") for place in range(7)] == [
        *["done"] * 5, "now", "next",
    ]  # fmt: skip


def test_a_signal_is_answered_in_the_resonance_meeting(visit: Visit) -> None:
    team = json.loads(visit.site.python(LEADERS).strip().splitlines()[-1])
    noor = visit("/linde/stories/send/", who="noor@linde.example")
    noor.fill("textarea[name=text]", "De nachten zijn te krap bezet.")
    noor.fill("textarea[name=asks]", "Een extra paar handen tot één uur.")
    assert axe(noor) == []
    picture(noor, "signal-phone", full=True)
    noor.locator("main form button.main").click()
    expect(noor.locator("main")).to_contain_text("nog geen antwoord")
    signal_page = noor.url

    ria = visit(f"{RESONANCE}?team={team}", who="ria@linde.example", width=1280)
    number = begin(ria)
    expect(ria.locator("main")).to_contain_text("De nachten zijn te krap bezet.")
    both_sizes(visit, f"/linde/series/{number}/", "hester", "resonance-page")
    ria.get_by_role("link", name="Kijk wie er komt").click()
    ria.get_by_role("button", name="Open de kring").click()
    ria.wait_for_url("**/lead/")
    signal = ria.locator("article[id^=waits-]").filter(has_text="De nachten")
    signal.locator("summary").click()
    signal.locator("input[name=word][value=yes]").check()
    signal.locator("textarea").fill("Vanaf januari is er tot één uur een extra dienst.")
    assert axe(ria) == []
    picture(ria, "resonance-answer")
    signal.locator("button").click()
    expect(ria.locator("article[id^=waits-]").filter(has_text="De nachten")).to_have_count(0)

    noor.goto(signal_page)  # my week shows the five most urgent lines; other journeys fill them
    expect(noor.locator("main")).to_contain_text(
        "Vanaf januari is er tot één uur een extra dienst."
    )
    picture(noor, "signal-answered", full=True)
