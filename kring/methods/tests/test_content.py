"""The shipped content says what the reference says (methods reference; the rows are in ``reference/``)."""

import re

import pytest

from kring.methods.format.checks.protocol import planned_minutes
from kring.methods.format.checks.words import texts
from kring.methods.format.outputs import OUTPUTS
from kring.methods.format.shapes import StepKind
from kring.methods.shelf import shipped
from kring.methods.tests.reference import INSTRUMENTS, ROWS

SHELF = shipped()
ALL = {protocol.id: protocol for protocol in SHELF.protocols}


def test_the_shelf_holds_these_packages_in_their_order():
    assert {"good_practice_intervisie", "herstelgericht", "veiligheid_oplossingsgericht"} <= set(
        SHELF.packages
    )
    orders = [package.method.order for package in SHELF.packages.values()]
    assert orders == sorted(set(orders))


def test_every_protocol_has_a_row_in_the_reference_and_every_row_a_protocol():
    assert sorted(ALL) == sorted(row[1] for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[1])
def test_a_protocol_says_what_the_reference_says(row):
    number, name, people, minutes, existence, manager, phases = row
    one = ALL[name]
    assert (
        one.number, (one.group.min, one.group.max), (one.minutes.min, one.minutes.max),
        one.existence_visible_to, one.manager_may_join, [phase.minutes for phase in one.phases],
    ) == (number, people, minutes, existence, manager, phases)  # fmt: skip
    assert one.minutes.min <= planned_minutes(one, one.group) <= one.minutes.max


def rules(name):
    """Kind, speaking, visibility and record of each step, as the reference writes them."""
    return [
        f"{step.kind} {step.speaking}·{step.visibility}·{step.record}" for step in ALL[name].steps
    ]


def test_the_good_practice_review_plays_by_its_rules():
    assert rules("good_practice_review") == [
        "one ONE·V3·E", "ask ASK·V3·E", "lead LEAD·V3·N", "parked PARKED·V3·E",
        "parked PARKED·V3·E", "parked PARKED·V3·E", "round ROUND·V3·E", "one ONE·V3·K",
        "harvest ROUND·V3·H",
    ]  # fmt: skip
    assert [phase.id for phase in ALL["good_practice_review"].phases if not phase.core] == []


def test_norm_setting_writes_without_names_and_tests_three_respects():
    assert rules("norm_setting") == [
        "lead LEAD·V3·N", "round PIECE·V0·N", "groups PAIRS·V0·N", "write SILENT·V2a·E",
        "choose OPEN·V3·E", "tables TABLES·V3·E", "rate ROUND·V3·E", "rate ROUND·V3·E",
        "rate ROUND·V3·E", "open OPEN·V3·E", "assent ROUND·V3·H", "harvest ROUND·V3·H",
        "round PIECE·V0·N",
    ]  # fmt: skip
    rated = [step for step in ALL["norm_setting"].steps if step.kind is StepKind.RATE]
    assert [step.id for step in rated] == ["respect_self", "respect_other", "respect_surroundings"]
    assert {tuple(c.id for c in step.choices) for step in rated} == {("fits", "not_yet", "unknown")}


QUIET = (
    "restorative_talk",
    "conference_preparation",
    "restorative_conference",
    "restorative_follow_up",
)


def test_restorative_talks_and_no_others_are_quiet():
    assert {one.id for one in SHELF.protocols if one.quiet} == set(QUIET)


@pytest.mark.parametrize("name", QUIET)
def test_nothing_but_an_agreement_can_come_out_of_a_restorative_talk(name):
    one = ALL[name]
    assert one.existence_visible_to == "participants"
    assert [step.id for step in one.steps if step.kind is StepKind.HARVEST] == []
    assert {step.record for step in one.steps} <= {"N", "E", "K"}
    written = [step for step in one.steps if step.record == "K"]
    assert {step.entry.output for step in written if step.entry} <= {"agreement"}
    assert {(out.type, out.default_visibility) for out in one.outputs} <= {("agreement", "V3")}
    assert one.preconditions
    for role in one.roles:
        assert "moderator" in role.excludes


