"""The pages of a meeting: planning it, finding it, coming in, asking without scripts."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils.timezone import localdate

from kring.agreements import actions as agree
from kring.base import clock, scope
from kring.meetings import actions, asking, room
from kring.meetings.models import Harvest, Meeting, Seat, SeatState, Stage
from kring.meetings.tests.conftest import plan_of
from tests.cast import Cast, House

NEW = "/linde/meetings/new/good_practice_review/"


@pytest.fixture
def sami(linde: House, client: Client) -> Client:
    client.force_login(linde.account("sami"))
    return client


def as_(house: House, name: str) -> Client:
    browser = Client()
    browser.force_login(house.account(name))
    return browser


def planned(house: House, **changed: object) -> dict[str, object]:
    ids = [house.people[name].pk for name in ("noor", "sami", "daan")]
    return {
        "key": "one-and-the-same",
        "none_apply": "on",
        "arranged": "on",
        "team": house.teams["vuurtoren"].pk,
        "when": "later",
        "day": str(localdate() + timedelta(days=9)),
        "at": "14:30",
        "minutes": "45",
        "place": "De huiskamer",
        "mode": "phones",
        "people": ids,
        "others": "Fleur\nTruus",
        "role_contributor": house.people["noor"].pk,
        **changed,
    }


def test_planning_invites_colleagues_guests_and_gives_roles(linde: House, sami: Client) -> None:
    answer = sami.post(NEW, planned(linde))
    meeting = Meeting.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/linde/meetings/{meeting.pk}/")
    assert (meeting.state, meeting.place, meeting.minutes) == (Stage.PLANNED, "De huiskamer", 45)
    seats = {seat.name: (seat.person_id is None, seat.roles) for seat in meeting.seats.all()}
    assert seats == {
        "Daan": (False, []),
        "Fleur": (False, []),
        "Noor": (False, ["contributor"]),
        "Sami": (False, ["moderator"]),
        "Truus": (True, []),
    }
    assert mail.outbox == []


def test_the_same_plan_sent_twice_is_one_meeting(linde: House, sami: Client) -> None:
    first, again = (sami.post(NEW, planned(linde)) for _time in range(2))
    assert first["Location"] == again["Location"]
    assert Meeting.objects.count() == 1


def test_wrong_input_keeps_what_was_filled_in_and_says_what_to_do(
    linde: House, sami: Client
) -> None:
    wrong = planned(linde, day="2020-01-01", others="iemand@elders.example", none_apply="")
    answer = sami.post(NEW, wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Niemand hier heeft het adres iemand@elders.example." in page
    assert "Kijk hier eerst naar." in page
    assert 'value="De huiskamer"' in page
    assert Meeting.objects.count() == 0


def test_a_day_that_has_passed_is_refused(linde: House, sami: Client) -> None:
    answer = sami.post(NEW, planned(linde, day="2020-01-01"))
    assert answer.status_code == 422
    assert "Dat moment is al geweest." in answer.content.decode()


def test_beginning_now_leads_to_the_facilitators_screen(linde: House, sami: Client) -> None:
    answer = sami.post(NEW, planned(linde, when="now", day="", at=""))
    meeting = Meeting.objects.get()
    assert answer["Location"] == f"/linde/meetings/{meeting.pk}/lead/"
    page = sami.get(answer["Location"]).content.decode()
    assert "Mensen komen binnen." in page
    assert meeting.code in page
    posts = re.findall(r'<form\b[^>]*method="post".*?</form>', page, re.S)
    assert [form for form in posts if "csrfmiddlewaretoken" not in form] == []


def test_somebody_of_another_team_cannot_plan_for_this_one(linde: House) -> None:
    answer = as_(linde, "fleur").get(f"{NEW}?team={linde.teams['vuurtoren'].pk}")
    assert answer.status_code == 404


@pytest.mark.parametrize("others", [1, 3])
def test_the_list_asks_as_much_for_three_meetings_as_for_one(
    linde: House, sami: Client, others: int, django_assert_num_queries: object
) -> None:
    for _one in range(others):
        actions.plan_meeting(linde.actor("sami"), plan_of(linde))
    sami.get("/linde/meetings/")
    with django_assert_num_queries(COUNT):  # type: ignore[operator]  # a fixture
        page = sami.get("/linde/meetings/").content.decode()
    assert page.count("Een gesprek") == others


COUNT = 11


@pytest.mark.parametrize("many", [1, 8, 9])
def test_the_page_names_the_agreements_that_ask_most(
    linde: House, sami: Client, many: int, django_assert_num_queries: object
) -> None:
    meeting = actions.plan_meeting(linde.actor("sami"), plan_of(linde))
    for number in range(many):
        what = {"team": linde.teams["vuurtoren"], "what": f"Wij bellen ({number})"}
        agree.make(linde.actor("noor"), **what, taken_on_by_team=True)
    page = f"/linde/meetings/{meeting.pk}/"
    daan = as_(linde, "daan")
    daan.get(page)
    with django_assert_num_queries(PAGE):  # type: ignore[operator]  # a fixture
        shown = daan.get(page).content.decode()
    assert shown.count("Wij bellen (") == min(many, 8)
    assert (f"?team={linde.teams['vuurtoren'].pk}" in shown) is (many > 8)
    assert "Wij bellen (" not in as_(linde, "fleur").get(page).content.decode()


PAGE = 13


def test_the_list_shows_what_a_reader_may_know_of(cast: Cast, linde: House) -> None:
    private = actions.plan_meeting(
        linde.actor("sami"),
        plan_of(linde, title="Alleen wij", existence_visible_to="participants"),
    )
    seen = {
        name: "Alleen wij" in as_(linde, name).get("/linde/meetings/").content.decode()
        for name in ("noor", "fleur", "hester", "ali")
    }
    assert seen == {"noor": True, "fleur": False, "hester": False, "ali": False}
    assert as_(linde, "hester").get(f"/linde/meetings/{private.pk}/").status_code == 404
    stranger = as_(cast.waterkant, "waterkant_lid")
    assert stranger.get(f"/linde/meetings/{private.pk}/").status_code == 404


def test_a_guest_comes_in_with_six_letters_and_a_first_name(linde: House, meeting: Meeting) -> None:
    guest = Client()
    code = meeting.code
    found = guest.post("/join/", {"code": f" {code.lower()} "})
    assert found["Location"] == f"/join/{code}/"
    assert "Wat is je voornaam?" in guest.get(f"/join/{code}/").content.decode()
    nameless = guest.post(f"/join/{code}/", {"name": "  "})
    assert (nameless.status_code, Seat.objects.filter(person=None).count()) == (422, 0)
    seated = guest.post(f"/join/{code}/", {"name": "Truus"})
    assert seated["Location"] == f"/linde/meetings/{meeting.pk}/phone/"
    assert "Wat zie je?" in guest.get(seated["Location"]).content.decode()
    seat = meeting.seats.get(name="Truus")
    assert (seat.state, seat.person_id) == (SeatState.JOINED, None)
    for other in ("lead", "table"):
        assert guest.get(f"/linde/meetings/{meeting.pk}/{other}/").status_code == 403
    assert guest.get("/linde/meetings/").status_code == 302
    assert Client().get(seated["Location"]).status_code == 302


def test_letters_nobody_gave_say_so(linde: House) -> None:
    answer = Client().post("/join/", {"code": "ZZZZZZ"})
    assert answer.status_code == 404
    assert "Deze letters kennen we niet." in answer.content.decode()


def step_on(house: House, meeting: Meeting) -> None:
    asked = {"kind": "enter_next", "from_visit": room.of(meeting).state.visit}
    assert actions.do(house.actor("sami"), meeting, asked, "on we go").refused is None


def test_a_form_asks_what_a_script_would_ask(linde: House, meeting: Meeting) -> None:
    step_on(linde, meeting)
    noor = as_(linde, "noor")
    here = f"/linde/meetings/{meeting.pk}/"
    said = {"ask": "contribute", "visit": "v2", "text": "Licht in de gang", "key": "k" * 12}
    answers = [noor.post(f"{here}ask/", said, headers={"referer": f"{here}phone/"}) for _ in "12"]
    assert [answer["Location"] for answer in answers] == [f"{here}phone/"] * 2
    page = noor.get(f"{here}phone/").content.decode()
    assert page.count("<p>Licht in de gang</p>") == 2  # on the table and among the own cards: once
    daan = as_(linde, "daan").get(f"{here}phone/").content.decode()
    assert daan.count("<p>Licht in de gang</p>") == 1


def test_a_refusal_without_scripts_is_said_on_the_page(linde: House, meeting: Meeting) -> None:
    answer = as_(linde, "noor").post(
        f"/linde/meetings/{meeting.pk}/ask/",
        {"ask": "enter_next", "from_visit": "v1", "key": "k" * 9},
    )
    assert answer.status_code == 409
    assert "Dit doet de begeleider." in answer.content.decode()


def test_my_note_is_mine_alone(linde: House, meeting: Meeting) -> None:
    here = f"/linde/meetings/{meeting.pk}/note/"
    noor, daan = as_(linde, "noor"), as_(linde, "daan")
    assert noor.post(here, {"step": "talk_open", "text": "Even bellen met A."}).status_code == 302
    assert noor.get(f"{here}?step=talk_open").json() == {"text": "Even bellen met A."}
    assert daan.get(f"{here}?step=talk_open").json() == {"text": ""}
    noor.post(here, {"step": "talk_open", "text": ""})
    assert noor.get(f"{here}?step=talk_open").json() == {"text": ""}


def test_closing_says_what_goes_and_asks_when_to_look_back(linde: House, meeting: Meeting) -> None:
    sami, here = as_(linde, "sami"), f"/linde/meetings/{meeting.pk}/"
    assert "Dit is straks echt weg" in sami.get(f"{here}close/").content.decode()
    nothing = sami.post(f"{here}close/", {"key": "a" * 9, "look_back_on": ""})
    assert nothing.status_code == 409
    assert "Kies eerst wanneer jullie terugkijken" in nothing.content.decode()
    day = str(localdate() + timedelta(days=30))
    closed = sami.post(f"{here}close/", {"key": "b" * 9, "look_back_on": day})
    assert closed["Location"] == here
    meeting.refresh_from_db()
    assert meeting.state == Stage.CLOSED
    assert "Er is niets geoogst." in sami.get(here).content.decode()
    assert as_(linde, "noor").get(f"{here}close/")["Location"] == here


def test_minutes_hold_only_what_was_harvested(linde: House, meeting: Meeting) -> None:
    step_on(linde, meeting)
    actions.do(linde.actor("noor"), meeting, {"kind": "contribute", "text": "Binnen"}, "key-noor-1")
    close = {"kind": "close", "confirmed": True, "no_follow_up": True}
    assert actions.do(linde.actor("sami"), meeting, close, "close-key").refused is None
    Harvest(meeting=meeting, item="i1", type="working_factor", text="Eerst zitten").save()
    page = as_(linde, "daan").get(f"/linde/meetings/{meeting.pk}/").content.decode()
    assert "Eerst zitten" in page
    assert "Binnen" not in page
    pdf = as_(linde, "daan").get(f"/linde/meetings/{meeting.pk}/minutes.pdf")
    assert (pdf.status_code, pdf.content[:5]) == (200, b"%PDF-")
    assert as_(linde, "fleur").get(f"/linde/meetings/{meeting.pk}/minutes.pdf").status_code == 404


def test_who_takes_over_leads_from_then_on(linde: House, meeting: Meeting) -> None:
    noor, here = as_(linde, "noor"), f"/linde/meetings/{meeting.pk}/"
    assert noor.get(f"{here}lead/").status_code == 403
    taken = noor.post(f"{here}take-over/", {"key": "t" * 9})
    assert taken["Location"] == f"{here}lead/"
    assert noor.get(f"{here}lead/").status_code == 200


def test_roles_change_hands_before_the_meeting(linde: House) -> None:
    meeting = actions.plan_meeting(linde.actor("sami"), plan_of(linde))
    seats = {seat.name: seat for seat in meeting.seats.all()}
    sent = {
        "role_moderator": seats["Daan"].pk,
        "role_contributor": seats["Noor"].pk,
        "key": "r" * 9,
    }
    answer = as_(linde, "sami").post(f"/linde/meetings/{meeting.pk}/roles/", sent)
    assert answer.status_code == 302
    now = {seat.name: seat.roles for seat in meeting.seats.all()}
    assert now == {"Sami": [], "Noor": ["contributor"], "Daan": ["moderator"], "Joke": []}


def test_a_change_somebody_else_just_made_is_not_overwritten(linde: House) -> None:
    meeting = actions.plan_meeting(linde.actor("sami"), plan_of(linde))
    sent = {
        "day": str(localdate() + timedelta(days=3)),
        "at": "09:00",
        "minutes": "30",
        "place": "B",
    }
    old = {**sent, "version": meeting.version - 1, "key": "c" * 9}
    answer = as_(linde, "sami").post(f"/linde/meetings/{meeting.pk}/change/", old)
    assert answer.status_code == 409
    assert "Iemand heeft deze bijeenkomst net gewijzigd." in answer.content.decode()
    new = {**sent, "version": meeting.version, "key": "d" * 9}
    assert as_(linde, "sami").post(f"/linde/meetings/{meeting.pk}/change/", new).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.place, meeting.minutes) == ("B", 30)


def test_my_week_names_the_meetings_i_sit_in(linde: House) -> None:
    from kring.meetings.panels import my_meetings

    later = clock.now() + timedelta(days=2)
    actions.plan_meeting(linde.actor("sami"), plan_of(linde, starts_at=later))
    actions.start_now(linde.actor("sami"), plan_of(linde, title="Nu"))
    lines = {
        name: [str(line.button) for line in my_meetings(linde.actor(name), "linde", later.date())]
        for name in ("noor", "fleur")
    }
    assert lines == {"noor": ["Ga naar binnen", "Kijk wie er komt"], "fleur": []}


@pytest.mark.parametrize(
    ("sent", "asked"),
    [
        ({"ask": "start", "key": "x", "csrfmiddlewaretoken": "y"}, {"kind": "start"}),
        ({"ask": "place", "value": ""}, {"kind": "place", "value": None}),
        ({"ask": "reorder", "phases": "a,b"}, {"kind": "reorder", "phases": ["a", "b"]}),
        (
            {"ask": "give_role", "role": "contributor", "seat": "__me__"},
            {"kind": "give_role", "role": "contributor", "seat": "s4"},
        ),
        (
            {"ask": "fill_item", "item": "i", "fields.what": " Zo ", "fields.when": ""},
            {"kind": "fill_item", "item": "i", "fields": {"what": "Zo", "when": None}},
        ),
    ],
)
def test_a_form_is_read_as_an_ask(sent: dict[str, str], asked: dict[str, object]) -> None:
    assert asking.read(sent, me="s4") == asked


def test_nothing_of_another_house_is_found(cast: Cast, meeting: Meeting) -> None:
    with scope.inside(cast.waterkant.organisation.pk):
        other = as_(cast.waterkant, "waterkant_lid").get(f"/waterkant/meetings/{meeting.pk}/")
    assert other.status_code == 404


def test_a_mistake_in_the_plan_keeps_what_was_typed(linde: House, sami: Client) -> None:
    here = f"/linde/meetings/{actions.plan_meeting(linde.actor('sami'), plan_of(linde)).pk}/"
    sent = {"day": "geen dag", "at": "14:30", "minutes": "45", "place": "De <serre>"}
    answer = sami.post(f"{here}change/", {**sent, "version": "1"})
    assert answer.status_code == 422
    assert 'value="De &lt;serre&gt;"' in answer.content.decode()
    others = "Truus\niemand@elders.example"
    answer = sami.post(f"{here}invite/", {"others": others})
    assert answer.status_code == 422
    assert f">\n{others}</textarea>" in answer.content.decode()
    assert not Seat.objects.filter(name="Truus").exists()
