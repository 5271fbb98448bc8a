"""Every write: what it changes, who may, and what an undo puts back."""

from datetime import date, timedelta

import pytest
import time_machine

from kring.agreements import actions
from kring.agreements.models import Agreement, Bell, Question, Sign
from kring.agreements.models.agreement import remember
from kring.agreements.tests.conftest import START, WHAT, Maker
from kring.base.policy import Refused
from kring.people.models import Notice
from tests.cast import House

LATER = START + timedelta(days=3)


@pytest.fixture(autouse=True)
def _three_days_later(make: Maker) -> object:
    with time_machine.travel(LATER, tick=False) as moment:
        yield moment


def refusal(work: object) -> str:
    with pytest.raises(Refused) as refused:
        work()  # type: ignore[operator]
    return str(refused.value.reason)


def test_making(make: Maker, linde: House) -> None:
    agreement = make()
    assert (agreement.what, agreement.status, agreement.look_back_on, agreement.taker_ids()) == (
        WHAT,
        "not_yet",
        date(2026, 3, 23),
        frozenset({linde.people["noor"].pk}),
    )
    assert list(agreement.signs.values_list("kind", flat=True)) == ["made"]


def test_nobody_takes_something_on_for_somebody_else(make: Maker, linde: House) -> None:
    daan = linde.people["daan"]
    with pytest.raises(Refused):
        make(takers=[daan])
    from_a_meeting = make(takers=[daan], came_from="meeting 7", guests=["Opa Jan", ""])
    assert sorted(str(one) for one in from_a_meeting.takers.all()) == ["Daan", "Opa Jan"]


def test_an_empty_or_endless_sentence_is_refused(make: Maker, linde: House) -> None:
    for what in ("", "   \n ", "x" * 401):
        with pytest.raises(Refused):
            make(what=what)
    assert make(what="  Wij \n doen   dit ").what == "Wij doen dit"


def test_only_the_team_makes_agreements_of_the_team(make: Maker, linde: House) -> None:
    with pytest.raises(Refused):
        make("fleur", takers=[])
    with pytest.raises(Refused):
        make("ria", takers=[])
    assert make("external", takers=[]).made_by == linde.people["external"]


def test_looking_back_begins_a_new_rhythm(make: Maker, linde: House) -> None:
    agreement = make()
    sign = actions.check_in(
        linde.actor("daan"), agreement, status="running", noticed=" Gaat  goed "
    )
    agreement.refresh_from_db()
    assert (agreement.status, agreement.look_back_on, agreement.version) == (
        "running",
        date(2026, 3, 26),
        1,
    )
    assert (sign.kind, sign.status, sign.words) == ("looked_back", "running", "Gaat goed")


def test_no_sign_says_whose_it_was() -> None:
    names = {field.name for model in (Sign, Bell) for field in model._meta.fields}
    assert names & {"person", "by", "author", "account", "actor"} == set()


def test_ringing_and_answering(make: Maker, linde: House) -> None:
    agreement = make()
    actions.ring_bell(linde.actor("daan"), agreement, sentence="In het weekend lukt het niet.")
    agreement.refresh_from_db()
    assert (agreement.is_rung, agreement.bells, agreement.bell_at) == (True, 1, None)
    assert "already rang" in refusal(lambda: actions.ring_bell(linde.actor("noor"), agreement))
    assert "one sentence why" in refusal(
        lambda: actions.answer_bell(linde.actor("noor"), agreement, answer="explanation")
    )
    assert "join them" in refusal(
        lambda: actions.answer_bell(linde.actor("joke"), agreement, answer="conversation")
    )
    actions.answer_bell(linde.actor("noor"), agreement, answer="conversation", meeting="meeting 9")
    agreement.refresh_from_db()
    bell = Bell.objects.get(agreement=agreement)
    assert (bell.answer, bell.meeting, agreement.is_rung) == ("conversation", "meeting 9", False)
    assert agreement.bell_at is not None
    assert "No bell" in refusal(
        lambda: actions.answer_bell(linde.actor("noor"), agreement, answer="conversation")
    )


@pytest.mark.parametrize(
    ("answer", "given", "status", "bells", "is_open"),
    [
        ("conversation", {}, "not_yet", 1, True),
        ("explanation", {"words": "Omdat het helpt"}, "not_yet", 1, True),
        ("adapted", {}, "adapted", 0, True),
        ("changed", {"what": "Anders"}, "adapted", 0, True),
        ("no_longer_needed", {}, "no_longer_needed", 1, False),
    ],
)
def test_every_answer(
    make: Maker,
    linde: House,
    answer: str,
    given: dict[str, str],
    status: str,
    bells: int,
    is_open: bool,
) -> None:
    agreement = make()
    actions.ring_bell(linde.actor("noor"), agreement)
    actions.answer_bell(linde.actor("noor"), agreement, answer=answer, **given)
    agreement.refresh_from_db()
    assert (agreement.status, agreement.bells, agreement.is_open) == (status, bells, is_open)
    assert agreement.what == given.get("what", WHAT)
    assert Bell.objects.get(agreement=agreement).answer == answer