def test_a_conference_goes_from_the_story_to_what_is_needed_to_agreements():
    assert rules("restorative_conference") == [
        "lead LEAD·V0·N", "lead LEAD·V0·N", "ask ASK·V0·N", "ask ASK·V0·N", "round ROUND·V0·N",
        "ask ASK·V0·N", "lead LEAD·V0·N", "ask ASK·V3·E", "open OPEN·V3·E", "open OPEN·V3·K",
        "assent ROUND·V3·K", "round PIECE·V0·N", "lead LEAD·V0·N",
    ]  # fmt: skip
    assert rules("restorative_talk") == [
        "lead LEAD·V0·N", "one ONE·V0·N", "one ONE·V0·N", "one ONE·V0·N", "open OPEN·V3·K",
        "assent ROUND·V3·K", "round ROUND·V0·N",
    ]  # fmt: skip


def test_what_is_kept_follows_the_reference_step_by_step():
    """Own part of the talks only: what they share (opening, harvest) is tested once."""
    shared = {"open", "checkin", "harvest", "checkout"}

    def kept(name):
        own = [
            step for phase in ALL[name].phases if phase.shared not in shared for step in phase.steps
        ]
        return [f"{step.visibility}·{step.record}" for step in own]

    assert {name: kept(name) for name in KEPT} == KEPT


KEPT = {
    "introduction_circle": ["V0·N", "V0·N", "V3·K"],
    "fair_process_decision": [
        "V6·K", "V0·N", "V2a·K", "V0·N", "V6·K", "V6·K", "V0·N", "V6·K", "V0·N",
    ],
    "problem_solving_circle": ["V3·E", "V0·N", "V3·E", "V0·N", "V2a·E", "V3·E", "V3·H"],
    "feelings_needs_practice": ["V0·N", "V0·N", "V0·N", "V0·N", "V0·N", "V2a·E"],
    "evaluate_and_adjust": ["V0·N", "V2a·K", "V5·E", "V3·E", "V5·H", "V6·H"],
    "team_three_columns": [
        "V3·K", "V2·E", "V2a·E", "V2a·E", "V2a·K", "V0·N", "V0·N", "V3·E", "V3·H",
    ],
    "case_consultation": [
        "V0·N", "V3·E", "V0·N", "V3·E", "V3·E", "V3·E", "V2·E", "V0·N", "V2·K", "V1·P",
    ],
    "question_practice": ["V0·N"] * 7 + ["V1·P", "V2a·E"],
    "peer_questioning": ["V0·N", "V0·N", "V0·N", "V3·E"],
    "implementation_meeting": [
        "V3·E", "V3·E", "V3·E", "V3·E", "V5·H", "V5·H", "V6·H", "V0·N", "V5·H", "V5·H", "V0·N",
    ],
    "framework_conference": ["V5·E"] * 5 + ["V5·H", "V6·H"],
    "management_preparation": ["V3·E", "V5·K", "V5·K", "V5·H", "V5·H"],
    "site_visit": ["V0·N", "V0·N", "V0·N", "V4·H", "V4·H"],
    "design_practice_meeting": ["V0·N", "V0·N", "V3·E", "V5·K", "V0·N", "V5·H", "V5·K"],
    "regional_translation": [
        "V4·N", "V4·E", "V4·E", "V4·E", "V4·H", "V1·P", "V2a·H", "V5·H",
    ],
    "knowledge_day": ["V6·N", "V0·N", "V0·N", "V0·N", "V0·N", "V1·P"],
}  # fmt: skip


def test_nothing_is_kept_of_an_opening_circle():
    for name in ("opening_circle", "closing_circle"):
        assert {step.record for step in ALL[name].steps} == {"N"}
        assert ALL[name].outputs == ()
        assert ALL[name].banks[0].questions


