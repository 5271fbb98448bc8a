"""What colleagues learnt: reading it, and taking it back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kring.base.policy import Actor, NotThere, ask
from kring.people.receipts import once
from kring.stories import actions
from kring.stories.models import Story

PAGE = 20


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set at the door
    return actor


def _href(request: HttpRequest, name: str, *numbers: int) -> str:
    slug = request.organisation.slug  # type: ignore[attr-defined]  # set at the door
    return reverse(f"stories:{name}", args=[slug, *numbers])


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
        "by": ", ".join(name for names in story.names.values() for name in names),
    }


@require_GET
def stories(request: HttpRequest) -> HttpResponse:
    """Newest first."""
    rows = Story.objects.visible_to(_actor(request)).select_related("team")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"rows": [shown(story) for story in page], "page": page}
    return render(request, "stories/pages/stories.html", context)


@require_GET
def story(request: HttpRequest, number: int) -> HttpResponse:
    """One story, whole."""
    found = Story.objects.visible_to(_actor(request)).filter(pk=number)
    one = found.select_related("team").first()
    if one is None:
        raise NotThere
    may = ask(_actor(request), "stories.withdraw", one)
    return render(request, "stories/pages/story.html", {**shown(one), "may_withdraw": bool(may)})


def _taken(request: HttpRequest, number: int) -> Story:
    """A story this person may take back, also when it was taken back; nobody else learns of it."""
    one: Story | None = Story.objects.select_related("team").filter(pk=number).first()
    if one is None or not ask(_actor(request), "stories.withdraw", one):
        raise NotThere
    return one


def _submit(request: HttpRequest, do: Any) -> None:
    key = request.POST.get("key", "").strip()
    if not key:
        raise BadRequest("A form carries a key of its own.")
    once(f"person {_actor(request).person} {request.path}", key, lambda: {"story": do().pk})


@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take it back."""
    one = _taken(request, number)
    _submit(request, lambda: actions.withdraw(_actor(request), one))
    back = _href(request, "put_back", number)
    messages.success(request, _("Taken back. Nobody can read it any more."), extra_tags=back)
    return redirect(_href(request, "list"))


@require_POST
def put_back(request: HttpRequest, number: int) -> HttpResponse:
    """Undo it, for an hour."""
    one = _taken(request, number)
    _submit(request, lambda: actions.put_back(_actor(request), one))
    return redirect(_href(request, "story", number))
