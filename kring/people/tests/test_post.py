"""Nothing is sent twice and nothing is lost, also when the mail server is away."""

import smtplib
from datetime import UTC, datetime, time, timedelta
from io import StringIO
from itertools import pairwise
from typing import ClassVar

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.utils.translation import gettext_lazy

from kring.people.models import Letter, Notice, Person
from kring.people.post import kind, tell, untell, write
from kring.people.post.letters import forget_sent, send_due
from kring.people.post.notices import gather_due
from kring.people.post.rules import LEASE, PAUSES
from tests.cast import House

NOW = datetime(2026, 3, 25, 11, tzinfo=UTC)


class Server(BaseEmailBackend):
    """A mail server that can be away, be busy, or refuse somebody for good."""

    mode: ClassVar[str] = "up"
    taken: ClassVar[list[EmailMessage]] = []

    def open(self) -> bool:
        if Server.mode == "away":
            raise ConnectionRefusedError
        return True

    def send_messages(self, messages: list[EmailMessage]) -> int:
        for message in messages:
            if Server.mode == "busy":
                raise smtplib.SMTPDataError(451, b"later")
            if "wrong" in message.to[0]:
                raise smtplib.SMTPRecipientsRefused({message.to[0]: (550, b"nobody")})
            message.message()
            Server.taken.append(message)
        return len(messages)


@pytest.fixture(autouse=True)
def _server(settings: object) -> None:
    settings.EMAIL_BACKEND = "kring.people.tests.test_post.Server"  # type: ignore[attr-defined]
    Server.mode, Server.taken = "up", []
    kind("test.a", gettext_lazy("Dutch"))
    kind("test.gone", gettext_lazy("English"), lambda abouts: set())


def letter(cause: str = "een", to: str = "noor@linde.example") -> Letter | None:
    return write(
        to=to, subject="Er is\niets", body="Kijk", cause=cause, language="nl", send_after=NOW
    )


