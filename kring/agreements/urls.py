"""Addresses of this feature, inside an organisation."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
