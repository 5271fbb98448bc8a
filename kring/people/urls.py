"""Addresses of people and teams, and of the front door."""

from django.urls import path

from kring.people.views import entrance, home

outside = [
    path("", entrance.start, name="start"),
    path("start/demo/", entrance.show_demo, name="demo"),
    path("start/second-step/", entrance.second_step, name="second_step"),
    path("start/invitation/<str:key>/", entrance.invitation, name="invitation"),
]
urlpatterns = [
    path("", home.home, name="home"),
    path("welcome/", home.welcome, name="welcome"),
]
