"""The log of a trial: writing a line on a phone, taking one away."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kring.base.policy import NotThere, Refused, ask, require
from kring.methods import rhythm
from kring.series import actions, table
from kring.series.actions.ground import today
from kring.series.models import LogLine
from kring.series.views.found import actor_of, day_in, find, href, language, submit


@require_http_methods(["GET", "POST"])
def log(request: HttpRequest, number: int) -> HttpResponse:
    """What did you do, what happened, what do you change? A sentence is enough."""
    found, sent = find(request, number), request.POST
    require(actor_of(request), "series.take_part", found)
    trial, refused = rhythm.trial_now(found.script, found.held), ""
    if request.method == "POST":
        about = sent.get("prototype", "")
        try:
            made = submit(
                request,
                lambda: actions.write_line(
                    actor_of(request),
                    found,
                    words={name[5:]: sent.get(name, "") for name in sent if name[:5] == "said_"},
                    day=day_in(sent.get("day", "")),
                    prototype=int(about) if about.isdigit() else None,
                ),
            )["made"]
        except Refused as no:
            refused = str(no.reason)
        else:
            back = href(request, "take_line_away", made)
            messages.success(request, _("In the log. Thank you."), extra_tags=back)
            return redirect(href(request, "series", number))
    questions = trial.log if trial else ()
    context = {
        "series": found,
        "trial": trial.invite.say(language()) if trial else "",
        "questions": [
            (one.id, one.text.say(language()), sent.get(f"said_{one.id}", "")) for one in questions
        ],
        "prototypes": [(one.pk, one.text) for one in table.prototypes(found)],
        "day": sent.get("day") or today().isoformat(),
        "first_day": found.last_on.isoformat(),
        "today": today().isoformat(),
        "refused": refused,
    }
    return render(request, "series/pages/log.html", context, status=409 if refused else 200)


@require_POST
def take_line_away(request: HttpRequest, line: int) -> HttpResponse:
    """Take a line away; no reason is asked."""
    found: LogLine | None = LogLine.objects.select_related("series__team").filter(pk=line).first()
    if found is None or not ask(actor_of(request), "series.read_log", found):
        raise NotThere
    series, gone = found.series_id, found
    submit(request, lambda: actions.take_line_away(actor_of(request), gone))
    return redirect(href(request, "series", series))
