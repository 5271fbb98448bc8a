"""The output types of A6, whole and in both languages."""

from kring.methods.format.outputs import OUTPUTS

A6 = [
    "agreement", "working_factor", "story", "signal", "help_request", "effect", "decision",
    "promise", "norm", "scale_point", "skill_need", "prototype", "question",
]  # fmt: skip
ADDED = [
    "urgency", "table_list", "expectation",  # large groups: 1.4, 2.6, 3.2
    "intervention", "skill_offer", "recipe",  # working from purpose: D9, 5.10, 5.4
]  # fmt: skip


def test_every_output_type_of_the_reference_exists_in_its_order_then_those_packages_add():
    assert list(OUTPUTS) == [*A6, *ADDED]


def test_each_type_has_exactly_one_line_that_stands_for_it_and_it_is_required():
    for kind in OUTPUTS.values():
        lines = [field for field in kind.fields if field.summary]
        assert lines == [kind.summary]
        assert kind.summary.required


def test_an_agreement_asks_what_the_reference_asks():
    assert [field.id for field in OUTPUTS["agreement"].fields] == [
        "what", "who", "when", "how_noticed", "look_back_on", "rhythm_days", "bell_ringer",
    ]  # fmt: skip
    assert [word.id for word in OUTPUTS["agreement"].statuses] == [
        "running", "not_yet", "adapted", "no_longer_needed",
    ]  # fmt: skip


def test_only_a_choice_has_choices_and_no_field_is_a_mark_or_a_percentage():
    for kind in OUTPUTS.values():
        for field in kind.fields:
            assert (field.kind == "choice") == bool(field.choices)
            assert "%" not in field.label.nl + field.label.en


def test_an_intervention_has_the_fields_of_the_form_and_an_end():
    fields = {field.id: field for field in OUTPUTS["intervention"].fields}
    assert list(fields) == [
        "what", "because_of", "whose", "owner", "manner", "until", "how_noticed", "let_go_when",
    ]  # fmt: skip
    assert fields["until"].required


def test_a_recipe_asks_what_the_card_asks():
    assert [field.id for field in OUTPUTS["recipe"].fields] == [
        "title", "for_whom", "situation", "what_we_did", "core", "adaptable", "went_wrong",
        "needed", "consent",
    ]  # fmt: skip
