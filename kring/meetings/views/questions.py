"""The facilitator looks for a question in the shared banks and puts it in the phase."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from kring.base.policy import require
from kring.meetings import actions
from kring.meetings import room as rooms
from kring.meetings.views.found import actor_of, found, href
from kring.meetings.views.room import open_to_guests
from kring.methods.format.banks import search
from kring.methods.shelf import banks

MOST_TYPED = 80


@open_to_guests
@require_http_methods(["GET", "POST"])
def questions(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Search, choose, and back to the circle with the new question."""
    meeting, actor = found(request, pk), actor_of(request)
    require(actor, "meetings.moderate", meeting)
    if not meeting.is_open:
        return redirect(href(request, "meeting", meeting.pk))
    language = get_language() or "nl"
    back = "table" if rooms.of(meeting).state.one_device else "lead"
    refused = ""
    if request.method == "POST":
        sent = request.POST
        done = actions.lay_question(
            actor, meeting, question=sent.get("question", ""), key=sent.get("key", "")
        )
        if done.refused is None:
            return redirect(href(request, back, meeting.pk))
        refused = done.refused.text.say(language)
    word, only = request.GET.get("q", "")[:MOST_TYPED], request.GET.get("bank", "")
    context = {
        "meeting": meeting,
        "refused": refused,
        "word": word,
        "only": only,
        "banks": banks(),
        "shelf": search(banks(), word, language, only) if word or only else [],
        "looked": bool(word or only),
        "back": href(request, back, meeting.pk),
    }
    return render(request, "meetings/pages/questions.html", context, status=409 if refused else 200)
