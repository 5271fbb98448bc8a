"""After a meeting on paper: it was held, with these people, and this is what the circle let out."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kring.agreements.words import rhythm
from kring.base.policy import NotThere, Refused, require
from kring.meetings import actions, room, screens
from kring.meetings.engine import State
from kring.meetings.models import Meeting, Mode, SeatState
from kring.meetings.room import Done
from kring.meetings.templatetags.rooms import RHYTHMS
from kring.meetings.views.found import actor_of, found, href
from kring.methods.format.outputs import OUTPUTS, OutputField, OutputType


def _language() -> str:
    return get_language() or "nl"


def _on_paper(request: HttpRequest, pk: int) -> Meeting:
    """The meeting, for whoever leads it; one that is not on paper has no such page."""
    one = found(request, pk)
    if one.mode != Mode.PAPER:
        raise NotThere
    if not one.is_over:
        require(actor_of(request), "meetings.change", one)
    return one


@require_GET
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter what may leave the circle, one thing at a time."""
    one = _on_paper(request, pk)
    if one.is_over:
        return redirect(href(request, "meeting", one.pk))
    return _page(request, one)


def _page(
    request: HttpRequest, one: Meeting, *, no: str = "", typed: Any = None, status: int = 200
) -> HttpResponse:
    state = room.of(one).state if one.is_open else None
    seats = one.seats.exclude(state=SeatState.WITHDRAWN).order_by("place")
    context = {
        "meeting": one,
        "here": href(request, "meeting", one.pk),
        "refused": no,
        "people": [(str(seat.pk), seat.name) for seat in seats],
        "everybody": [str(seat.pk) for seat in seats],
        "never": [said.say(_language()) for said in one.script.never_record],
        "outputs": _outputs(one, typed or {}) if state else [],
        "there": _there(state, {seat.key: seat.name for seat in seats}) if state else [],
        "released": _released(state) if state else [],
        "day": screens.look_back(one),
        "readers": [
            ("V4", _("The team")),
            ("V5", _("The core group")),
            ("V6", _("The whole organisation")),
        ],
    }
    return render(request, "meetings/pages/on_paper.html", context, status=status)


def _there(state: State, names: dict[str, str]) -> list[tuple[str, str]]:
    return [("", _("nobody yet")), *((seat, names.get(seat, "…")) for seat in state.here())]


def _released(state: State) -> list[dict[str, str]]:
    found_items = []
    for name, item in state.record.released.items():
        shape = OUTPUTS[item["output"]]
        found_items.append(
            {
                "item": name,
                "kind": shape.title.say(_language()),
                "text": str(item["fields"].get(shape.summary.id, "")),
                "visibility": item["visibility"],
            }
        )
    return found_items


def _outputs(one: Meeting, typed: Any) -> list[dict[str, Any]]:
    """Every kind of outcome of this talk with its fields; ``typed``: what was sent and refused."""
    again = typed.get("output", "")
    return [
        {
            "id": output.type,
            "title": OUTPUTS[output.type].title.say(_language()),
            "explanation": OUTPUTS[output.type].explanation.say(_language()),
            "visibility": typed.get("visibility") if again == output.type else _first(output),
            "open": again == output.type,
            "fields": [
                _field(field, output.type, typed if again == output.type else {})
                for field in OUTPUTS[output.type].fields
            ],
        }
        for output in one.script.outputs
        if output.type in OUTPUTS
    ]


def _first(output: Any) -> str:
    wider = ("V4", "V5", "V6")
    return output.default_visibility.value if output.default_visibility.value in wider else "V4"


def _field(field: OutputField, output: str, typed: Any) -> dict[str, Any]:
    options: list[tuple[str, str]] = []
    if field.kind == "choice":
        options = [(word.id, word.text.say(_language())) for word in field.choices]
    elif field.kind == "yes_no":
        options = [("yes", _("Yes")), ("no", _("No"))]
    elif field.kind == "days":
        options = [(str(days), rhythm(days)) for days in RHYTHMS]
    return {
        "id": f"{output}-{field.id}",
        "name": f"field.{field.id}",
        "label": field.label.say(_language()),
        "hint": field.hint.say(_language()) if field.hint else "",
        "kind": field.kind,
        "required": field.required,
        "options": [("", _("not filled in")), *options] if options else [],
        "value": typed.get(f"field.{field.id}", ""),
    }


@require_POST
def held(request: HttpRequest, pk: int) -> HttpResponse:
    """It was held, with these people."""
    one = _on_paper(request, pk)
    there = frozenset(int(pk) for pk in request.POST.getlist("there") if pk.isdigit())
    try:
        actions.hold_on_paper(actor_of(request), one, there=there, key=request.POST.get("key", ""))
    except Refused as no:
        one.refresh_from_db()
        return _page(request, one, no=str(no.reason), status=409)
    return redirect(href(request, "paper", one.pk))


@require_POST
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """One thing the circle let out; refused, everything typed is still there."""
    one, sent = _on_paper(request, pk), request.POST
    shape = OUTPUTS.get(sent.get("output", ""))
    if shape is None:
        raise NotThere
    what = actions.FromPaper(
        output=shape.id,
        fields=_values(sent, shape, seats=False),
        seats={name: seat for name, seat in _values(sent, shape, seats=True).items() if seat},
        visibility=sent.get("visibility", "V4"),
        asked_aloud=sent.get("asked_aloud") == "yes",
    )
    return _answered(
        request,
        one,
        lambda key: actions.harvest_from_paper(actor_of(request), one, what, key=key),
    )


def _values(sent: Any, shape: OutputType, *, seats: bool) -> dict[str, str | None]:
    return {
        field.id: sent.get(f"field.{field.id}", "").strip() or None
        for field in shape.fields
        if (field.kind == "seat") is seats
    }


def _answered(request: HttpRequest, one: Meeting, do: Any) -> HttpResponse:
    try:
        done: Done = do(request.POST.get("key", ""))
        no = done.refused.text.say(_language()) if done.refused else ""
    except Refused as refused:
        no = str(refused.reason)
    except ValueError:
        no = _("This could not be read. Is everything filled in, and not too long?")
    if no:
        one.refresh_from_db()
        return _page(request, one, no=no, typed=request.POST, status=409)
    return redirect(href(request, "paper", one.pk))


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Entered by mistake, or somebody said no after all."""
    one, name = _on_paper(request, pk), request.POST.get("item", "")
    return _answered(
        request,
        one,
        lambda key: actions.take_back_from_paper(actor_of(request), one, item=name, key=key),
    )


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """The harvest is whole: it goes where it belongs."""
    one, sent = _on_paper(request, pk), request.POST
    answer = _answered(
        request,
        one,
        lambda key: actions.close_paper(
            actor_of(request),
            one,
            look_back_on=sent.get("look_back_on") or None,
            no_follow_up=sent.get("follow_up") == "none",
            key=key,
        ),
    )
    return redirect(href(request, "meeting", one.pk)) if answer.status_code == 302 else answer
