"""Addresses of the look itself. None needs an organisation, none needs a login."""

from django.urls import URLPattern, include, path

from kring.web import views

app_name = "web"

_pages: list[URLPattern] = [
    path("language/", views.language, name="language"),
    path("theme/<int:hue>-<slug:digest>.css", views.theme, name="theme"),
    path("manifest.json", views.manifest, name="manifest"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("offline/", views.offline, name="offline"),
    path("offline.js", views.offline_worker, name="offline-worker"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("ui/", views.catalogue, name="catalogue"),
]

outside = [path("", include((_pages, app_name)))]
