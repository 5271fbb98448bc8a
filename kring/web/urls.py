"""Addresses of the look itself."""

from django.urls import URLPattern

outside: list[URLPattern] = []
