"""What the views share: finding, submitting once, and a story as a page draws it."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from kring.base.policy import Actor, NotThere
from kring.people.receipts import once
from kring.stories.models import Story


def actor_of(request: HttpRequest) -> Actor:
    """Who asks."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set at the door
    return actor


def href(request: HttpRequest, name: str, *numbers: int) -> str:
    """An address of this feature in the reader's organisation."""
    slug = request.organisation.slug  # type: ignore[attr-defined]  # set at the door
    return reverse(f"stories:{name}", args=[slug, *numbers])


def find(request: HttpRequest, number: int) -> Story:
    """A story this actor may read; anything else does not exist."""
    rows = Story.objects.visible_to(actor_of(request)).filter(pk=number)
    found: Story | None = rows.select_related("team").prefetch_related("replies").first()
    if found is None:
        raise NotThere
    return found


def submit(request: HttpRequest, do: Callable[[], Any]) -> dict[str, Any]:
    """Do the work once per client-made key; the answer holds the id of what was made."""
    key = request.POST.get("key", "").strip()
    if not key:
        raise BadRequest("A form carries a key of its own.")
    return once(f"person {actor_of(request).person} {request.path}", key, lambda: {"made": do().pk})


def shown(story: Story) -> dict[str, Any]:
    """A story as a page draws it, in the reader's language."""
    language, kind = get_language() or "nl", story.type
    fields = []
    for field in kind.fields:
        value = story.fields.get(field.id)
        if value in (None, "") or field.summary:
            continue
        words = next((word.text.say(language) for word in field.choices if word.id == value), value)
        fields.append({"label": field.label.say(language), "value": words})
    return {
        "story": story,
        "kind": kind.title.say(language),
        "fields": fields,
        "by": ", ".join(dict.fromkeys(n for names in story.names.values() for n in names)),
        "status": story.status_word(language),
        "learned": story.fields.get("learned", ""),
    }
