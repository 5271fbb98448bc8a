"""The demonstration: the login page offers the cast, one click each.

Only with ``KRING_DEMO=1``. A session that began like this counts as confirmed with a second
factor (nobody owns these people, so nobody could hold their key); the page says so openly.
"""

from django.conf import settings
from django.contrib.auth import login
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import get_language

from kring.people.models import Account, DemoFace

SESSION = "kring_demo"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def is_on() -> bool:
    """Whether this installation is a demonstration."""
    return bool(settings.DEMO)


def faces() -> QuerySet[DemoFace]:
    """Who can be chosen; nobody outside a demonstration."""
    if not is_on():
        return DemoFace.objects.none()
    return DemoFace.objects.filter(account__is_active=True)


def words_of(face: DemoFace) -> str:
    """What a face says about itself, in the reader's language."""
    words: str = face.words.get(get_language() or "nl") or face.words.get("nl", "")
    return words


def become(request: HttpRequest, face: int) -> None:
    """Go on as one of the cast; 404 for everybody who is not in it."""
    found = faces().filter(pk=face).select_related("account").first()
    if found is None:
        raise Http404
    login(request, found.account, backend=BACKEND)
    request.session[SESSION] = True


def is_demo_session(request: HttpRequest) -> bool:
    """Whether this session began with one click on the cast, and still may."""
    return is_on() and bool(request.session.get(SESSION)) and isinstance(request.user, Account)
