"""Silence rings once, reminders come once, and what is over ends and is forgotten."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.mail import EmailMessage

from kring.agreements import actions
from kring.agreements.models import Agreement, Bell, Sign
from kring.agreements.tests.conftest import START, Maker
from kring.base import clock
from kring.people.models import Notice, TrailEntry
from tests.cast import House


def go(moment: datetime) -> dict[str, int]:
    """One pass of the clock at a moment; only what agreements did."""
    with time_machine.travel(moment, tick=False):
        done = clock.run_once()
    assert -1 not in done.values()
    return {name: count for name, count in done.items() if name.startswith("agreements.") and count}


def bells_of(agreement: Agreement) -> list[datetime | None]:
    return [bell.missed_at for bell in Bell.objects.filter(agreement=agreement)]


def test_silence_rings_exactly_once(make: Maker, linde: House) -> None:
    agreement = make()
    almost = datetime(2026, 3, 24, 7, 59, tzinfo=UTC)  # 8:59 in Amsterdam
    go(almost)
    assert bells_of(agreement) == []
    for minute in (1, 2, 60, 60 * 24 * 100):
        go(almost + timedelta(minutes=minute))
    agreement.refresh_from_db()
    assert bells_of(agreement) == [datetime(2026, 3, 24, 8, tzinfo=UTC)]
    assert (agreement.bells, agreement.is_rung, agreement.bell_at) == (1, True, None)
    rung = TrailEntry.objects.filter(verb="agreement.rung", actor="clock")
    assert rung.filter(about=f"agreement {agreement.pk}").count() == 1


def test_every_missed_look_back_rings_once_more(make: Maker, linde: House) -> None:
    agreement = make()
    go(START + timedelta(days=22))
    with time_machine.travel(START + timedelta(days=23), tick=False):
        actions.answer_bell(
            linde.actor("noor"), agreement, answer="explanation", words="Vakantie, we gaan door."
        )
    go(START + timedelta(days=43))
    assert len(bells_of(agreement)) == 1
    go(START + timedelta(days=45))
    go(START + timedelta(days=46))
    assert len(bells_of(agreement)) == 2


def test_a_sign_of_life_keeps_the_bell_quiet(make: Maker, linde: House) -> None:
    agreement = make()
    with time_machine.travel(START + timedelta(days=20), tick=False):
        actions.check_in(linde.actor("daan"), agreement, status="not_yet", noticed="Soms wel")
    go(START + timedelta(days=22))
    assert bells_of(agreement) == []
    go(START + timedelta(days=42))
    assert len(bells_of(agreement)) == 1


def test_looking_again_later_keeps_the_bell_quiet_until_then(make: Maker, linde: House) -> None:
    agreement = make()
    with time_machine.travel(START + timedelta(days=20), tick=False):
        actions.look_again(linde.actor("daan"), agreement, on=date(2026, 6, 1))
    go(datetime(2026, 6, 2, 6, 59, tzinfo=UTC))
    assert bells_of(agreement) == []
    go(datetime(2026, 6, 2, 7, 0, tzinfo=UTC))
    assert len(bells_of(agreement)) == 1


def test_looking_back_answers_silence_but_not_a_person(make: Maker, linde: House) -> None:
    silent, rung = make(), make(what="Een andere afspraak")
    go(START + timedelta(days=22))
    Bell.objects.filter(agreement=rung).update(missed_at=None)  # as if somebody rang it
    with time_machine.travel(START + timedelta(days=23), tick=False):
        for agreement in (silent, rung):
            actions.check_in(linde.actor("noor"), agreement, status="running")
    answers = {
        agreement.pk: list(
            Bell.objects.filter(agreement=agreement).values_list("answer", flat=True)
        )
        for agreement in (silent, rung)
    }
    assert answers == {silent.pk: ["looked_back"], rung.pk: [""]}
    rung.refresh_from_db()
    assert rung.is_rung


def test_a_look_back_date_is_reminded_of_once(
    make: Maker, linde: House, mailoutbox: list[EmailMessage]
) -> None:
    agreement = make()
    for hour in (7, 8, 9):
        go(datetime(2026, 3, 23, hour, tzinfo=UTC))
    agreement.refresh_from_db()
    assert (agreement.reminded_on, agreement.remind_at) == (date(2026, 3, 23), None)
    told = [mail for mail in mailoutbox if f"/agreements/{agreement.pk}/look-back/" in mail.body]
    assert sorted(mail.to for mail in told) == [["noor@linde.example"], ["sami@linde.example"]]


def test_a_bell_tells_those_who_agreed_and_no_manager(make: Maker, linde: House) -> None:
    agreement = make()
    go(START + timedelta(days=22))
    told = Notice.objects.filter(kind="agreements.bell", about=f"agreement {agreement.pk}")
    names = sorted(told.values_list("person__name", flat=True))
    assert names == ["Noor", "Sami"]  # not Joke, who leads the team, nor Ria above it


def test_the_last_day_ends_it_and_a_year_later_it_is_gone(make: Maker, linde: House) -> None:
    agreement = make(ends_on=date(2026, 3, 10))
    go(datetime(2026, 3, 10, 22, 59, tzinfo=UTC))
    agreement.refresh_from_db()
    assert agreement.is_open
    go(datetime(2026, 3, 10, 23, 0, tzinfo=UTC))
    agreement.refresh_from_db()
    assert (agreement.is_open, agreement.bell_at) == (False, None)
    go(datetime(2027, 3, 10, 22, 0, tzinfo=UTC))
    assert Agreement.objects.filter(pk=agreement.pk).exists()
    go(datetime(2027, 3, 11, 23, 0, tzinfo=UTC))
    assert not Agreement.objects.filter(pk=agreement.pk).exists()
    assert Sign.objects.filter(agreement_id=agreement.pk).count() == 0
    assert TrailEntry.objects.filter(
        verb="agreement.forgotten", about=f"agreement {agreement.pk}"
    ).exists()


@pytest.mark.parametrize("days", [0, 21])
def test_a_quiet_clock_does_nothing(make: Maker, linde: House, days: int) -> None:
    make()
    assert go(START + timedelta(days=days, hours=-7)) == {}


def test_a_quiet_pass_asks_the_same_few_questions(
    make: Maker, linde: House, django_assert_num_queries: object
) -> None:
    from kring.agreements import clock as ours

    duties = (ours.bells, ours.reminders, ours.closing)
    for count in (1, 2):
        make(what=f"Afspraak {count}")
        with django_assert_num_queries(3):  # type: ignore[operator]
            assert [duty(START) for duty in duties] == [0, 0, 0]
