"""How guests come in: with the twelve letters on their own paper, without an address or account."""

import hmac

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from kring.base import scope
from kring.base.policy import Actor
from kring.meetings.actions.plan import LETTERS
from kring.meetings.views.join import other_codes
from kring.people.door import other_ways
from kring.people.models import Organisation
from kring.talks.actions.planning import CODE
from kring.talks.models import Plate, readable, who_by_code

COOKIE = "kring-paper-"
HOURS = 12


def by_paper(request: HttpRequest, code: str) -> HttpResponse | None:
    """The answer to a paper code: a pass to one's own chair, and the way there."""
    letters = "".join(letter for letter in code.upper() if letter.isalnum())
    if len(letters) != CODE or not set(letters) <= set(LETTERS):
        return None
    with scope.everywhere("a code is typed before the organisation is known"):
        rows = Plate.objects.select_related("organisation")
        plate = rows.filter(who=who_by_code(letters)).order_by("-talk_id").first()
        if plate is None:
            return None
        # The same paper opens the look-back as well: the newest talk that is not over stands first.
        plate = _newest(letters) or plate
    slug = plate.organisation.slug
    answer = redirect(reverse("talks:talk", args=[slug, plate.talk_id]))
    _hand_pass(answer, plate, slug)
    return answer


def _newest(letters: str) -> Plate | None:
    rows = Plate.objects.select_related("organisation", "talk").filter(who=who_by_code(letters))
    open_ones = {one.talk: one for one in rows if not one.talk.is_over}
    with_day = [
        (talk.paper.starts_at, open_ones[talk].pk, open_ones[talk]) for talk in readable(open_ones)
    ]
    return min(with_day)[2] if with_day else None


def _hand_pass(answer: HttpResponse, plate: Plate, slug: str) -> None:
    answer.set_signed_cookie(
        f"{COOKIE}{plate.talk_id}",
        f"{plate.pk}.{_proof(plate)}",
        salt=f"paper of {plate.talk_id}",
        max_age=HOURS * 3600,
        path=f"/{slug}/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _proof(plate: Plate) -> str:
    return plate.who[:32]


def guest_at_the_door(request: HttpRequest, organisation: Organisation) -> Actor | None:
    """The guest who comes in, when the address is of the talk their paper is for."""
    words = request.path_info.split("/")
    for name in request.COOKIES:
        talk = name.removeprefix(COOKIE)
        if not name.startswith(COOKIE) or not talk.isdigit() or talk not in words:
            continue
        value = (
            request.get_signed_cookie(name, "", salt=f"paper of {talk}", max_age=HOURS * 3600) or ""
        )
        number, _dot, proof = value.partition(".")
        if not (number.isdigit() and len(number) < 17):
            continue
        plate = Plate.objects.filter(pk=int(number), talk_id=int(talk)).first()
        if plate is not None and hmac.compare_digest(_proof(plate), proof):
            return Actor(kind="guest", organisation=organisation.pk, seat=plate.pk, name="")
    return None


other_ways.append(guest_at_the_door)
other_codes.append(by_paper)
