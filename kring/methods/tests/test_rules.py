"""What an organisation may change in a copy."""

import pytest

from kring.methods.format.checks import check_protocol
from kring.methods.format.shapes import Text
from kring.methods.rules import CORE, CORE_ORDER, SAFEGUARD, adapt, draft_phase, locks
from kring.methods.shelf import shipped
from kring.methods.tests.examples import gossip, reworded, same, shorter, without


def problems(base, draft):
    made, found = adapt(base, draft)
    assert (made is None) == bool(found)
    return [(problem.phase, problem.words.en) for problem in found]


def changes(base, draft):
    made, found = adapt(base, draft)
    assert found == []
    assert check_protocol(made.model_copy(update={"title": base.title})) == []
    return made, [change.en for change in made.variant.changes]


def test_minutes_of_every_phase_may_change_and_the_whole_follows():
    base = gossip()
    made, said = changes(base, shorter(base, "gossip", 10))
    assert said == ["‘Gossip’ takes 10 minutes (was 18)."]
    assert (made.minutes.min, made.minutes.normal, made.minutes.max) == (45, 52, 75)
    assert (made.id, made.title.nl, made.variant.reason) == (
        "gossip_method", "Ons gesprek", "Wij zijn klein.",
    )  # fmt: skip
    assert made.steps[0] == base.steps[0]


def test_what_is_not_core_may_be_left_out():
    made, said = changes(gossip(), without(gossip(), "look_back", "checkout"))
    assert said == ["Left out: Looking back.", "Left out: Checking out."]
    assert [phase.id for phase in made.phases] == [
        "open", "question", "clarify", "gossip", "back", "harvest",
    ]  # fmt: skip


@pytest.mark.parametrize("phase", ["open", "question", "gossip", "back", "harvest"])
def test_core_is_never_left_out(phase):
    assert (phase, CORE.en) in problems(gossip(), without(gossip(), phase))


def test_core_is_never_left_out_of_any_shipped_protocol():
    for base in shipped().protocols:
        for phase in base.phases:
            found = problems(base, without(base, phase.id))
            assert ((phase.id, CORE.en) in found) == phase.core, (base.id, phase.id)


def test_words_may_change_also_of_core_but_not_of_the_safeguards():
    base = gossip()
    made, said = changes(base, reworded(base, "gossip"))
    assert said == ["Other words at ‘Gossip’."]
    assert made.phases[3].title == Text(nl="Andere naam", en="Another name")
    for phase in ("open", "harvest"):
        assert problems(base, reworded(base, phase)) == [(phase, SAFEGUARD.en)]


def test_the_words_of_the_safeguards_cannot_be_changed_through_their_questions():
    base = gossip()
    words = {"open": (Text(nl="Doe mee.", en="Take part."),) * 5}
    draft = same(base)
    opening = draft.phases[0].model_copy(update={"prompts": words})
    draft = draft.model_copy(update={"phases": (opening, *draft.phases[1:])})
    assert problems(base, draft) == [("open", SAFEGUARD.en)]


def test_a_question_is_never_taken_away():
    draft = reworded(gossip(), "clarify", prompts={})
    assert problems(gossip(), draft) == [
        ("clarify", "A question may be reworded, but not disappear.")
    ]


def moved(base, *, phase, to):
    draft = same(base)
    phases = [one for one in draft.phases if one.id != phase]
    phases.insert(to, next(one for one in draft.phases if one.id == phase))
    return draft.model_copy(update={"phases": tuple(phases)})


def test_what_is_not_core_may_move():
    made, said = changes(gossip(), moved(gossip(), phase="look_back", to=6))
    assert said == ["The phases are in another order."]
    assert [phase.id for phase in made.phases][5:] == ["harvest", "look_back", "checkout"]


def test_core_keeps_its_order_and_the_opening_comes_first():
    assert problems(gossip(), moved(gossip(), phase="back", to=2)) == [("", CORE_ORDER.en)]
    assert problems(gossip(), moved(gossip(), phase="clarify", to=0)) == [
        ("open", "The opening always comes first.")
    ]


def test_a_step_that_is_used_later_cannot_move_behind_it():
    base = shipped().protocol("ten_step_method")
    assert problems(base, moved(base, phase="answers", to=0))
    norm = shipped().protocol("norm_setting")
    found = problems(norm, moved(norm, phase="make_concrete", to=3))
    assert "There is no earlier step ‘reveal_order’." in found[0][1]


def test_a_copy_that_changes_nothing_is_no_copy():
    assert problems(gossip(), same(gossip())) == [("", "Nothing differs from the original yet.")]


def test_phases_from_elsewhere_or_twice_are_refused():
    draft = same(gossip())
    twice = draft.model_copy(update={"phases": (*draft.phases, draft.phases[-1])})
    stranger = draft.phases[1].model_copy(update={"id": "stranger"})
    other = draft.model_copy(update={"phases": (*draft.phases, stranger)})
    for wrong in (twice, other):
        assert problems(gossip(), wrong) == [("", "These phases do not belong to this protocol.")]


def test_locks_explain_themselves():
    for base in shipped().protocols:
        for phase in base.phases:
            found = locks(phase)
            assert (found.drop is not None, found.move is not None) == (phase.core, phase.core)
            assert (found.reword is not None) == (phase.core and phase.shared is not None)


def test_a_phase_as_it_is_survives_being_drafted():
    for base in shipped().protocols:
        for phase in base.phases:
            assert draft_phase(phase).minutes == phase.minutes
            assert sum(map(len, draft_phase(phase).prompts.values())) == sum(
                len(step.prompts) for step in phase.steps
            )
