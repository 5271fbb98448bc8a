"""My week, and the first steps of somebody new."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def home(request: HttpRequest) -> HttpResponse:
    """My week."""
    return render(request, "people/pages/home.html")


def welcome(request: HttpRequest) -> HttpResponse:
    """The first steps."""
    return render(request, "people/pages/home.html")
