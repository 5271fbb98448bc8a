"""Nobody gets a blank page: a reader who reloads the address of a button gets words."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class NeverBlank:
    """Middleware; fills the empty answer 405 for readers, not for other software."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        wants_page = "text/html" in request.headers.get("Accept", "")
        if response.status_code != 405 or not wants_page or response.content:
            return response
        page = render(request, "web/pages/405.html", status=405)
        page["Allow"] = response["Allow"]
        return page
