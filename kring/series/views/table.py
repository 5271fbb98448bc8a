"""In a meeting: the moderator writes down what the circle answers."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from kring.base.policy import Refused, require
from kring.meetings.views.found import found
from kring.meetings.views.room import again
from kring.series import actions
from kring.series.views.found import actor_of, day_in, slug_of, submit

PAGES = {"moderator": "lead", "table": "table"}


@require_POST
def reply(request: HttpRequest, meeting: int) -> HttpResponseBase:
    """Answer what lies on the table, and go on with the meeting."""
    one, sent = found(request, meeting), request.POST
    require(actor_of(request), "meetings.moderate", one)
    typed = sent.get("story", "")
    screen = sent.get("screen", "") if sent.get("screen", "") in PAGES else "moderator"
    try:
        submit(
            request,
            lambda: actions.reply_in_meeting(
                actor_of(request),
                one,
                story=int(typed) if typed.isdigit() and len(typed) < 19 else 0,
                word=sent.get("word", ""),
                text=sent.get("text", ""),
                answer_by=day_in(sent.get("answer_by", "")),
            ),
        )
    except Refused as no:
        return again(request, one, screen, str(no.reason))
    return redirect(reverse(f"meetings:{PAGES[screen]}", args=[slug_of(request), meeting]))
