"""What a series lays on the table of its meeting: signals to answer, the prototype and its log.

Screens in a room are seen by the whole circle. A signal is shown only while everybody with a chair
may read it (``stories.see``), the log only while everybody is in the series. Somebody else sits down,
and it is gone from the screens; on the page of the series its readers still find it.
"""

from typing import Any

from kring.base.policy import Actor, ask
from kring.meetings.models import Meeting, SeatState
from kring.meetings.room.brought import bring
from kring.methods import rhythm
from kring.people.actors import actors_of
from kring.people.models import Person
from kring.series import table
from kring.series.actions.ground import members
from kring.series.models import LogLine, Series, Sitting
from kring.stories.models import Story

MOST_READERS = 60
"""Above this no circle reads a table together; then only the page of the series shows it."""
MOST = 12


@bring("series")
def things(meeting: Meeting) -> list[dict[str, Any]]:
    """Signals and questions that wait, prototypes on trial, and their log; at most ten queries."""
    sitting = Sitting.objects.filter(meeting=meeting).select_related("series__team__unit").first()
    if sitting is None:
        return []
    series, readers = sitting.series, _readers(meeting)
    if not readers:
        return []
    found = [
        _waiting(story)
        for story in table.waiting(series).prefetch_related("replies")[:MOST]
        if all(ask(reader, "stories.see", story) for reader in readers)
    ]
    inside = {one.person_id for one in members(series)}
    if all(reader.person in inside for reader in readers):
        found += _tried(series)
    return found


def _readers(meeting: Meeting) -> list[Actor]:
    """Everybody with a chair; empty when a guest sits there or when it is no circle any more."""
    seats = meeting.seats.exclude(state=SeatState.WITHDRAWN).values_list("person_id", flat=True)
    numbers = list(seats[: MOST_READERS + 1])
    if not numbers or None in numbers or len(numbers) > MOST_READERS:
        return []
    return actors_of(list(Person.objects.filter(pk__in=numbers).order_by("pk")))


def _waiting(story: Story) -> dict[str, Any]:
    replies = list(story.replies.all())
    last = replies[-1] if replies else None
    return {
        "part": "series/parts/on_table_waiting.html",
        "id": story.pk,
        "text": story.text,
        "note": story.team.name,
        "asks": story.fields.get("asks") or story.fields.get("what_for") or "",
        "since": story.released_on,
        "before": last.answer_by if last is not None else None,
    }


def _tried(series: Series) -> list[dict[str, Any]]:
    asked, found = series.script.on_the_table, []
    trial = rhythm.trial_now(series.script, series.held)
    lines = table.log(series, trial.after)[:MOST] if trial and "log" in asked else []
    if "prototype" in asked:
        found = [_prototype(one) for one in table.prototypes(series)]
    if lines:
        found.append({"part": "series/parts/on_table_log.html", **_log(series, lines)})
    return found


def _prototype(story: Story) -> dict[str, Any]:
    how = story.fields.get("how_noticed", "")
    return {
        "part": "series/parts/on_table_prototype.html",
        "id": story.pk,
        "text": story.text,
        "note": "",
        "how": how,
    }


def _log(series: Series, lines: list[LogLine]) -> dict[str, Any]:
    shown = [{"day": line.day, "said": list(line.words.values())} for line in lines]
    newest = " · ".join(str(said) for said in lines[0].words.values())
    return {"id": series.pk, "lines": shown, "text": newest, "note": ""}
