"""Coming in: by invitation, by code, by QR (which is the code in an address), as a guest."""

import hashlib
import hmac
import secrets
from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from kring.base import clock, scope
from kring.base.policy import Actor, Refused, ask
from kring.meetings import room
from kring.meetings.actions.plan import LETTERS, _open, add_seat, managers
from kring.meetings.actions.trained import lead_is_trained
from kring.meetings.engine import Who, read_ask
from kring.meetings.models import Meeting, Mode, Seat, SeatState, Stage
from kring.meetings.policy import seat_of
from kring.meetings.room.jobs import Job, receipt_for
from kring.meetings.rules.days import from_json
from kring.people.models import Organisation, Person

EARLY = timedelta(hours=1)
"""So long before the planned time the room opens for whoever comes first."""
GUESSES = 20
"""Wrong codes from one address in ten minutes before it has to wait."""
GUESSES_OF_ALL = 2_000
"""The same for the whole installation: 148 million codes are not walked through."""
TEN_MINUTES = 600
COOKIE = "kring-guest-"


def find_by_code(code: str, asker: str) -> Meeting | None:
    """The meeting with this code, in any organisation; None when there is none.

    ``asker``: where the question comes from (client address). Too many wrong ones: ``Refused``.
    """
    letters = "".join(letter for letter in code.upper() if letter.isalnum())
    counters = (f"code:{_blur(asker)}", "code:all")
    for counter, most in zip(counters, (GUESSES, GUESSES_OF_ALL), strict=True):
        if cache.get(counter, 0) >= most:
            raise Refused(_("That were many wrong codes. Wait ten minutes and try again."))
    found = None
    if len(letters) == 6 and set(letters) <= set(LETTERS):
        with scope.everywhere("a code is typed before the organisation is known"):
            found = Meeting.objects.not_over().filter(code=letters).first()
    if found is None:
        for counter in counters:
            cache.add(counter, 0, TEN_MINUTES)
            cache.incr(counter)
    return found


def _blur(asker: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), asker.encode(), hashlib.sha256).hexdigest()[:20]


def _right(meeting: Meeting, code: str) -> bool:
    return bool(meeting.code) and hmac.compare_digest(meeting.code, code.strip().upper())


def join(actor: Actor, meeting: Meeting, *, code: str = "") -> Seat:
    """Somebody of the organisation sits down; sitting down twice is sitting down once."""
    allowed = ask(actor, "meetings.join", meeting)
    if not allowed and not (actor.kind == "person" and _right(meeting, code)):
        raise Refused(allowed.reason)
    if meeting.is_over:
        raise Refused(_("This meeting is over."))
    no_room_yet(meeting)
    with transaction.atomic():
        Meeting.objects.select_for_update().get(pk=meeting.pk)
        seat = seat_of(actor, meeting) or _own_seat(actor, meeting)
        if "moderator" in seat.roles:
            lead_is_trained(actor, meeting, seat.person_id)
        _open_if_time(meeting, leads="moderator" in seat.roles)
        if seat.state != SeatState.JOINED:
            seat.state = SeatState.JOINED
            seat.save(update_fields=["state"])
    _sit_down(meeting, seat)
    if meeting.mode == Mode.ONE_DEVICE and "moderator" in seat.roles:
        _sit_together(meeting, seat)
    return seat


def _sit_together(meeting: Meeting, leader: Seat) -> None:
    """One device in the room: the circle hears so, and who was asked sits down without a phone.

    Whoever is not there passes; on the page of the plan the facilitator leaves them out.
    """
    asked = read_ask({"kind": "set_devices", "one": True})
    receipt = receipt_for(meeting.pk, leader.key, secrets.token_hex(8))
    room.of(meeting).carry(Job(Who(leader.key), asked, receipt))
    for other in meeting.seats.filter(state=SeatState.INVITED).order_by("place", "id"):
        with suppress(Refused):  # a manager where the protocol wants none
            _sit_down(meeting, other, has_device=False)


def _own_seat(actor: Actor, meeting: Meeting) -> Seat:
    """A chair for who was not invited by name (or whose invitation was withdrawn, with the code)."""
    person = Person.objects.get(pk=actor.person or 0)
    old = meeting.seats.filter(person=person).first()
    if old is not None:
        return old
    return add_seat(meeting, person=person, is_manager=managers(meeting.team, [person])[0])


def _open_if_time(meeting: Meeting, *, leads: bool) -> None:
    if meeting.state == Stage.OPEN:
        return
    if not leads and clock.now() < meeting.starts_at - EARLY:
        raise Refused(_("This meeting has not begun yet. Come back a little before it starts."))
    _open(meeting)