def test_the_question_bank_is_the_one_of_the_reference():
    depths = [question.depth for question in ALL["opening_circle"].banks[0].questions]
    assert depths == ["light"] * 3 + ["medium"] * 3 + ["deep"] * 2
    assert [question.depth for question in ALL["closing_circle"].banks[0].questions] == [
        "closing", "closing",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ALL)
def test_every_step_helps_the_moderator_and_every_list_is_filled(name):
    one = ALL[name]
    assert [step.id for step in one.steps if step.tip is None] == []
    assert one.use_when
    assert one.not_when
    assert one.follow_up
    assert len(one.never_record) >= 6


CASES = ("good_practice_review", "gossip_method", "incident_method", "ten_step_method",
         "solution_focused_intervision", "case_consultation")  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_case_protocol_asks_to_tell_it_unrecognisably(name):
    shown = [step for step in ALL[name].steps if step.entry and step.visibility != "V1"]
    lacking = [step.id for step in shown if not step.entry.case_hint]
    assert set(lacking) <= {"look_back"}
    assert any("herkent" in text.nl for text in ALL[name].preconditions)


def test_the_contributor_is_never_the_moderator():
    for one in ALL.values():
        for role in one.roles:
            if role.id == "contributor":
                assert role.excludes == ("moderator",)


def test_norms_and_agreements_come_out_of_the_steps_that_make_them():
    for one in ALL.values():
        for output in one.outputs:
            assert output.type in OUTPUTS
    assert ALL["norm_setting"].steps[3].entry.output == "norm"


def test_no_text_breaks_off_or_shouts():
    for package in SHELF.packages.values():
        for path, text in texts(package):
            for said in (text.nl, text.en):
                assert "  " not in said, (path, said)
                assert not re.search(r"\{[a-z_]+\}", said), (path, said)


def test_the_trajectory_has_the_six_steps_and_ends_in_a_rhythm():
    trajectory = SHELF.packages["good_practice_intervisie"].trajectory
    assert [step.id for step in trajectory.steps] == [
        "meet", "agenda", "practise", "deepen", "carry_over", "look_back",
    ]  # fmt: skip
    lights = [check.light for step in trajectory.steps for check in step.checks]
    assert lights == [
        "engagement", "expectation_clarity", "engagement", "engagement", "explanation",
    ]  # fmt: skip
    assert [moment.id for moment in trajectory.rhythm.moments] == ["again", "again_running", "bell"]


def test_instruments_carry_their_permission_and_the_numbers_of_the_reference():
    found = {
        (one.code, one.id): (
            one.scale, len(one.items), one.privacy.shown_from, one.permission_status,
        )
        for package in SHELF.packages.values()
        for one in package.instruments
    }  # fmt: skip
    assert found == INSTRUMENTS


def test_the_chooser_reaches_every_protocol_of_its_package_and_marks_what_is_not_here():
    chooser = SHELF.packages["good_practice_intervisie"].choosers[0]
    answers = [answer for question in chooser.questions for answer in question.answers]
    reached = {answer.protocol for answer in answers if answer.protocol}
    shipped_here = {one.id for one in SHELF.packages["good_practice_intervisie"].protocols}
    assert shipped_here <= reached
    here = {f"{one.package}/{one.id}" for one in SHELF.protocols} | shipped_here
    for answer in answers:
        if answer.protocol:
            assert (answer.protocol in here) == (answer.not_shipped_yet is None), answer.id


def test_the_group_contract_has_the_fields_of_the_reference():
    forms = {form.id: form for form in SHELF.packages["good_practice_intervisie"].agreements}
    assert forms["group_contract"].code == "D6"
    assert {"aim", "rhythm", "roles", "confidential", "unsafe", "look_back_on"} <= {
        field.id for field in forms["group_contract"].fields
    }


def test_what_fits_instead_is_here_and_is_another_talk():
    named = 0
    for protocol in SHELF.protocols:
        for said in protocol.not_when:
            for ref in said.instead:
                package, _slash, name = ref.rpartition("/")
                found = SHELF.protocol(name, package)
                assert found is not None, (protocol.id, ref)
                assert found.id != protocol.id
                named += 1
    assert named >= 20
