"""Calendar feeds (RFC 5545): what is to come, for one person or one team, in neutral words.

A feature registers entries in its ``panels`` module::

    @feeds.entries("meetings")
    def meetings(actor: Actor, team: int | None, organisation: str) -> Iterable[feeds.Entry]: ...

``team`` is ``None`` for the person's own calendar. The function checks what ``actor`` may see and
runs a constant number of queries. Titles name no people and no subject (reference E4): a calendar is
read over shoulders and on phones that lie on tables.
"""

import base64
import hashlib
import hmac
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from kring.base import clock, scope
from kring.base.policy import Actor, NotThere, Refused
from kring.people import trail
from kring.people.actors import actor_of, running
from kring.people.models import Feed, Person, Team

MOST = 500  # entries of one feature in one feed
REFRESH = timedelta(hours=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing to come: a whole day (``on``) or a time (``begins_at``, ``ends_at``).

    ``uid``: plain reference ("agreement 12"), never reused. ``version`` grows with every change.
    ``is_cancelled`` keeps it in the feed so that calendars take it away.
    """

    uid: str
    title: str
    version: int
    page: str
    changed_at: datetime | None = None
    on: date | None = None
    begins_at: datetime | None = None
    ends_at: datetime | None = None
    place: str = ""
    is_cancelled: bool = False


Work = Callable[[Actor, int | None, str], Iterable[Entry]]
_works: dict[str, Work] = {}


def entries(name: str) -> Callable[[Work], Work]:
    """Register a function ``(actor, team or None, slug of the organisation) -> entries``."""

    def register(work: Work) -> Work:
        _works[name] = work
        return work

    return register


def digest(secret: str) -> str:
    """What is kept of a secret of 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def secret_for(actor: Actor, team: Team | None, key: str) -> str:
    """The secret that a submit with ``key`` makes: a repeat makes the same, and none is kept."""
    words = f"feed {actor.organisation} {actor.person} {team.pk if team else 0} {key}"
    made = hmac.new(settings.SECRET_KEY.encode(), words.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


def renew(actor: Actor, team: Team | None, secret: str) -> None:
    """Let ``secret`` open one calendar; the one before stops working."""
    if actor.person is None or (team is not None and team.pk not in actor.teams):
        raise Refused(_("You can only follow your own calendar and those of your teams."))
    with transaction.atomic():
        Feed.objects.filter(person_id=actor.person, team=team).delete()
        Feed(person_id=actor.person, team=team, digest=digest(secret), made_at=clock.now()).save()
        trail.note(actor, "calendar.renewed", f"person {actor.person}")


def take_away(actor: Actor, team: Team | None) -> None:
    """Stop an address."""
    with transaction.atomic():
        Feed.objects.filter(person_id=actor.person or 0, team=team).delete()
        trail.note(actor, "calendar.taken_away", f"person {actor.person}")


def address(secret: str) -> str:
    """What a calendar program is given."""
    return f"{settings.BASE_URL}/calendar/{secret}.ics"


def read(secret: str) -> tuple[bytes, str]:
    """The feed behind a secret and its language; ``NotThere`` for anything that is no feed now.

    Writes nothing: whether anybody reads their calendar is nobody's business.
    """
    with scope.everywhere("a calendar program brings nothing but a secret"):
        feed = (
            Feed.objects.filter(digest=digest(secret))
            .select_related("organisation", "person__account", "team")
            .filter(running(clock.now().date(), "person__starts_on", "person__ends_on"))
            .first()
        )
    account = feed.person.account if feed else None
    if feed is None or (account is not None and not account.is_active):
        raise NotThere
    with scope.inside(feed.organisation_id):
        actor = actor_of(feed.person)
        if feed.team_id is not None and feed.team_id not in actor.teams:
            raise NotThere
        language = account.language if account else feed.organisation.language
        return _calendar(feed, actor, language), language


def _calendar(feed: Feed, actor: Actor, language: str) -> bytes:
    with translation.override(language):
        book = Calendar()
        book.add("prodid", "-//Kring//Kring//NL")
        book.add("version", "2.0")
        book.add("calscale", "GREGORIAN")
        name = feed.team.name if feed.team else feed.organisation.name
        book.add("x-wr-calname", f"Kring · {name}")
        book.add("x-wr-timezone", settings.TIME_ZONE)
        book.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
        book.add("x-published-ttl", "PT6H")
        for work in (_works[key] for key in sorted(_works)):
            for entry in work(actor, feed.team_id, feed.organisation.slug):
                book.add_component(_event(entry))
        book.add_missing_timezones()
        return bytes(book.to_ical())


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", uid(entry.uid))
    # Without METHOD this is when it last changed (3.8.7.2); where that is not kept: now.
    event.add("dtstamp", entry.changed_at or clock.now())
    if entry.changed_at:
        event.add("last-modified", entry.changed_at)
    event.add("sequence", entry.version)
    event.add("summary", entry.title)
    event.add("url", settings.BASE_URL + entry.page)
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    if entry.on is not None:
        event.add("dtstart", entry.on)
        event.add("dtend", entry.on + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    elif entry.begins_at is not None:
        zone = ZoneInfo(settings.TIME_ZONE)
        event.add("dtstart", entry.begins_at.astimezone(zone))
        event.add("dtend", (entry.ends_at or entry.begins_at + timedelta(hours=1)).astimezone(zone))
    if entry.place:
        event.add("location", entry.place)
    return event


def uid(reference: str) -> str:
    """Stable for ever and says nothing: a keyed hash of the reference."""
    host = urlsplit(settings.BASE_URL).hostname or "kring"
    code = hmac.new(settings.SECRET_KEY.encode(), f"ics {reference}".encode(), hashlib.sha256)
    return f"{code.hexdigest()[:32]}@{host}"


def of(person: Person) -> dict[int | None, Feed]:
    """The addresses somebody has, by team (``None`` for their own calendar)."""
    return {feed.team_id: feed for feed in Feed.objects.filter(person=person)}