def _sit_down(meeting: Meeting, seat: Seat, *, has_device: bool = True, key: str = "") -> Seat:
    """Tell the engine; the key makes coming back the same ask until the seat was left."""
    held = room.of(meeting)
    asked = read_ask(
        {
            "kind": "take_seat",
            "is_manager": seat.is_manager,
            "has_device": has_device,
            "roles": tuple(seat.roles),
        }
    )
    receipt = receipt_for(meeting.pk, seat.key, key or secrets.token_hex(8))
    done = held.carry(Job(Who(seat.key), asked, receipt))
    if done.refused is not None:
        raise Refused(done.refused.text.say(_language()))
    meeting.refresh_from_db()
    return seat


def _language() -> str:
    from django.utils.translation import get_language

    return get_language() or "nl"


def join_as_guest(meeting: Meeting, *, name: str, code: str) -> tuple[Seat, str]:
    """A guest sits down with the code. Gives the seat and the secret for :func:`guest_cookie`.

    A chair kept for a guest of that name is taken when it is still free.
    """
    if meeting.is_over or not _right(meeting, code):
        raise Refused(_("This code does not work (any more)."))
    no_room_yet(meeting)
    secret = secrets.token_urlsafe(24)
    with scope.inside(meeting.organisation_id):
        with transaction.atomic():
            Meeting.objects.select_for_update().get(pk=meeting.pk)
            free = meeting.seats.filter(
                person=None, state=SeatState.INVITED, pass_hash="", name__iexact=name.strip()
            )
            seat = free.first() or add_seat(meeting, name=_clean(name))
            _open_if_time(meeting, leads=False)
            seat.state = SeatState.JOINED
            seat.pass_hash = _hash(secret)
            seat.save(update_fields=["state", "pass_hash"])
        return _sit_down(meeting, seat), secret


def _clean(name: str) -> str:
    return "".join(letter for letter in name if letter.isprintable()).strip()[:60]


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def guest_cookie(response: HttpResponseBase, meeting: Meeting, seat: Seat, secret: str) -> None:
    """Hand a guest the pass to this one meeting; it ends with the day at the latest."""
    response.set_signed_cookie(
        f"{COOKIE}{meeting.pk}",
        f"{seat.pk}.{secret}",
        salt=f"guest of meeting {meeting.pk}",
        max_age=_pass_lasts(meeting),
        path=f"/{meeting.organisation.slug}/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _pass_lasts(meeting: Meeting) -> int:
    """Seconds: a day's meeting half a day, one over days until its last window and a day."""
    if meeting.mode != Mode.DAYS or not meeting.windows:
        return 12 * 3600
    left = from_json(meeting.windows)[-1].closes_at - clock.now() + timedelta(days=1)
    return max(12 * 3600, int(left.total_seconds()))


def no_room_yet(meeting: Meeting) -> None:
    """On paper nobody sits down behind a screen; over days the first part opens by itself."""
    if meeting.mode == Mode.PAPER:
        raise Refused(_("This talk is held on paper. You need no phone for it."))
    if meeting.mode == Mode.DAYS and meeting.state == Stage.PLANNED:
        raise Refused(
            _("This talk is spread over days. It opens by itself; then you can take part.")
        )


def guest_with(proof: str, *, meeting: int | None = None) -> Actor | None:
    """The guest behind "seat.secret"; closing the meeting empties what it is compared with."""
    number, _dot, secret = proof.partition(".")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    seats = Seat.objects.filter(pk=int(number), person=None, state=SeatState.JOINED)
    seat = seats.filter(meeting_id=meeting).first() if meeting else seats.first()
    if seat is None or not (seat.pass_hash and hmac.compare_digest(seat.pass_hash, _hash(secret))):
        return None
    return Actor(kind="guest", organisation=seat.organisation_id, seat=seat.pk, name=seat.name)


def guest_at_the_door(request: HttpRequest, organisation: Organisation) -> Actor | None:
    """The guest who comes in, if the address is of the meeting their pass is for."""
    words = request.path_info.split("/")
    for name in request.COOKIES:
        meeting = name.removeprefix(COOKIE)
        if not name.startswith(COOKIE) or not meeting.isdigit() or meeting not in words:
            continue
        value = request.get_signed_cookie(name, "", salt=f"guest of meeting {meeting}")
        guest = guest_with(value or "", meeting=int(meeting))
        if guest is not None:
            return guest
    return None
