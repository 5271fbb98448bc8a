"""What lies on the table when a meeting is held on paper: sheets, cards and a blank harvest sheet."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from kring.meetings.models import Meeting
from kring.meetings.rules.modes import takes
from kring.meetings.views.found import found
from kring.meetings.views.meeting import day_words
from kring.meetings.views.paper import _name, pdf
from kring.methods.format.outputs import OUTPUTS
from kring.methods.format.shapes import Phase, Record, Step, StepKind, Visibility

LINES = {"text": 3, "line": 1}
CARDS_ON_A_SHEET = 8
WRITES = frozenset({StepKind.WRITE, StepKind.OPEN, StepKind.ONE, StepKind.ROUND, StepKind.ASK})


def _language() -> str:
    return get_language() or "nl"


def _seen(step: Step) -> str:
    """Who reads what is written on this part of the sheet, as it goes on paper."""
    if step.visibility == Visibility.AUTHOR or step.record == Record.PRIVATE:
        return _("Only for you. Take it home, or tear it up.")
    if step.visibility == Visibility.CIRCLE_UNNAMED_AFTER_REVEAL:
        return _(
            "Without your name, folded in the bowl. Read out only when there are four or more."
        )
    if step.visibility == Visibility.CIRCLE_NAMED_AFTER_REVEAL:
        return _("Face down until everybody is ready. Then all at once.")
    return _("For this circle. Afterwards it goes into the shredder.")


def _part(phase: Phase, step: Step) -> dict[str, Any]:
    language = _language()
    return {
        "title": phase.title.say(language),
        "prompts": [prompt.text.say(language) for prompt in step.prompts],
        "label": step.entry.label.say(language) if step.entry else "",
        "seen": _seen(step),
        "is_scale": step.kind == StepKind.SCALE,
        "low": step.low.say(language) if step.low else "",
        "high": step.high.say(language) if step.high else "",
        "choices": [choice.text.say(language) for choice in step.choices],
    }


def _loose(step: Step) -> bool:
    """Written on a card of its own, so that it can lie among the others."""
    return step.kind == StepKind.WRITE and step.record != Record.PRIVATE


def _worksheet(meeting: Meeting) -> dict[str, Any]:
    language, script = _language(), meeting.script
    steps = [(phase, step) for phase in script.phases for step in phase.steps if _on_sheet(step)]
    return {
        "parts": [_part(phase, step) for phase, step in steps if not _loose(step)],
        "cards": [_part(phase, step) for phase, step in steps if _loose(step)],
        "blank": range(CARDS_ON_A_SHEET),
        "roles": [
            {
                "title": role.title.say(language),
                "text": role.description.say(language) if role.description else "",
            }
            for role in script.roles
        ],
        "core": script.core_note.say(language),
    }


def _on_sheet(step: Step) -> bool:
    if step.kind in WRITES:
        return step.entry is not None and step.visibility != Visibility.NOBODY
    return takes(step) and step.kind in (StepKind.SCALE, StepKind.RATE)


@never_cache
@require_GET
def worksheets(request: HttpRequest, pk: int) -> HttpResponse:
    """One sheet for everybody, cards to cut, and a card for each role."""
    meeting = found(request, pk)
    context = {**_top(meeting), **_worksheet(meeting), "people": meeting.seats.count()}
    return pdf("meetings/pages/worksheets.html", context, f"kring-{_name(meeting)}")


@never_cache
@require_GET
def harvest_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """A blank sheet for what the circle lets out, with the consent asked aloud for each thing."""
    meeting = found(request, pk)
    language, script = _language(), meeting.script
    kinds = [OUTPUTS[one.type] for one in script.outputs if one.type in OUTPUTS]
    context = {
        **_top(meeting),
        "kinds": [
            {
                "title": kind.title.say(language),
                "explanation": kind.explanation.say(language),
                "fields": [
                    {
                        "label": field.label.say(language),
                        "lines": range(LINES.get(field.kind, 1)),
                        "choices": [word.text.say(language) for word in field.choices],
                    }
                    for field in kind.fields
                ],
            }
            for kind in kinds
        ],
        "never": [said.say(language) for said in script.never_record],
    }
    return pdf("meetings/pages/harvest_sheet.html", context, f"kring-{_name(meeting)}")


def _top(meeting: Meeting) -> dict[str, Any]:
    return {
        "language": _language(),
        "meeting": meeting,
        "when": day_words(meeting.starts_at),
        "purpose": meeting.script.purpose.say(_language()),
    }