def test_changing_answers_a_waiting_bell(make: Maker, linde: House) -> None:
    agreement = make()
    actions.ring_bell(linde.actor("daan"), agreement)
    actions.change(linde.actor("noor"), agreement, what="Nieuwe woorden", rhythm_days=14)
    agreement.refresh_from_db()
    assert (agreement.what, agreement.rhythm_days, agreement.is_rung) == (
        "Nieuwe woorden",
        14,
        False,
    )
    assert agreement.look_back_on == date(2026, 3, 19)
    assert Bell.objects.get(agreement=agreement).answer == "changed"


def test_after_two_bells_people_may_ask_who_can_change_it(make: Maker, linde: House) -> None:
    agreement, noor, ria = make(), linde.actor("noor"), linde.people["ria"]

    def ask() -> Question:
        return actions.ask_condition(
            noor, agreement, to=ria, asked="Mag het rooster anders?", reply_by=date(2026, 3, 20)
        )

    for _ in range(2):
        assert "First talk" in refusal(ask)
        actions.ring_bell(noor, agreement)
        actions.answer_bell(noor, agreement, answer="conversation")
    assert not Notice.objects.filter(person=ria).exists()  # the clock and the bell tell no manager
    question = ask()
    assert Notice.objects.filter(person=ria, kind="agreements.question").count() == 1
    assert "already waits" in refusal(ask)
    assert "somebody else" in refusal(lambda: actions.reply(noor, question, words="Ja"))
    actions.reply(linde.actor("ria"), question, words="Ja, vanaf april.")
    question.refresh_from_db()
    assert (question.reply, question.replied_at) == ("Ja, vanaf april.", LATER)


def test_joining_and_leaving(make: Maker, linde: House) -> None:
    agreement, daan = make(), linde.people["daan"]
    for _ in range(2):
        actions.join(linde.actor("daan"), agreement)
    assert Agreement.objects.get(pk=agreement.pk).taker_ids() == {daan.pk, linde.people["noor"].pk}
    actions.leave(linde.actor("daan"), agreement)
    assert Agreement.objects.get(pk=agreement.pk).taker_ids() == {linde.people["noor"].pk}


def test_the_bell_goes_to_a_colleague_and_not_outside(make: Maker, linde: House) -> None:
    agreement = make()
    assert "takes part" in refusal(
        lambda: actions.hand_over_bell(linde.actor("noor"), agreement, to=linde.people["fleur"])
    )
    actions.hand_over_bell(linde.actor("noor"), agreement, to=linde.people["daan"])
    agreement.refresh_from_db()
    assert agreement.bell_ringer == linde.people["daan"]


UNDOABLE = {
    "check_in": lambda actor, it: actions.check_in(actor, it, status="running", noticed="x"),
    "look_again": lambda actor, it: actions.look_again(actor, it, on=date(2026, 5, 1)),
    "change": lambda actor, it: actions.change(actor, it, what="Anders", ends_on=date(2027, 1, 1)),
    "end": lambda actor, it: actions.end(actor, it, words="klaar"),
    "hand_over": lambda actor, it: actions.hand_over_bell(actor, it, to=None),
    "answer": lambda actor, it: actions.answer_bell(actor, it, answer="adapted", what="Anders"),
    "ring": lambda actor, it: actions.ring_bell(actor, it, sentence="x"),
}


@pytest.mark.parametrize("name", UNDOABLE)
def test_an_undo_puts_everything_back(make: Maker, linde: House, name: str) -> None:
    agreement, noor = make(), linde.actor("noor")
    if name != "ring":
        actions.ring_bell(linde.actor("daan"), agreement, sentence="eerst")
    agreement.refresh_from_db()
    moments = ("bell_at", "remind_at", "close_at")
    before = remember(agreement), {one: getattr(agreement, one) for one in moments}
    sign = UNDOABLE[name](noor, agreement)
    agreement.refresh_from_db()
    assert remember(agreement) != before[0]
    actions.undo(noor, sign)
    agreement.refresh_from_db()
    assert (remember(agreement), {one: getattr(agreement, one) for one in moments}) == before
    open_bells = Bell.objects.filter(agreement=agreement, answered_at=None, withdrawn_at=None)
    assert open_bells.count() == (0 if name == "ring" else 1)
    assert refusal(lambda: actions.undo(noor, sign)).startswith("This can no longer")


def test_a_withdrawn_bell_tells_nobody(make: Maker, linde: House) -> None:
    agreement = make()
    sign = actions.ring_bell(linde.actor("daan"), agreement)
    assert Notice.objects.filter(kind="agreements.bell").count() == 2
    actions.undo(linde.actor("daan"), sign)
    assert Notice.objects.filter(kind="agreements.bell").count() == 0


def test_an_undo_has_its_time_and_only_the_last_thing(make: Maker, linde: House) -> None:
    agreement, noor = make(), linde.actor("noor")
    first = actions.check_in(noor, agreement, status="running")
    second = actions.check_in(noor, agreement, status="not_yet")
    assert refusal(lambda: actions.undo(noor, first)).startswith("This can no longer")
    with time_machine.travel(LATER + timedelta(minutes=16), tick=False):
        assert refusal(lambda: actions.undo(noor, second)).startswith("This can no longer")


def test_making_by_mistake_leaves_nothing(make: Maker, linde: House) -> None:
    with time_machine.travel(START, tick=False):
        agreement = make()
        assert actions.undo(linde.actor("noor"), agreement.signs.get()) is None
    assert not Agreement.objects.filter(pk=agreement.pk).exists()
