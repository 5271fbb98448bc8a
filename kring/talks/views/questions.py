"""The facilitator looks for a question in the shared banks and puts it in the phase.

What is typed, which list is opened and what is chosen travel in the body of a form, never in an
address: those stay in histories and logs.
"""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from kring.base.policy import require
from kring.meetings.views.room import PAGES
from kring.methods.format.banks import search
from kring.methods.shelf import banks
from kring.talks import actions
from kring.talks.views.found import actor_of, for_invited, found, href
from kring.talks.views.live import screen_for, seated

MOST_TYPED = 80


@for_invited
@require_http_methods(["GET", "POST"])
def questions(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Search, choose, and back to the circle with the new question."""
    one, actor = found(request, pk), actor_of(request)
    if one.is_over:
        return redirect(href(request, "talk", one.pk))
    require(actor, "talks.lead", one)
    chair = seated(request, one)
    if chair is None:
        return redirect(href(request, "talk", one.pk))
    language, sent, refused = get_language() or "nl", request.POST, ""
    back = href(request, PAGES[screen_for(one, chair)], one.pk)
    if "question" in sent:
        done = actions.lay_question(actor, one, question=sent["question"], key=sent.get("key", ""))
        if done.refused is None:
            return redirect(back)
        refused = done.refused.text.say(language)
    word, only = sent.get("q", "")[:MOST_TYPED], sent.get("bank", "")
    context = {
        "refused": refused,
        "word": word,
        "banks": banks(),
        "shelf": search(banks(), word, language, only) if word or only else [],
        "looked": bool(word or only),
        "back": back,
    }
    return render(request, "talks/pages/questions.html", context, status=409 if refused else 200)
