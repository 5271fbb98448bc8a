"""Planning, changing, inviting, coming in, and who may know."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from kring.base import clock, scope
from kring.base.policy import Actor, NotThere, Refused, ask
from kring.meetings import actions, room
from kring.meetings.actions.join import GUESSES, guest_at_the_door
from kring.meetings.actions.plan import LETTERS
from kring.meetings.models import Meeting, Seat, SeatState, Stage
from kring.meetings.tests.conftest import plan_of
from kring.meetings.tests.scripts import talk
from tests.cast import Cast, House


@pytest.fixture(autouse=True)
def _no_old_guesses() -> None:
    cache.clear()


def test_a_plan_pins_its_own_copy_of_the_protocol(linde: House) -> None:
    meeting = actions.plan_meeting(linde.actor("noor"), plan_of(linde, title="Maandag"))
    stored = Meeting.objects.get(pk=meeting.pk)
    assert (stored.script, stored.state, stored.title) == (talk(), Stage.PLANNED, "Maandag")
    assert (len(stored.code), set(stored.code) <= set(LETTERS)) == (6, True)
    seats = list(stored.seats.values_list("name", "roles", "is_manager", "state"))
    assert seats == [
        ("Sami", ["moderator"], False, "invited"),
        ("Noor", [], False, "invited"),
        ("Daan", [], False, "invited"),
        ("Joke", [], True, "invited"),
    ]


def test_whoever_plans_without_a_moderator_moderates(linde: House) -> None:
    invited = ((linde.people["daan"], ()),)
    meeting = actions.plan_meeting(linde.actor("noor"), plan_of(linde, people=invited))
    assert list(meeting.seats.values_list("name", "roles")) == [
        ("Noor", ["moderator"]),
        ("Daan", []),
    ]


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("noor", True),
        ("sami", True),
        ("joke", True),
        ("ria", True),
        ("external", True),
        ("fleur", False),
        ("bram", False),
        ("hester", False),
        ("ali", False),
        ("petra", False),
        ("wim", False),
    ],
)
def test_who_may_plan_for_a_team(linde: House, name: str, may: bool) -> None:
    assert bool(ask(linde.actor(name), "meetings.plan", linde.teams["vuurtoren"])) is may


def test_a_conversation_without_the_manager_is_held_without_the_manager(linde: House) -> None:
    without = talk(manager_may_join=False)
    for name in ("joke", "ria", "hester"):
        people = ((linde.people["sami"], ("moderator",)), (linde.people[name], ()))
        with pytest.raises(Refused, match=r"without the manager|zonder de leidinggevende"):
            actions.plan_meeting(
                linde.actor("sami"), plan_of(linde, protocol=without, people=people)
            )
    assert Meeting.objects.count() == 0


@pytest.mark.parametrize(
    ("existence", "names"),
    [
        ("participants", {"sami", "noor", "daan", "joke"}),
        ("team", {"sami", "noor", "daan", "joke"}),
        (
            "organisation",
            {"sami", "noor", "daan", "joke", "fleur", "bram", "ria", "hester", "ali"}
            | {"petra", "wim", "mo"},
        ),
    ],
)
def test_who_may_know_of_a_meeting(cast: Cast, existence: str, names: set[str]) -> None:
    house = cast.linde
    with scope.inside(house.organisation.pk):
        people = ((house.people["sami"], ("moderator",)),)
        plan = plan_of(house, existence_visible_to=existence, people=people)
        meeting = actions.plan_meeting(house.actor("noor"), plan)
        if existence == "participants":
            names = {"sami", "noor"}  # invited, and who planned it
        for name in house.people:
            actor = house.actor(name)
            listed = Meeting.objects.visible_to(actor).filter(pk=meeting.pk).exists()
            assert (name, listed) == (name, name in names)
            assert (name, bool(ask(actor, "meetings.see", meeting))) == (name, name in names)
    with scope.inside(cast.waterkant.organisation.pk):
        for name in cast.waterkant.people:
            actor = cast.waterkant.actor(name)
            assert Meeting.objects.visible_to(actor).count() == 0


@pytest.mark.parametrize("many", [1, 3])
def test_a_list_of_meetings_is_one_query(linde: House, many: int) -> None:
    for _time in range(many):
        actions.plan_meeting(linde.actor("sami"), plan_of(linde))
    noor = linde.actor("noor")
    with CaptureQueriesContext(connection) as queries:
        assert len(list(Meeting.objects.visible_to(noor))) == many
    assert len(queries) == 1


def test_two_people_change_the_plan_and_the_second_looks_again(linde: House) -> None:
    sami = linde.actor("sami")
    meeting = actions.plan_meeting(sami, plan_of(linde))
    seen = meeting.version
    actions.change_meeting(sami, meeting, version=seen, place="Zaal 2")
    with pytest.raises(actions.Stale):
        actions.change_meeting(sami, meeting, version=seen, place="Zaal 3")
    assert Meeting.objects.get(pk=meeting.pk).place == "Zaal 2"
    for name in ("noor", "fleur", "ali"):
        with pytest.raises(Refused):
            actions.change_meeting(linde.actor(name), meeting, version=meeting.version, place="X")


def test_calling_off_can_be_undone(linde: House) -> None:
    sami = linde.actor("sami")
    meeting = actions.plan_meeting(sami, plan_of(linde))
    old = meeting.code
    actions.cancel_meeting(sami, meeting)
    assert (meeting.state, actions.find_by_code(old, "1.2.3.4")) == (Stage.CANCELLED, None)
    actions.bring_back_meeting(sami, meeting)
    assert (meeting.state, len(meeting.code)) == (Stage.PLANNED, 6)


def test_inviting_twice_is_one_seat_and_an_invitation_can_be_taken_back(linde: House) -> None:
    sami = linde.actor("sami")
    meeting = actions.plan_meeting(sami, plan_of(linde))
    fleur = linde.people["fleur"]
    seat = actions.invite_person(sami, meeting, fleur)
    assert actions.invite_person(sami, meeting, fleur) == seat
    assert bool(ask(linde.actor("fleur"), "meetings.see", meeting)) is True
    actions.withdraw_invitation(sami, meeting, seat)
    assert bool(ask(linde.actor("fleur"), "meetings.see", meeting)) is False
    assert list(Meeting.objects.visible_to(linde.actor("fleur"))) == []


def test_nobody_of_another_organisation_can_be_invited(cast: Cast) -> None:
    with scope.inside(cast.linde.organisation.pk):
        meeting = actions.plan_meeting(cast.linde.actor("sami"), plan_of(cast.linde))
        with pytest.raises(NotThere):
            actions.invite_person(
                cast.linde.actor("sami"), meeting, cast.waterkant.people["waterkant_lid"]
            )


def test_somebody_has_to_moderate(linde: House) -> None:
    sami = linde.actor("sami")
    meeting = actions.plan_meeting(sami, plan_of(linde))
    own = meeting.seats.get(person=linde.people["sami"])
    with pytest.raises(Refused):
        actions.plan_roles(sami, meeting, own, ())
    noor = meeting.seats.get(person=linde.people["noor"])
    actions.plan_roles(sami, meeting, noor, ("moderator", "contributor"))
    actions.plan_roles(sami, meeting, own, ())
    assert Seat.objects.get(pk=noor.pk).roles == ["moderator", "contributor"]


def test_the_room_opens_an_hour_before_or_when_a_moderator_comes(linde: House) -> None:
    tomorrow = clock.now() + timedelta(days=1)
    meeting = actions.plan_meeting(linde.actor("sami"), plan_of(linde, starts_at=tomorrow))
    with pytest.raises(Refused):
        actions.join(linde.actor("noor"), meeting)
    with clock.pretend(tomorrow - timedelta(minutes=59)):
        assert actions.join(linde.actor("noor"), meeting).state == SeatState.JOINED
    assert Meeting.objects.get(pk=meeting.pk).state == Stage.OPEN
    other = actions.plan_meeting(linde.actor("sami"), plan_of(linde, starts_at=tomorrow))
    actions.join(linde.actor("sami"), other)
    assert Meeting.objects.get(pk=other.pk).state == Stage.OPEN


def test_coming_in_twice_is_one_chair_and_the_code_lets_others_in(
    linde: House, meeting: Meeting
) -> None:
    number = room.of(meeting).number
    first = actions.join(linde.actor("noor"), meeting)
    assert actions.join(linde.actor("noor"), meeting) == first
    assert room.of(meeting).number == number
    with pytest.raises(Refused):
        actions.join(linde.actor("fleur"), meeting)
    with pytest.raises(Refused):
        actions.join(linde.actor("fleur"), meeting, code="ABCDEF")
    seat = actions.join(linde.actor("fleur"), meeting, code=meeting.code.lower())
    assert (seat.key, room.of(meeting).names["s5"]) == ("s5", "Fleur")
    assert room.of(meeting).state.is_here("s5") is True


def test_the_code_finds_the_meeting_until_somebody_guesses(meeting: Meeting) -> None:
    spaced = f"{meeting.code[:3].lower()} {meeting.code[3:]}"
    assert actions.find_by_code(spaced, "10.0.0.1") == meeting
    for wrong in ("", "ABC", "ÅBCDEF", "IIIIII", "ABCDEFG"):
        assert actions.find_by_code(wrong, "10.0.0.1") is None
    for _guess in range(GUESSES - 5):
        assert actions.find_by_code("AAAAAA", "10.0.0.1") is None
    with pytest.raises(Refused):
        actions.find_by_code(meeting.code, "10.0.0.1")
    assert actions.find_by_code(meeting.code, "10.0.0.2") == meeting


def _knock(house: House, path: str, cookies: dict[str, str]) -> Actor | None:
    request = RequestFactory().get(path)
    request.COOKIES.update(cookies)
    return guest_at_the_door(request, house.organisation)


def test_a_guest_comes_in_with_the_code_and_only_here(linde: House, meeting: Meeting) -> None:
    other = actions.start_now(linde.actor("sami"), plan_of(linde))
    with pytest.raises(Refused):
        actions.join_as_guest(meeting, name="Bea", code=other.code)
    seat, secret = actions.join_as_guest(meeting, name=" Bea ", code=meeting.code)
    answer = HttpResponse()
    actions.guest_cookie(answer, meeting, seat, secret)
    name, morsel = next(iter(answer.cookies.items()))
    assert (morsel["httponly"], morsel["samesite"], morsel["path"]) == (True, "Lax", "/linde/")
    cookies = {name: morsel.value}
    guest = _knock(linde, f"/linde/meetings/{meeting.pk}/phone/", cookies)
    assert guest is not None
    assert (guest.kind, guest.seat, guest.name, guest.teams) == (
        "guest",
        seat.pk,
        "Bea",
        frozenset(),
    )
    assert _knock(linde, f"/linde/meetings/{other.pk}/phone/", cookies) is None
    assert _knock(linde, "/linde/", cookies) is None
    forged = {name: morsel.value.replace(secret[:4], "xxxx")}
    assert _knock(linde, f"/linde/meetings/{meeting.pk}/phone/", forged) is None
    assert list(Meeting.objects.visible_to(guest)) == [meeting]
    assert bool(ask(guest, "meetings.see", other)) is False
    assert secret not in str(list(Seat.objects.values()))


def test_a_chair_kept_for_a_guest_is_taken_by_that_guest_once(linde: House) -> None:
    plan = plan_of(linde, guests=(("Bea", ("contributor",)),))
    meeting = actions.start_now(linde.actor("sami"), plan)
    first, _secret = actions.join_as_guest(meeting, name="bea", code=meeting.code)
    second, _secret = actions.join_as_guest(meeting, name="Bea", code=meeting.code)
    assert (first.roles, first.place, second.roles, second.place) == (["contributor"], 5, [], 6)


def test_a_quiet_talk_is_not_planned_like_a_meeting(linde: House) -> None:
    """It would stand in the meetings' own table, where its existence could be counted."""
    from dataclasses import replace

    from kring.methods.shelf import shipped

    quiet = shipped().protocol("restorative_conference")
    assert quiet is not None
    plan = replace(plan_of(linde), protocol=quiet)
    with pytest.raises(Refused):
        actions.plan_meeting(linde.actor("sami"), plan)
    with scope.inside(linde.organisation.pk):
        assert not Meeting.objects.exists()
