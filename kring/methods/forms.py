"""Changing what is not core in an own copy of a protocol."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from kring.methods.format.shapes import Phase, Protocol, Text
from kring.methods.rules import Draft, Locks, PhaseDraft, draft_phase, locks

LANGUAGES = ("nl", "en")
LONGEST = 600


@dataclass(frozen=True)
class Said:
    """One text with its fields in both languages."""

    kind: str  # "title" or "prompt"
    text: Text
    fields: tuple[BoundField, ...]


@dataclass(frozen=True)
class Row:
    """One phase on the page: its locks, and the fields that are open."""

    phase: Phase
    locks: Locks
    keep: BoundField | None
    place: BoundField
    minutes: BoundField
    texts: tuple[Said, ...]
    problems: tuple[str, ...] = ()


class CopyForm(forms.Form):
    """The phases of ``base`` as they stand in ``start`` (the copy so far, or ``base`` itself)."""

    name = forms.CharField(
        label=_("What do you call your version?"),
        help_text=_(
            "So that people see that it is yours. For example: Good practice in ten minutes."
        ),
        max_length=120,
    )
    reason = forms.CharField(
        label=_("Why do you make it different?"),
        help_text=_("One or two sentences. They stand on the card."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, base: Protocol, start: Protocol, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.base = base
        here = {phase.id: phase for phase in start.phases}
        left_out = [phase for phase in base.phases if phase.id not in here]
        self.order = [*start.phases, *left_out]
        self.original = {phase.id: phase for phase in base.phases}
        for place, phase in enumerate(self.order, 1):
            self._add(phase, place, is_kept=phase.id in here)
        self.problems: dict[str, list[str]] = {}

    def _add(self, phase: Phase, place: int, *, is_kept: bool) -> None:
        name = phase.id
        if locks(self.original[name]).drop is None:
            self.fields[f"{name}-keep"] = forms.BooleanField(
                label=_("We do this"), required=False, initial=is_kept
            )
        self.fields[f"{name}-place"] = forms.IntegerField(
            label=_("Place"), min_value=1, max_value=99, initial=place
        )
        self.fields[f"{name}-minutes"] = forms.IntegerField(
            label=_("Minutes"), min_value=0, max_value=240, initial=phase.minutes
        )
        if locks(self.original[name]).reword is None:
            for key, text in _texts(phase):
                for language in LANGUAGES:
                    self.fields[f"{name}-{key}-{language}"] = forms.CharField(
                        label=_("Dutch") if language == "nl" else _("English"),
                        initial=text.say(language),
                        max_length=LONGEST,
                        widget=forms.Textarea(attrs={"rows": 2}),
                    )

    def rows(self) -> Iterator[Row]:
        """One row per phase, in the order of the page."""
        for phase in self.order:
            name = phase.id
            yield Row(
                phase,
                locks(self.original[name]),
                self[f"{name}-keep"] if f"{name}-keep" in self.fields else None,
                self[f"{name}-place"],
                self[f"{name}-minutes"],
                tuple(
                    Said(
                        key.split(".")[0], text, tuple(self[f"{name}-{key}-{x}"] for x in LANGUAGES)
                    )
                    for key, text in _texts(phase)
                    if f"{name}-{key}-nl" in self.fields
                ),
                tuple(self.problems.get(name, ())),
            )

    def draft(self) -> Draft:
        """What was asked for (only after ``is_valid``)."""
        given = self.cleaned_data
        kept = [phase for phase in self.order if given.get(f"{phase.id}-keep", True)]
        kept.sort(key=lambda phase: self._rank(phase.id))
        return Draft(
            name=given["name"],
            reason=given["reason"],
            phases=tuple(self._wanted(phase) for phase in kept),
        )

    def _rank(self, name: str) -> tuple[int, int]:
        """Where a phase goes: what moves up comes before the one on that place, what moves down after."""
        was, now = self.fields[f"{name}-place"].initial, self.cleaned_data[f"{name}-place"]
        return now, (now > was) - (now < was)

    def _wanted(self, phase: Phase) -> PhaseDraft:
        now = draft_phase(self.original[phase.id])
        minutes = self.cleaned_data[f"{phase.id}-minutes"]
        if locks(self.original[phase.id]).reword is not None:
            return now.model_copy(update={"minutes": minutes})
        return PhaseDraft(
            id=phase.id,
            minutes=minutes,
            title=self._text(phase, "title"),
            prompts={
                step.id: tuple(
                    self._text(phase, f"prompt.{step.id}.{index}")
                    for index in range(len(step.prompts))
                )
                for step in phase.steps
                if step.prompts
            },
        )

    def _text(self, phase: Phase, key: str) -> Text:
        nl, en = (self.cleaned_data[f"{phase.id}-{key}-{language}"] for language in LANGUAGES)
        return Text(nl=nl, en=en)


def _texts(phase: Phase) -> Iterator[tuple[str, Text]]:
    """The texts of a phase that can be reworded, with a key for their fields."""
    yield "title", phase.title
    for step in phase.steps:
        for index, prompt in enumerate(step.prompts):
            yield f"prompt.{step.id}.{index}", prompt.text
