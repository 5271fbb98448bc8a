"""Addresses of people and teams, and of the front door."""

from django.urls import path

from kring.people import views

outside = [path("", views.start, name="start")]
urlpatterns = [path("", views.home, name="home")]
