"""Starting in three questions, a page that puts the open things first, my week, and the table."""

from datetime import time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localtime

from kring.base import clock, scope
from kring.base.policy import NotThere, Refused, ask
from kring.meetings import actions as meetings
from kring.meetings import room
from kring.meetings.models import Harvest, Meeting, Seat, SeatState
from kring.people.asks import lines_for
from kring.people.models import Team, TrailEntry
from kring.series import actions
from kring.series.models import LogLine, Series
from kring.series.on_screen import things
from kring.series.tests.conftest import BREAKTHROUGH, RESONANCE, begin, hold
from kring.stories.models import Reply, Story
from kring.stories.tests.test_stories import story_of
from tests.cast import Cast, House

START = "/linde/series/start/good_practice_intervisie/fixed_agenda_item/"


def day(shift: int) -> str:
    return (clock.now().date() + timedelta(days=shift)).isoformat()


def as_(house: House, name: str) -> Client:
    browser = Client()
    browser.force_login(house.account(name))
    return browser


def said(house: House, name: str) -> list[str]:
    return [
        str(x.words) for x in lines_for(house.actor(name), "linde", clock.now().date(), most=20)
    ]


def test_three_questions_and_the_first_time_is_planned(cast: Cast) -> None:
    linde, browser = cast.linde, as_(cast.linde, "joke")
    page = browser.get(START).content.decode()
    assert ("Liever niet" in page, "Niets hiervan is zo" in page) == (True, True)
    given = {
        "key": "k1",
        "people": [linde.people[name].pk for name in ("noor", "daan")],
        "others": "Fleur",
        "day": day(3),
        "at": "14:30",
        "days": "14",
        "none_apply": "on",
        "arranged": "on",
    }
    without = {name: value for name, value in given.items() if name != "none_apply"}
    assert browser.post(START, without).status_code == 422
    for _again in range(2):
        assert browser.post(START, given).status_code == 302
    with scope.inside(linde.organisation.pk):
        series = Series.objects.get()
        people = [member.person.name for member in series.members.all()]
        meeting = series.sittings.get().meeting
        seats = {seat.name: seat.roles for seat in meeting.seats.all()}
    assert (series.rhythm_days, people) == (14, ["Daan", "Noor", "Fleur"])
    assert seats == {"Daan": ["moderator"], "Noor": [], "Fleur": []}


def test_a_name_nobody_has_is_told_and_nothing_is_lost(cast: Cast) -> None:
    given = {"key": "k1", "others": "Niemand Hier", "day": day(3), "at": "14:30", "days": "14",
             "none_apply": "on", "arranged": "on"}  # fmt: skip
    page = as_(cast.linde, "joke").post(START, given)
    text = page.content.decode()
    assert (page.status_code, "Niemand hier heet Niemand Hier" in text) == (422, True)
    assert "14:30" in text


def test_own_privacy_is_not_offered(cast: Cast) -> None:
    browser = as_(cast.linde, "sami")
    assert "restorative_path" not in browser.get("/linde/series/choose/").content.decode()
    assert browser.get("/linde/series/start/herstelgericht/restorative_path/").status_code == 404


def test_the_page_says_who_leads_and_what_is_open_first(linde: House, cast: Cast) -> None:
    series = begin(linde)
    meeting = hold(linde, series)
    story_of(linde, "Wie regelt het rooster?", kind="question", came_from=f"meeting {meeting.pk}")
    page = as_(linde, "noor").get(f"/linde/series/{series.pk}/").content.decode()
    assert "Daan begeleidt." in page
    assert 0 < page.index("Wie regelt het rooster?") < page.index("Mensen, ritme, rusten")
    assert as_(linde, "fleur").get(f"/linde/series/{series.pk}/").status_code == 404
    away = as_(cast.anker, "anker_lid").get(f"/linde/series/{series.pk}/")
    assert away.status_code == 404


