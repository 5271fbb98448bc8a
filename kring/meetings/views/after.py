"""A meeting that is over: what left the circle, in words."""

from typing import Any

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kring.base.policy import Actor
from kring.meetings import actions
from kring.meetings.models import Meeting
from kring.meetings.views.found import actor_of, href
from kring.methods.format.outputs import OUTPUTS


def afterwards(request: HttpRequest, one: Meeting) -> dict[str, Any]:
    """What the page of a closed meeting shows."""
    actor = actor_of(request)
    minutes = actions.minutes(actor, one)
    kept = one.keep_until
    return {
        "items": [item_words(row) for row in minutes.items if not _answered_below(actor, row)],
        "wiped": _(
            "What was only for the circle is gone. What the circle keeps for itself goes on %(day)s."
        )
        % {"day": date_format(kept, "j F")}
        if kept
        else _("What was only for the circle is gone."),
        "again_href": f"{href(request, 'plan', one.protocol_id)}?team={one.team_id}",
    }


def _answered_below(actor: Actor, row: Any) -> bool:
    """A question everybody inside may read stands below, with the answer it has by now."""
    inside = actor.kind == "person" and not actor.external
    return inside and row.type == "question" and row.visibility == "V6"


def item_words(row: Any) -> dict[str, Any]:
    """A harvested item in words: its kind, its text, who reads it, and the fields that were filled."""
    language, kind = get_language() or "nl", OUTPUTS.get(row.type)
    readers = {
        "V4": _("The team reads this."),
        "V5": _("The core group reads this."),
        "V6": _("The whole organisation reads this."),
    }
    fields = []
    for field in kind.fields if kind else ():
        value = row.names.get(field.id) or row.fields.get(field.id)
        if not value or (field.summary and value == row.text):
            continue
        chosen = {choice.id: choice.text.say(language) for choice in field.choices}
        fields.append((field.label.say(language).rstrip("?"), chosen.get(str(value), value)))
    return {
        "kind": kind.title.say(language) if kind else row.type,
        "text": row.text,
        "readers": readers.get(row.visibility, ""),
        "by": "",
        "fields": fields,
        "made": row.made,
    }
