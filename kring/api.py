"""The public interface: `/api/v1/`, described at `/api/v1/openapi.json`.

Every feature brings its own router in its ``api`` module; this file puts them together. A request
carries a personal token (``Authorization: Bearer kring_…``); the door turns it into the same actor
and scope as a page would have, so permissions are the same by construction.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.security import HttpBearer

from kring.agreements.api import router as agreements
from kring.base.policy import LOG_IN_FIRST, NotThere, Refused
from kring.meetings.api import router as meetings
from kring.people.api import actor_of_request
from kring.people.api import router as people
from kring.series.api import router as series


class Token(HttpBearer):
    """The door read the token already; here we only ask whether somebody came in."""

    def authenticate(self, request: HttpRequest, token: str) -> bool:
        return actor_of_request(request).kind != "visitor"


api = NinjaAPI(
    title="Kring",
    version="1",
    description="Meetings, agreements and people of one organisation, with a personal token.",
    urls_namespace="api",
    auth=Token(),
    docs_url=None,
)


def _answer(request: HttpRequest, status: int, reason: object) -> HttpResponse:
    return api.create_response(request, {"reason": str(reason)}, status=status)


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """A rule said no: 403 with the same reason a page would show."""
    visitor = error.reason is LOG_IN_FIRST
    return _answer(request, 401 if visitor else 403, error.reason)


@api.exception_handler(NotThere)
@api.exception_handler(Http404)
def not_there(request: HttpRequest, error: Exception) -> HttpResponse:
    """Hidden or absent: the same 404."""
    return _answer(request, 404, _("This does not exist, or you cannot see it."))


@api.exception_handler(ValidationError)
def mistaken(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Wrong input: 422 with a sentence and the places that need mending."""
    places = [
        {"place": ".".join(str(part) for part in mistake["loc"]), "what": mistake["msg"]}
        for mistake in error.errors
    ]
    reason = _("Something in what you sent is not right. Nothing was changed.")
    return api.create_response(request, {"reason": reason, "mistakes": places}, status=422)


for router in (people, meetings, agreements, series):
    api.add_router("", router)
