"""On paper: the run sheet before, the minutes after. PDF, in the reader's language."""

from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from kring.base.policy import NotThere, require
from kring.meetings import actions, screens
from kring.meetings.engine.asks.large import MOST_TABLES
from kring.meetings.models import Meeting, Stage
from kring.meetings.views.after import item_words
from kring.meetings.views.found import actor_of, found
from kring.meetings.views.meeting import day_words
from kring.methods.format.shapes import Prompt

PAPER = Path(__file__).resolve().parent.parent / "pages" / "paper.css"
"""The look of a sheet of paper; no browser ever loads it."""


def pdf(page: str, context: dict[str, Any], name: str) -> HttpResponse:
    """A template as PDF/UA (tagged). Nothing is fetched: styles come from our own files."""
    from weasyprint import CSS, HTML  # slow to import; only who prints pays for it

    html = HTML(string=render_to_string(page, context), url_fetcher=_nothing)
    made = html.write_pdf(stylesheets=[CSS(filename=PAPER)], pdf_variant="pdf/ua-1")
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer


def _nothing(address: str, *args: Any, **named: Any) -> Any:
    """A sheet of paper never asks the network for anything."""
    raise ValueError(f"Not fetched: {address[:60]}")


@never_cache
@require_GET
def run_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole script on paper: with this, the meeting works without any screen."""
    meeting = found(request, pk)
    language = get_language() or "nl"
    script = meeting.script
    phases = [
        {
            "title": phase.title.say(language),
            "minutes": phase.minutes,
            "core": phase.core,
            "steps": [
                {
                    "prompts": [_prompt(prompt, language) for prompt in step.prompts],
                    "tip": step.tip.say(language) if step.tip else "",
                    "speaking": step.speaking.value,
                }
                for step in phase.steps
            ],
        }
        for phase in script.phases
    ]
    context = {
        "language": language,
        "meeting": meeting,
        "when": day_words(meeting.starts_at),
        "join": screens.join_address(),
        "purpose": script.purpose.say(language),
        "prepare": [one.say(language) for one in script.prepare],
        "phases": phases,
        "never": [one.say(language) for one in script.never_record],
        "core": script.core_note.say(language),
        "pictured": request.GET.get("version") == "pictures",
    }
    return pdf("meetings/pages/run_sheet.html", context, f"kring-{_name(meeting)}")


def _prompt(prompt: Prompt, language: str) -> dict[str, str | None]:
    easy = prompt.easy.say(language) if prompt.easy else None
    return {"text": prompt.text.say(language), "easy": easy, "picture": prompt.picture}


MOST_SIGNS = 100
"""Signs in one file; a larger hall prints them in parts."""


@never_cache
@require_GET
def table_signs(request: HttpRequest, pk: int) -> HttpResponse:
    """A sign for every table: its number, the code, and what the host does."""
    meeting = found(request, pk)
    require(actor_of(request), "meetings.change", meeting)
    if not (meeting.code and actions.keeps_tables(meeting)):
        raise NotThere
    first = _between(request.GET.get("first", "1"), 1, MOST_TABLES)
    last = _between(request.GET.get("last", "10"), first, first + MOST_SIGNS - 1)
    signs = [
        {"number": number, "qr": screens.qr(meeting.code, number)}
        for number in range(first, min(last, MOST_TABLES) + 1)
    ]
    context = {
        "language": get_language() or "nl",
        "meeting": meeting,
        "join": screens.join_address(),
        "signs": signs,
    }
    return pdf("meetings/pages/table_signs.html", context, f"kring-tables-{meeting.pk}")


def _between(typed: str, low: int, high: int) -> int:
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else low
    return min(high, max(low, number))


@never_cache
@require_GET
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """What the circle let out, and nothing else."""
    meeting = found(request, pk)
    if meeting.state != Stage.CLOSED:
        raise NotThere
    told = actions.minutes(actor_of(request), meeting)
    context = {
        "language": get_language() or "nl",
        "meeting": meeting,
        "when": day_words(meeting.starts_at),
        "items": [item_words(row) for row in told.items],
    }
    return pdf("meetings/pages/minutes.html", context, f"kring-{_name(meeting)}")


def _name(meeting: Meeting) -> str:
    """A neutral file name: titles and names of people stay out of it."""
    return f"{meeting.protocol_id.replace('_', '-')}-{meeting.pk}"