def test_who_was_not_at_the_table_reads_what_the_policy_lets_them(linde: House) -> None:
    """Being in the series by then is not having been there: only a seat opens what stays inside."""
    series = begin(linde, people=("noor", "daan", "fleur"))
    meeting = hold(linde, series)
    Seat.objects.filter(meeting=meeting, name="Fleur").update(state=SeatState.WITHDRAWN)
    for item, words, visibility in (
        ("in", "Blijft binnen", "V4"), ("out", "Voor iedereen", "V6"),
    ):  # fmt: skip
        Harvest(
            meeting=meeting, organisation_id=meeting.organisation_id, item=item, type="working_factor",
            text=words, fields={}, visibility=visibility, names={},
        ).save()  # fmt: skip
    sees = {}
    for name in ("noor", "daan", "fleur"):
        page = as_(linde, name).get(f"/linde/series/{series.pk}/").content.decode()
        sees[name] = ("Blijft binnen" in page, "Voor iedereen" in page)
    assert sees == {"noor": (True, True), "daan": (True, True), "fleur": (False, True)}


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_runs_the_same_number_of_queries(linde: House, many: int) -> None:
    """One line more or less is not one question more or less."""
    counts = []
    for number in (many, many + 2):
        series = begin(linde, people=("noor", "daan", "sami", "joke")[: 2 + number % 3])
        for _meeting in range(number):
            held = hold(linde, series)
            story_of(linde, "Vraag", kind="question", came_from=f"meeting {held.pk}")
        browser = as_(linde, "noor")
        browser.get(f"/linde/series/{series.pk}/")
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(f"/linde/series/{series.pk}/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_runs_the_same_number_of_queries(linde: House, many: int) -> None:
    for _series in range(many):
        begin(linde)
    browser = as_(linde, "noor")
    browser.get("/linde/series/")
    with CaptureQueriesContext(connection) as queries:
        page = browser.get("/linde/series/").content.decode()
    assert page.count("Good practice als vast agendapunt") == many
    asked = [one["sql"] for one in queries.captured_queries if '"series_' in one["sql"]]
    assert len(asked) == 3


def test_my_week_says_that_you_lead_the_next_one(linde: House) -> None:
    series = begin(linde)
    hold(linde, series)
    Series.objects.update(due_on=clock.now().date() + timedelta(days=6))
    asked = "“Good practice als vast agendapunt”: jij begeleidt de volgende keer."
    assert [asked in said(linde, name) for name in ("daan", "noor", "joke")] == [True, False, False]
    actions.plan_next(linde.actor("daan"), series, starts_at=clock.now() + timedelta(days=5))
    assert asked not in said(linde, "daan")


@pytest.fixture
def trial(linde: House) -> Series:
    """A breakthrough circle in its trial, a week after the fourth meeting."""
    begun = clock.now() - timedelta(days=50)
    with clock.pretend(begun):
        series = begin(linde, BREAKTHROUGH, ("noor", "daan", "fleur"))
    for number in range(4):
        with clock.pretend(begun + timedelta(days=14 * number + 1)):
            meeting = hold(linde, series, by="sami", when=clock.now())
    story_of(
        linde, "Samen koken", kind="prototype", status="trying", came_from=f"meeting {meeting.pk}"
    )
    return series


def test_a_line_in_the_log_is_one_form_on_a_phone(trial: Series, linde: House) -> None:
    assert any("hoe gaat de proef?" in words for words in said(linde, "fleur"))
    fleur = as_(linde, "fleur")
    page = fleur.get(f"/linde/series/{trial.pk}/log/").content.decode()
    assert page.count("<textarea") == 3
    for _again in range(2):
        sent = {"key": "k1", "said_did": "Soep gemaakt", "said_happened": "Iedereen bleef zitten"}
        assert fleur.post(f"/linde/series/{trial.pk}/log/", sent).status_code == 302
    assert [line.words for line in LogLine.objects.all()] == [
        {"did": "Soep gemaakt", "happened": "Iedereen bleef zitten"}
    ]
    seen = {
        name: "Soep gemaakt" in as_(linde, name).get(f"/linde/series/{trial.pk}/").content.decode()
        for name in ("noor", "fleur", "joke", "ria", "bram")
    }
    assert seen == {"noor": True, "fleur": True, "joke": False, "ria": False, "bram": False}


def test_the_trail_does_not_know_who_wrote_in_the_log(trial: Series, linde: House) -> None:
    """Neither by name nor by the moment: the line says its day only."""
    line = actions.write_line(linde.actor("noor"), trial, words={"did": "Soep"})
    line.refresh_from_db()
    at = localtime(line.at)
    assert (at.date(), at.time()) == (line.day, time())
    actions.take_line_away(linde.actor("daan"), line)
    rows = TrailEntry.objects.filter(verb__in=["series.logged", "series.line_taken_away"])
    assert list(rows.order_by("number").values_list("actor", "verb")) == [
        ("clock", "series.logged"),
        ("clock", "series.line_taken_away"),
    ]


def test_a_refusal_gives_back_what_was_typed(linde: House) -> None:
    series = begin(linde)
    sent = {"key": "k1", "others": "Fleur\nNiemand <Hier>"}
    page = as_(linde, "noor").post(f"/linde/series/{series.pk}/people/", sent)
    text = page.content.decode()
    assert (page.status_code, "Niemand hier heet Niemand &lt;Hier&gt;" in text) == (409, True)
    assert "Fleur\nNiemand &lt;Hier&gt;</textarea>" in text
    assert '<details class="more" open' in text
    assert linde.people["fleur"].pk not in set(series.members.values_list("person", flat=True))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(actions, "stop", _refuses)
        sent = {"key": "k2", "words": "Rust in de avond"}
        page = as_(linde, "noor").post(f"/linde/series/{series.pk}/stop/", sent)
    assert (page.status_code, "Rust in de avond</textarea>" in page.content.decode()) == (409, True)


def _refuses(*_given: object, **_more: object) -> None:
    raise Refused("Nu niet.")


def lead_screen(house: House, name: str, meeting: int) -> str:
    return as_(house, name).get(f"/linde/meetings/{meeting}/lead/").content.decode()


def test_the_prototype_and_its_log_come_first_on_the_table(trial: Series, linde: House) -> None:
    actions.write_line(linde.actor("noor"), trial, words={"did": "Soep gemaakt"})
    fifth = actions.plan_next(linde.actor("noor"), trial, starts_at=clock.now())
    meetings.open_meeting(linde.actor("sami"), fifth)
    meetings.join(linde.actor("sami"), fifth)
    html = lead_screen(linde, "sami", fifth.pk)
    assert 0 < html.index("Samen koken") < html.index("Soep gemaakt") < html.index(">Begin<")
    fifth.refresh_from_db()
    meetings.invite_person(linde.actor("sami"), fifth, linde.people["bram"])
    meetings.join(linde.actor("bram"), fifth)
    html = lead_screen(linde, "sami", fifth.pk)
    assert ("Samen koken" in html, "Soep gemaakt" in html) == (False, False)


def resonance(linde: House, top: Team) -> tuple[Series, int]:
    series = begin(linde, RESONANCE, ("ria", "joke", "hester"), by="ria", team=top)
    meeting = actions.plan_next(linde.actor("ria"), series, starts_at=clock.now())
    meetings.open_meeting(linde.actor("ria"), meeting)
    meetings.join(linde.actor("ria"), meeting)
    return series, meeting.pk


def test_a_circle_answers_a_signal_and_the_team_hears_of_it(linde: House, top: Team) -> None:
    signal = story_of(linde, "De nachten zijn te kort", kind="signal", visibility="V5")
    _series, meeting = resonance(linde, top)
    assert "De nachten zijn te kort" in lead_screen(linde, "ria", meeting)
    ria = as_(linde, "ria")
    sent = {"key": "k1", "story": signal.pk, "word": "no", "screen": "moderator"}
    refused = ria.post(f"/linde/series/table/{meeting}/reply/", sent)
    assert (refused.status_code, "Zeg waarom niet" in refused.content.decode()) == (409, True)
    sent = {**sent, "key": "k2", "word": "yes", "text": "In januari een dienst erbij."}
    for _again in range(2):
        assert ria.post(f"/linde/series/table/{meeting}/reply/", sent).status_code == 302
    made = Reply.objects.get()
    assert (made.story, made.came_from) == (signal, f"meeting {meeting}")
    assert "De nachten zijn te kort" not in lead_screen(linde, "ria", meeting)
    page = as_(linde, "noor").get(f"/linde/stories/{signal.pk}/").content.decode()
    assert "In januari een dienst erbij." in page
    assert any("Er is antwoord" in words for words in said(linde, "noor"))


def test_only_the_moderator_answers_and_only_what_lies_there(linde: House, top: Team) -> None:
    signal = story_of(linde, "Nachten", kind="signal", visibility="V5")
    elsewhere = story_of(
        linde, "Ver weg", kind="signal", visibility="V5", team=linde.teams["duinhuis"]
    )
    _series, meeting = resonance(linde, top)
    for name, story, status in (
        ("joke", signal, 403), ("noor", signal, 403), ("ria", elsewhere, 404), ("ria", None, 404),
    ):  # fmt: skip
        sent = {"key": f"k {name}", "story": story.pk if story else "", "word": "yes"}
        answer = as_(linde, name).post(f"/linde/series/table/{meeting}/reply/", sent)
        assert answer.status_code == status, name
    assert Reply.objects.count() == 0


def test_the_moderator_answers_only_what_they_may_read(linde: House, top: Team) -> None:
    """Lying on the table of the unit is not enough: what is hidden is not there for them either."""
    signal = story_of(linde, "Nachten", kind="signal", visibility="V5")
    _series, number = resonance(linde, top)
    meeting = Meeting.objects.get(pk=number)
    assert not ask(linde.actor("bram"), "stories.see", signal)
    Seat.objects.filter(meeting=meeting, name="Ria").update(person=linde.people["bram"])
    with pytest.raises(NotThere):
        actions.reply_in_meeting(linde.actor("bram"), meeting, story=signal.pk, word="yes")
    assert Reply.objects.count() == 0


def test_a_guest_who_may_not_read_a_signal_takes_it_off_the_screen(linde: House, top: Team) -> None:
    story_of(linde, "Alleen voor wie stuurt", kind="signal", visibility="V5")
    story_of(linde, "Voor iedereen", kind="signal", visibility="V6")
    _series, meeting = resonance(linde, top)
    found = meetings_room(meeting)
    assert {thing["text"] for thing in found} == {"Alleen voor wie stuurt", "Voor iedereen"}
    one = Meeting.objects.get(pk=meeting)
    meetings.invite_person(linde.actor("ria"), one, linde.people["fleur"])
    meetings.join(linde.actor("fleur"), one)
    assert {thing["text"] for thing in meetings_room(meeting)} == {"Voor iedereen"}
    meetings.join_as_guest(one, name="Bea", code=one.code)
    assert meetings_room(meeting) == []


def meetings_room(number: int) -> list[dict[str, object]]:
    found: list[dict[str, object]] = room.of(Meeting.objects.get(pk=number)).snap.about["things"]
    return found


def test_the_table_of_a_meeting_asks_no_more_with_three_signals_than_with_one(
    linde: House, top: Team
) -> None:
    _series, number = resonance(linde, top)
    meeting = Meeting.objects.get(pk=number)
    counts = []
    for _round in range(2):
        for _signal in range(2):
            story_of(linde, "Nachten", kind="signal", visibility="V5")
        with CaptureQueriesContext(connection) as queries:
            assert things(meeting)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 10
    assert Story.objects.count() == 4
