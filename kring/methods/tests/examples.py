"""Drafts and form data for tests."""

from typing import Any

from kring.methods.format.shapes import Protocol, Text
from kring.methods.forms import CopyForm
from kring.methods.rules import Draft, draft_phase
from kring.methods.shelf import shipped


def review() -> Protocol:
    """The good practice review."""
    found = shipped().protocol("good_practice_review")
    assert found is not None
    return found


def gossip() -> Protocol:
    """The gossip method: it has phases that are not core."""
    found = shipped().protocol("gossip_method")
    assert found is not None
    return found


def same(base: Protocol, *, name: str = "Ons gesprek", reason: str = "Wij zijn klein.") -> Draft:
    """A draft that changes nothing yet."""
    return Draft(name=name, reason=reason, phases=tuple(map(draft_phase, base.phases)))


def shorter(base: Protocol, phase: str = "questions", minutes: int = 8) -> Draft:
    """A draft in which one phase takes other minutes."""
    draft = same(base)
    phases = tuple(
        one.model_copy(update={"minutes": minutes}) if one.id == phase else one
        for one in draft.phases
    )
    return draft.model_copy(update={"phases": phases})


def without(base: Protocol, *names: str) -> Draft:
    """A draft that leaves phases out."""
    draft = same(base)
    phases = tuple(one for one in draft.phases if one.id not in names)
    return draft.model_copy(update={"phases": phases})


def reworded(base: Protocol, phase: str, **changes: Any) -> Draft:
    """A draft in which the title of one phase differs."""
    draft = same(base)
    title = Text(nl="Andere naam", en="Another name")
    phases = tuple(
        one.model_copy(update={"title": title, **changes}) if one.id == phase else one
        for one in draft.phases
    )
    return draft.model_copy(update={"phases": phases})


def form_data(base: Protocol, **changes: Any) -> dict[str, Any]:
    """What the browser sends when somebody fills in a name and a reason, and ``changes``."""
    form = CopyForm(base, base)
    data = {
        name: field.initial
        for name, field in form.fields.items()
        if field.initial not in (None, False)
    }
    return {**data, "name": "Ons gesprek", "reason": "Wij zijn klein.", "key": "k1", **changes}
