"""Every protocol in every mode it allows; live modes are rehearsed in ``test_rehearsal``.

Over days four and seven bots do what they want to in each window and the clock turns the pages; on
paper one of everything a protocol can bring forth is entered afterwards. The laws are checked after
every ask: replay equals live, the logs do not depend on each other, nobody reads a hidden card.
"""

from random import Random

import pytest

from kring.meetings.engine.rehearsal_paced import rehearse_days, rehearse_paper
from kring.meetings.rules.days import phases, stops_in
from kring.meetings.rules.modes import MODES, as_played, choices, over_days, takes, why_not
from kring.methods.format.outputs import OUTPUTS
from kring.methods.format.shapes import Protocol, Speaking, StepKind
from kring.methods.shelf import shipped

PROTOCOLS = shipped().protocols
DAYS = [one for one in PROTOCOLS if why_not(one, "days") is None]
PAPER = [one for one in PROTOCOLS if why_not(one, "paper") is None]
LIVE = {Speaking.PIECE, Speaking.PARKED, Speaking.ASK, Speaking.PAIRS, Speaking.TRIOS}


def names(protocols):
    return [one.id for one in protocols]


@pytest.mark.parametrize("people", [4, 7])
@pytest.mark.parametrize("protocol", DAYS, ids=names(DAYS))
def test_over_days_it_comes_to_its_end(protocol: Protocol, people: int) -> None:
    report = rehearse_days(protocol, people, Random(f"{protocol.id} {people}"))
    assert report.mistakes == ()
    assert report.closed
    played = as_played(protocol, "days")
    expected = [step.id for phase in phases(played) for step in stops_in(phase)]
    assert [one.step for one in report.steps] == expected


@pytest.mark.parametrize("protocol", PAPER, ids=names(PAPER))
def test_on_paper_everything_it_brings_forth_can_be_entered(protocol: Protocol) -> None:
    report = rehearse_paper(protocol, 3, Random(protocol.id))
    assert report.mistakes == ()
    assert report.closed
    assert report.released == sum(1 for one in protocol.outputs if one.type in OUTPUTS)


@pytest.mark.parametrize("protocol", PROTOCOLS, ids=names(PROTOCOLS))
def test_a_mode_is_allowed_or_says_why_not_in_both_languages(protocol: Protocol) -> None:
    told = choices(protocol)
    assert [one.mode for one in told] == list(MODES)
    assert [one.why_not for one in told][:2] == [None, None]
    for one in told:
        if one.why_not is not None:
            assert one.why_not.nl.endswith(".")
            assert one.why_not.en.endswith(".")


@pytest.mark.parametrize("protocol", DAYS, ids=names(DAYS))
def test_over_days_the_core_stays_and_nothing_needs_everybody_together(protocol: Protocol) -> None:
    played, choice = over_days(protocol)
    assert played is not None
    core = [phase.id for phase in protocol.phases if phase.core]
    assert [phase.id for phase in played.phases if phase.core] == core
    assert not {step.speaking for step in played.steps if takes(step)} & LIVE
    assert StepKind.ROUND not in {step.kind for step in played.steps}
    gone = len(protocol.phases) - len(played.phases)
    assert len(choice.left_out) == gone
    used = {step.uses for step in played.steps if step.uses}
    assert used <= {step.id for step in played.steps}


def test_some_allow_days_and_some_do_not() -> None:
    assert {"ring_the_bell", "norm_setting"} <= set(names(DAYS))
    never = {"good_practice_review", "opening_circle", "gossip_method", "incident_method"}
    assert not never & set(names(DAYS))


def test_a_phase_that_is_done_together_keeps_its_talk_live_or_is_left_out_over_days() -> None:
    talk = next(one for one in PROTOCOLS if one.id == "ring_the_bell")

    def marked(name: str) -> Protocol:
        phases = tuple(
            one.model_copy(update={"together": True}) if one.id == name else one
            for one in talk.phases
        )
        return talk.model_copy(update={"phases": phases})

    words = why_not(marked("in_the_way"), "days")
    assert words is not None
    assert words.en == (
        "For ‘What is in the way’ you have to be together: you do this at the same moment."
    )
    played, choice = over_days(marked("works_anyway"))
    assert played is not None
    assert [one.en for one in choice.left_out] == ["What works anyway"]
