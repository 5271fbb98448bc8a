"""What colleagues learnt: reading it, and taking it back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kring.base.policy import NotThere, ask
from kring.stories import actions
from kring.stories.models import Story
from kring.stories.models.reply import WORDS
from kring.stories.views.found import actor_of, find, href, shown, submit

PAGE = 20


@require_GET
def stories(request: HttpRequest) -> HttpResponse:
    """Newest first."""
    rows = Story.objects.visible_to(actor_of(request)).select_related("team")
    listed = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"rows": [shown(story) for story in listed], "page": listed}
    return render(request, "stories/pages/stories.html", context)


@require_GET
def promises(request: HttpRequest) -> HttpResponse:
    """What was promised: first what stands, in the order of the day we look at it."""
    rows = Story.objects.visible_to(actor_of(request)).filter(kind="promise")
    rows = rows.select_related("team", "promise").order_by("status", "promise__test_on", "-id")
    listed = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"rows": [shown(story) for story in listed], "page": listed}
    return render(request, "stories/pages/promises.html", context)


@require_GET
def story(request: HttpRequest, number: int) -> HttpResponse:
    """One story, whole."""
    return page(request, find(request, number))


def page(request: HttpRequest, one: Story, *, no: str = "", status: int = 200) -> HttpResponse:
    """The page of a story; ``no``: why something just asked could not be done."""
    actor = actor_of(request)
    context = {
        **shown(one),
        "refused": no,
        "typed": request.POST.get("text", "") if no else "",
        "replies": list(one.replies.all()),
        "may_withdraw": bool(ask(actor, "stories.withdraw", one)),
        "may_reply": bool(ask(actor, "stories.reply", one)),
        "may_status": bool(ask(actor, "stories.set_status", one)),
        "words": [(word.value, text) for word, text in WORDS.items()],
        "statuses": [
            (word.id, word.text.say(get_language() or "nl")) for word in one.type.statuses
        ],
    }
    return render(request, "stories/pages/story.html", context, status=status)


def _taken(request: HttpRequest, number: int) -> Story:
    """A story this person may take back, also when it was taken back; nobody else learns of it."""
    one: Story | None = Story.objects.select_related("team").filter(pk=number).first()
    if one is None or not ask(actor_of(request), "stories.withdraw", one):
        raise NotThere
    return one


@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take it back."""
    one = _taken(request, number)
    submit(request, lambda: actions.withdraw(actor_of(request), one))
    back = href(request, "put_back", number)
    messages.success(request, _("Taken back. Nobody can read it any more."), extra_tags=back)
    return redirect(href(request, "list"))


@require_POST
def put_back(request: HttpRequest, number: int) -> HttpResponse:
    """Undo it, for an hour."""
    one = _taken(request, number)
    submit(request, lambda: actions.put_back(actor_of(request), one))
    return redirect(href(request, "story", number))
