"""Calendar feeds: own secret addresses, neutral words, correct calendars."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from icalendar import Calendar

from kring.base.policy import Actor
from kring.people import feeds
from kring.people.models import Feed, Membership
from tests.cast import House

CHANGED = datetime(2026, 3, 2, 13, tzinfo=UTC)
PAGE = "/linde/calendars/"


@pytest.fixture(autouse=True)
def _two_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    """One feature with a whole day and a time; the time only in the calendar of a team."""

    def some(actor: Actor, team: int | None, organisation: str) -> Iterable[feeds.Entry]:
        same = {"changed_at": CHANGED, "version": 3, "page": f"/{organisation}/"}
        yield feeds.Entry(uid="agreement 1", title="Terugkijken", on=date(2026, 3, 23), **same)
        if team:
            yield feeds.Entry(
                uid="meeting 1",
                title="Bijeenkomst",
                begins_at=datetime(2026, 3, 30, 12, tzinfo=UTC),
                place="Huiskamer",
                **same,
            )

    monkeypatch.setattr(feeds, "_works", {"some": some})


def come(linde: House, name: str) -> Client:
    client = Client()
    client.force_login(linde.account(name))
    return client


def make(client: Client, **fields: object) -> str:
    """Make an address on the page and return its path."""
    page = client.post(PAGE, {"key": "k1", **fields}).content.decode()
    found = re.search(r"<code>[^<]*?(/calendar/[\w-]+\.ics)</code>", page)
    assert found is not None
    return found.group(1)


def test_a_calendar_program_reads_it_without_login(linde: House) -> None:
    path = make(come(linde, "noor"), team=linde.teams["vuurtoren"].pk)
    answer = Client().get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert answer.cookies == {}
    book = Calendar.from_ical(answer.content)
    day, talk = book.walk("VEVENT")
    assert (day.decoded("dtstart"), day.decoded("dtend")) == (date(2026, 3, 23), date(2026, 3, 24))
    assert (day["sequence"], day.decoded("dtstamp")) == (3, CHANGED)
    begin = talk.decoded("dtstart")
    assert begin == datetime(2026, 3, 30, 14, tzinfo=ZoneInfo("Europe/Amsterdam"))
    assert talk["dtstart"].params["TZID"] == "Europe/Amsterdam"
    assert talk.decoded("dtend") - begin == timedelta(hours=1)
    assert [zone["tzid"] for zone in book.walk("VTIMEZONE")] == ["Europe/Amsterdam"]
    assert b"\r\n" in answer.content
    assert max(map(len, answer.content.split(b"\r\n"))) <= 75


def test_ids_stay_and_say_nothing(linde: House) -> None:
    path = make(come(linde, "noor"))
    first, second = (
        [str(one["uid"]) for one in Calendar.from_ical(Client().get(path).content).walk("VEVENT")]
        for _ in range(2)
    )
    assert first == second == [feeds.uid("agreement 1")]
    assert "agreement" not in first[0]


def test_the_own_calendar_and_that_of_a_team_are_apart(linde: House) -> None:
    client, team = come(linde, "noor"), linde.teams["vuurtoren"].pk
    own, of_team = make(client), make(client, team=team)
    counts = [Client().get(path).content.count(b"BEGIN:VEVENT") for path in (own, of_team)]
    assert counts == [1, 2]


def test_a_new_address_stops_the_old_one(linde: House) -> None:
    client = come(linde, "noor")
    old = make(client)
    assert make(client) == old  # the same submit again is the same submit
    new = make(client, key="k2")
    assert [Client().get(path).status_code for path in (old, new)] == [404, 200]
    client.post(PAGE, {"key": "k3", "away": "1"})
    assert Client().get(new).status_code == 404


def test_only_a_hash_is_kept(linde: House) -> None:
    path = make(come(linde, "noor"))
    secret = path.removeprefix("/calendar/").removesuffix(".ics")
    assert Feed.objects.get().digest == feeds.digest(secret)
    assert secret not in come(linde, "noor").get(PAGE).content.decode()


def test_whoever_leaves_the_team_or_the_house_reads_no_longer(linde: House) -> None:
    client, team = come(linde, "noor"), linde.teams["vuurtoren"].pk
    own, of_team = make(client), make(client, team=team)
    Membership.objects.filter(person=linde.people["noor"]).update(ends_on=date(2025, 1, 1))
    assert [Client().get(path).status_code for path in (own, of_team)] == [200, 404]
    linde.people["noor"].ends_on = date(2025, 1, 1)
    linde.people["noor"].save()
    assert [Client().get(path).status_code for path in (own, of_team)] == [404, 404]


def test_nobody_follows_the_team_of_somebody_else(linde: House) -> None:
    other = linde.teams["duinhuis"].pk
    assert come(linde, "noor").post(PAGE, {"key": "k", "team": other}).status_code == 404
    assert Feed.objects.count() == 0


@pytest.mark.parametrize("secret", ["x", "%00", "a" * 500])
def test_a_wrong_secret_is_not_there(linde: House, secret: str) -> None:
    assert Client().get(f"/calendar/{secret}.ics").status_code == 404
