"""What a meeting can bring forth: output types and their fields (methods reference A6).

A harvested item has a ``type`` (key of :data:`OUTPUTS`) and ``fields`` (field id to value). Status
words only: no percentages, no marks, nothing about the worth of a person. Nothing here names a
client; ``hint`` says so where people tend to forget it.
"""

from kring.methods.format.outputs import beyond, circle, purpose
from kring.methods.format.outputs.beyond import ANSWER_WORDS
from kring.methods.format.outputs.circle import RESPECT_WORDS, UNRECOGNISABLE
from kring.methods.format.outputs.kinds import FieldKind, OutputField, OutputType, Word

__all__ = [
    "ANSWER_WORDS",
    "OUTPUTS",
    "RESPECT_WORDS",
    "UNRECOGNISABLE",
    "FieldKind",
    "OutputField",
    "OutputType",
    "Word",
]

OUTPUTS: dict[str, OutputType] = {
    kind.id: kind
    for kind in (
        circle.AGREEMENT,
        circle.WORKING_FACTOR,
        circle.STORY,
        beyond.SIGNAL,
        beyond.HELP_REQUEST,
        circle.EFFECT,
        beyond.DECISION,
        beyond.PROMISE,
        circle.NORM,
        circle.SCALE_POINT,
        beyond.SKILL_NEED,
        beyond.PROTOTYPE,
        beyond.QUESTION,
        beyond.URGENCY,
        beyond.TABLE_LIST,
        beyond.EXPECTATION,
        purpose.INTERVENTION,
        purpose.SKILL_OFFER,
        purpose.RECIPE,
    )
}
"""Every output type by its id: first those of A6 in its order, then what the packages add."""
