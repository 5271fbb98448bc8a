"""Kring's addresses plus one page that does nothing but render the base page, logged in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from kring.urls import urlpatterns as kring


def nothing(request: HttpRequest) -> HttpResponse:
    """The anchor: the same base page, and nothing else."""
    return render(request, "web/pages/base.html")


urlpatterns = [path("<slug:organisation>/bench/nothing/", nothing), *kring]
