"""Addresses that belong to the look: language, theme, health, the catalogue, pages for bad days."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST
from django.views.i18n import set_language

from kring.web import catalogue as shown
from kring.web import speech
from kring.web import theme as themes

YEAR = 365 * 24 * 3600


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language (cookie; account, where there is one); go back to the page."""
    asked = request.POST.get("language", "")
    if asked in dict(settings.LANGUAGES):
        speech.chosen(request, asked)
    return set_language(request)


@login_not_required
@require_GET
@cache_control(public=True, max_age=YEAR, immutable=True)
def theme(request: HttpRequest, hue: int, digest: str) -> HttpResponse:
    """The style sheet of one hue. Everything it depends on is in the address."""
    if hue >= 360 or digest != themes.digest(hue):
        raise Http404
    return HttpResponse(themes.sheet(hue), content_type="text/css; charset=utf-8")


@login_not_required
@require_GET
@cache_control(public=True, max_age=24 * 3600)
def manifest(request: HttpRequest) -> HttpResponse:
    """So that a phone can keep Kring on its first screen."""
    icon = {"src": static("web/logo.svg"), "sizes": "any", "type": "image/svg+xml"}
    return JsonResponse(
        {
            "name": "Kring",
            "short_name": "Kring",
            "start_url": "/",
            "display": "standalone",
            "background_color": "#fbf8f3",
            "theme_color": "#fbf8f3",
            "icons": [icon],
        },
        content_type="application/manifest+json",
    )


@login_not_required
@require_GET
@cache_control(public=True, max_age=24 * 3600)
def robots(request: HttpRequest) -> HttpResponse:
    """Kring belongs to the people in it: search engines stay out."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain")


@login_not_required
@require_GET
@cache_control(public=True, max_age=24 * 3600)
def favicon(request: HttpRequest) -> HttpResponse:
    """For browsers that ask without looking at the page."""
    return redirect(static("web/logo.svg"))


@login_not_required
@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """What to do when the network is away."""
    return render(request, "web/pages/offline.html")


@login_not_required
@require_GET
@cache_control(no_cache=True)
def offline_worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps the page above; at the root, for a worker serves what is below it."""
    script = Path(__file__).resolve().parent / "static" / "web" / "offline.js"
    return HttpResponse(script.read_bytes(), content_type="text/javascript; charset=utf-8")


@login_not_required
@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@require_GET
def readyz(request: HttpRequest) -> HttpResponse:
    """The process can do its work: the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("the database does not answer\n", "text/plain", status=503)
    return HttpResponse("ready\n", content_type="text/plain")


@login_not_required
@require_GET
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every component in every state; its words are English, whatever the reader's language."""
    with translation.override("en"):
        return render(request, "web/pages/catalogue.html", shown.examples())


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return render(request, "web/pages/400.html", status=400)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return render(request, "web/pages/refused.html", status=403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 because the form was too old, or did not come from Kring."""
    return render(request, "web/pages/csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: says the same for what does not exist and for what is somebody else's."""
    return render(request, "web/pages/404.html", status=404)


def went_wrong(request: HttpRequest) -> HttpResponse:
    """500: without the database, the session or the organisation, for they may be the trouble."""
    return render(None, "web/pages/500.html", status=500)