def test_one_cause_is_one_letter_sent_once(linde: House) -> None:
    assert (letter() is None, letter() is None) == (False, True)
    assert [send_due(NOW), send_due(NOW), send_due(NOW + timedelta(days=9))] == [1, 0, 0]
    sent = Letter.objects.get()
    assert (sent.body, sent.sent_at, sent.attempts) == ("", NOW, 1)
    assert [(one.to, one.subject, one.body) for one in Server.taken] == [
        (["noor@linde.example"], "Er is iets", "Kijk")
    ]
    assert Server.taken[0].extra_headers["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize("mode", ["away", "busy"])
def test_the_server_is_away_for_a_day_and_nothing_is_lost(linde: House, mode: str) -> None:
    letter("een"), letter("twee")
    Server.mode = mode
    moment, tries = NOW, []
    for _ in range(60 * 24):
        before = Letter.objects.order_by("-attempts").values_list("attempts", flat=True)[0]
        assert send_due(moment) == 0
        after = Letter.objects.order_by("-attempts").values_list("attempts", flat=True)[0]
        if after > before:
            tries.append(moment)
        moment += timedelta(minutes=1)
    gaps = [later - earlier for earlier, later in pairwise(tries)]
    assert gaps == list(PAUSES[: len(gaps)])
    assert len(tries) == 7
    assert [one.body for one in Letter.objects.all()] == ["Kijk", "Kijk"]
    Server.mode = "up"
    assert send_due(moment + timedelta(days=1)) == 2
    assert len(Server.taken) == 2


def test_after_three_days_somebody_must_look_and_can_mend_it(linde: House) -> None:
    letter()
    Server.mode, moment = "away", NOW
    for pause in [*PAUSES, timedelta(0)]:
        assert send_due(moment) == 0
        moment += pause
    assert Letter.objects.get().failed_at is not None
    said = StringIO()
    call_command("letters", stdout=said)
    assert "waiting: 0   given up: 1" in said.getvalue()
    assert "noor@linde.example" in said.getvalue()
    assert "Kijk" not in said.getvalue()
    Server.mode = "up"
    call_command("letters", "--retry", stdout=StringIO())
    waiting = Letter.objects.get()
    assert (waiting.failed_at, waiting.attempts) == (None, 0)
    assert send_due(waiting.send_after) == 1


def test_a_wrong_address_holds_up_nobody(linde: House) -> None:
    letter("een", "wrong@linde.example"), letter("twee")
    assert send_due(NOW) == 1
    wrong = Letter.objects.get(to_email="wrong@linde.example")
    assert (wrong.failed_at, wrong.sent_at) == (NOW, None)


def test_a_clock_that_died_leaves_its_letter_to_the_next(linde: House) -> None:
    letter()
    Letter.objects.update(lease_until=NOW + LEASE, attempts=1)  # claimed, then the machine stopped
    assert send_due(NOW + timedelta(minutes=1)) == 0
    assert send_due(NOW + LEASE) == 1


def test_every_attempt_has_the_same_message_id(linde: House) -> None:
    letter()
    send_due(NOW)
    Letter.objects.update(sent_at=None)  # as if the machine stopped before it was marked
    send_due(NOW + LEASE)
    ids = [one.extra_headers["Message-ID"] for one in Server.taken]
    assert len(ids) == 2
    assert ids[0] == ids[1]


def test_a_sent_letter_is_forgotten_after_thirty_days(linde: House) -> None:
    letter()
    send_due(NOW)
    assert forget_sent(NOW + timedelta(days=29)) == 0
    assert forget_sent(NOW + timedelta(days=31)) == 1


# Notices and digests


def notify(*names: str, linde: House, about: str, at: datetime = NOW, name: str = "test.a") -> None:
    people = [linde.people[one] for one in names]
    tell(people, kind=name, about=about, page=f"/linde/{about}/", cause=about, at=at)


def test_a_digest_gathers_what_waited(linde: House) -> None:
    for about in ("a1", "a2", "a1"):
        notify("noor", "sami", linde=linde, about=about)
    assert gather_due(NOW) == 0
    morning = datetime(2026, 3, 26, 7, tzinfo=UTC)
    assert [gather_due(morning), gather_due(morning)] == [2, 0]
    assert Notice.objects.count() == 0
    body = Letter.objects.get(person=linde.people["noor"]).body
    assert [body.count("/linde/a1/"), body.count("/linde/a2/")] == [1, 1]
    assert "Sami" not in body


@pytest.mark.parametrize(
    ("digest", "when"),
    [
        ("each", NOW),
        ("daily", datetime(2026, 3, 26, 7, tzinfo=UTC)),
        ("weekly", datetime(2026, 3, 30, 6, tzinfo=UTC)),
        ("never", None),
    ],
)
def test_everybody_hears_in_their_own_rhythm(
    linde: House, digest: str, when: datetime | None
) -> None:
    Person.objects.update(digest=digest)
    linde.people["noor"].refresh_from_db()
    notify("noor", linde=linde, about="a1")
    assert [one.gather_at for one in Notice.objects.all()] == ([when] if when else [])


def test_quiet_hours_are_those_of_the_persons_own_place(linde: House) -> None:
    noor = linde.people["noor"]
    noor.digest, noor.time_zone, noor.quiet_from, noor.quiet_until = (
        "each",
        "America/Curacao",
        time(20),
        time(7),
    )
    noor.save()
    notify("noor", linde=linde, about="a1", at=datetime(2026, 3, 25, 9, tzinfo=UTC))  # 5:00 there
    assert Notice.objects.get().gather_at == datetime(2026, 3, 25, 11, tzinfo=UTC)


def test_a_letter_speaks_the_language_of_its_reader(linde: House) -> None:
    account = linde.account("sami")
    account.language = "en"
    account.save()
    Person.objects.update(digest="each")
    for one in ("noor", "sami"):
        linde.people[one].refresh_from_db()
    notify("noor", "sami", linde=linde, about="a1")
    gather_due(NOW)
    subjects = dict(Letter.objects.values_list("person__name", "subject"))
    assert subjects == {
        "Noor": "Kring: er wacht iets op je",
        "Sami": "Kring: something waits for you",
    }
    assert {one.language for one in Letter.objects.all()} == {"nl", "en"}


def test_what_no_longer_matters_and_what_was_undone_is_not_told(linde: House) -> None:
    Person.objects.update(digest="each")
    linde.people["noor"].refresh_from_db()
    notify("noor", linde=linde, about="a1", name="test.gone")
    notify("noor", linde=linde, about="a2")
    untell("a2")
    assert gather_due(NOW) == 0
    assert (Notice.objects.count(), Letter.objects.count()) == (0, 0)


def test_somebody_who_left_hears_nothing(linde: House) -> None:
    Person.objects.update(digest="each")
    linde.people["noor"].refresh_from_db()
    notify("noor", linde=linde, about="a1")
    Person.objects.filter(name="Noor").update(ends_on="2026-01-01")
    assert gather_due(NOW) == 0
    assert Letter.objects.count() == 0
