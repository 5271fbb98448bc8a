"""The page of a series: the next meeting first, then what is open, then what was."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kring.agreements.words import rhythm as often
from kring.base.policy import Actor, ask
from kring.meetings.models import Harvest, Meeting, SeatState
from kring.meetings.models import Seat as Place
from kring.meetings.views.meeting import day_words
from kring.methods import rhythm
from kring.methods.format.outputs import OUTPUTS
from kring.methods.shelf import shipped
from kring.series import table
from kring.series.actions.ground import members, today
from kring.series.actions.planning import next_leader, planned
from kring.series.models import Member, Series, Sitting
from kring.series.models.series import STATES
from kring.series.policy import member_of
from kring.series.rules import LOG_KEPT, State, proposed_day, turns
from kring.series.views.found import actor_of, find, href, language, slug_of
from kring.series.views.open import open_things
from kring.web.ring import Seat

MOST = 12
MOST_LINES = 50


def words_of(day: Any) -> str:
    """A day in words, without the year: "Monday 7 December"."""
    return date_format(day, "l j F")


@require_GET
def several(request: HttpRequest) -> HttpResponse:
    """The series I am in first, then the others I may know of."""
    actor = actor_of(request)
    rows = Series.objects.visible_to(actor).select_related("team", "offered")
    mine = set(Series.objects.of_member(actor).values_list("pk", flat=True))
    found = list(rows.order_by("due_on", "id")[: 4 * MOST])
    coming = {
        one.sitting.series_id: one
        for one in Meeting.objects.not_over()
        .filter(sitting__series__in=[one.pk for one in found])
        .select_related("sitting")
    }
    lines = [_line(request, one, coming.get(one.pk)) for one in found]
    parts = [
        (_("Mine"), [x for x, one in zip(lines, found, strict=True) if one.pk in mine and x["on"]]),
        (_("Others"), [x for x, one in zip(lines, found, strict=True)
                       if one.pk not in mine and x["on"]]),
        (_("Stopped"), [line for line in lines if not line["on"]]),
    ]  # fmt: skip
    context = {
        "parts": [{"title": title, "lines": some} for title, some in parts if some],
        "choose_href": href(request, "choose"),
        "waiting_href": reverse("stories:waiting", args=[slug_of(request)]),
    }
    return render(request, "series/pages/several.html", context)


def _line(request: HttpRequest, one: Series, meeting: Meeting | None) -> dict[str, Any]:
    if one.stopped_on is not None:
        note = _("stopped on %(day)s") % {"day": date_format(one.stopped_on, "j F Y")}
    elif one.state == State.RESTING:
        note = _("rests until %(day)s") % {"day": words_of(one.rests_until)}
    elif meeting is not None:
        note = _("next: %(when)s") % {"when": day_words(meeting.starts_at)}
    else:
        note = _("next: around %(day)s") % {"day": words_of(one.due_on)} if one.due_on else ""
    return {
        "what": one.title,
        "note": f"{one.team.name} · {note}" if note else one.team.name,
        "href": href(request, "series", one.pk),
        "on": one.state != State.STOPPED,
    }


@require_GET
def series(request: HttpRequest, number: int) -> HttpResponse:
    """One series."""
    return page(request, find(request, number))


def page(request: HttpRequest, one: Series, *, no: str = "", status: int = 200) -> HttpResponse:
    """The page of a series; ``no``: why something just asked could not be done."""
    actor = actor_of(request)
    circle, mine, meeting = list(members(one)), member_of(actor, one), planned(one)
    leads = next_leader(one, circle)
    context = {
        "series": one,
        "here": href(request, "series", one.pk),
        "refused": no,
        "purpose": one.script.purpose.say(language()),
        "state": STATES[State(one.state)],
        "often": often(one.rhythm_days),
        "mine": mine,
        "leads": leads,
        "i_lead": mine is not None and leads is not None and leads.pk == mine.person_id,
        "i_am_away": mine is not None and mine.chair(one.due_on).away,
        "then": _then(one, circle, leads),
        "leaving": [(member.person_id, member.person.name) for member in circle],
        "people": [_person(one, member, leads) for member in circle],
        "ring": [_seat(member, leads, mine) for member in circle],
        "meeting": meeting,
        "meeting_href": reverse("meetings:meeting", args=[slug_of(request), meeting.pk])
        if meeting
        else "",
        "meeting_when": day_words(meeting.starts_at) if meeting else "",
        "may_plan": bool(ask(actor, "series.plan", one)),
        "may_change": bool(ask(actor, "series.change", one)),
        "open": open_things(request, one, mine is not None),
        **_next(one),
        **_trial(one, mine is not None),
        **_past(request, one, mine, meeting),
        **_settings(one, request.POST if no else {}),
    }
    return render(request, "series/pages/series.html", context, status=status)


def _next(one: Series) -> dict[str, Any]:
    where = rhythm.place(one.script, one.held)
    names = [one.script.full(name) for name in where.protocols]
    scripts = [script for script in (shipped().protocol(name) for name in names) if script]
    last = (
        Sitting.objects.filter(series=one, held_on__isnull=False).select_related("meeting").first()
    )
    at = localtime(last.meeting.starts_at) if last else None
    named = where.sitting.title if where.sitting and where.sitting.title else None
    guests = one.script.rhythm.guests
    return {
        "next_title": named.say(language())
        if named
        else (scripts[0].title.say(language()) if scripts else ""),
        "choices": [(script.id, script.title.say(language())) for script in scripts],
        "due_words": words_of(one.due_on) if one.due_on else "",
        "propose_day": proposed_day(one.due_on, today()).isoformat() if one.due_on else "",
        "propose_at": f"{at:%H:%M}" if at else "10:00",
        "propose_place": last.meeting.place if last else "",
        "guests": guests.text.say(language()) if guests and where.guests else "",
    }


def _trial(one: Series, is_member: bool) -> dict[str, Any]:
    trial = rhythm.trial_now(one.script, one.held) if one.state == State.RUNNING else None
    shown = trial or one.script.trial
    if shown is None or not is_member:
        return {"trial": "", "log": []}
    labels = {question.id: question.text.say(language()) for question in shown.log}
    lines = table.log(one, shown.after)[:MOST_LINES]
    return {
        "trial": trial.invite.say(language()) if trial else "",
        "log": [
            {
                "pk": line.pk,
                "day": words_of(line.day),
                "words": [(labels.get(name, ""), said) for name, said in line.words.items()],
            }
            for line in lines
        ],
        "log_kept": LOG_KEPT.days // 7,
    }


def _held(one: Series) -> list[Sitting]:
    """The meetings that were held, newest first, each with what it let out."""
    harvest = Prefetch("meeting__harvest", queryset=Harvest.objects.select_related("meeting__team"))
    held = Sitting.objects.filter(series=one, held_on__isnull=False)
    return list(held.select_related("meeting__team").prefetch_related(harvest)[:MOST])


def _sat(actor: Actor, rows: list[Sitting]) -> set[int]:
    """Ids of the meetings in which this person has a seat (as ``meetings.policy.seat_of``)."""
    mine = Place.objects.filter(person=actor.person or 0, meeting__in=[x.meeting_id for x in rows])
    return set(mine.exclude(state=SeatState.WITHDRAWN).values_list("meeting_id", flat=True))


def _past(
    request: HttpRequest, one: Series, mine: Member | None, meeting: Meeting | None
) -> dict[str, Any]:
    """The thread of meetings, and what each let out (as far as this reader may read it)."""
    actor = actor_of(request)
    rows = _held(one)
    may_know = set(
        Meeting.objects.visible_to(actor)
        .filter(pk__in=[row.meeting_id for row in rows])
        .values_list("pk", flat=True)
    )
    sat = _sat(actor, rows)
    past, rings = [], []
    for sitting in reversed(rows):
        held_on = sitting.held_on or one.last_on
        there = sitting.meeting_id in sat
        address = reverse("meetings:meeting", args=[slug_of(request), sitting.meeting_id])
        knows = sitting.meeting_id in may_know
        items = [
            row for row in sitting.meeting.harvest.all()
            if there or ask(actor, "meetings.read_item", row)
        ]  # fmt: skip
        day = date_format(held_on, "j F")
        rings.append((day, sitting.meeting.title, address if knows else "", "done"))
        if items:
            past.append(
                {
                    "title": sitting.meeting.title,
                    "day": day,
                    "href": address if knows else "",
                    "items": [
                        {"kind": OUTPUTS[row.type].title.say(language()), "text": row.text}
                        for row in items
                    ],
                }
            )
    return {
        "past": past[::-1],
        "rings": [*rings, *_coming(request, one, mine, meeting)],
        "more_past": one.held > MOST,
    }


def _coming(
    request: HttpRequest, one: Series, mine: Member | None, meeting: Meeting | None
) -> list[tuple[str, str, str, str]]:
    """The rings still to come: a trial that runs, the next meeting, the ordered part, the rhythm."""
    if one.state == State.STOPPED:
        return []
    rings, plan = [], one.script
    if rhythm.trial_now(plan, one.held) is not None:
        address = href(request, "log", one.pk) if mine is not None else ""
        rings.append((_("now"), _("trying, with a log"), address, "now"))
    for held in range(one.held, max(one.held + 1, len(plan.meetings))):
        where = rhythm.place(plan, held)
        script = shipped().protocol(plan.full(where.protocols[0]))
        named = where.sitting.title if where.sitting else None
        title, when, address = (named or (script.title if script else plan.title)), "", ""
        if held == one.held and meeting is not None:
            address = reverse("meetings:meeting", args=[slug_of(request), meeting.pk])
            when = date_format(localtime(meeting.starts_at), "j F")
        state = "now" if held == one.held and not rings else "next"
        rings.append((when or (_("next") if held == one.held else ""), title.say(language()),
                      address, state))  # fmt: skip
        if rhythm.trial_now(plan, held + 1) is not None:
            rings.append((_("in between"), _("trying, with a log"), "", "next"))
    rings.append((_("after that"), often(one.rhythm_days), "", "next"))
    return rings


def _then(one: Series, circle: list[Member], leads: Any) -> list[str]:
    if one.stays_id is not None:
        return []
    names = {member.person_id: member.person.name for member in circle}
    queue = turns([member.chair(one.due_on) for member in circle], one.offered_id)
    return [names[person] for person in queue if leads is None or person != leads.pk][:3]


def _person(one: Series, member: Member, leads: Any) -> dict[str, Any]:
    notes = [_role(one, member.role)] if member.role else []
    if leads is not None and member.person_id == leads.pk:
        notes.append(_("leads the next one"))
    elif member.chair(one.due_on).away:
        notes.append(_("cannot lead the next one"))
    return {"pk": member.person_id, "name": member.person.name, "note": ", ".join(notes)}


def _role(one: Series, role: str) -> str:
    for name in one.script.protocols:
        script = shipped().protocol(one.script.full(name))
        for known in script.roles if script else ():
            if known.id == role:
                return known.title.say(language())
    return role


def _seat(member: Member, leads: Any, mine: Member | None) -> Seat:
    return Seat(
        name=member.person.name,
        has_piece=leads is not None and member.person_id == leads.pk,
        is_me=mine is not None and member.pk == mine.pk,
        says=_("leads the next one"),
    )


def _settings(one: Series, sent: Mapping[str, Any]) -> dict[str, Any]:
    """``sent``: what was typed, when it was refused; it is shown again."""
    typed = {name: sent.get(name, "") for name in ("others", "role", "until", "words")}
    turns_ = one.script.rhythm
    days = turns_.choices or (turns_.every_days,)
    return {
        "rhythms": [(day, often(day)) for day in days] if len(days) > 1 else [],
        "typed": typed,
        "again": any(typed.values()),
        "rhythm_text": turns_.text.say(language()),
        "roles": [(role, _role(one, role)) for role in one.script.keeps_roles],
        "ending": one.script.ending.say(language()),
    }
