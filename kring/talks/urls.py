"""Addresses of talks: under ``meetings/``, so that a log of addresses says nothing."""

from django.urls import URLPattern, URLResolver, include, path

from kring.talks.views import live, plan, prepare, questions, talk

app_name = "talks"

_pages: list[URLPattern] = [
    path("meetings/talks/", plan.talks, name="list"),
    path("meetings/talks/new/<slug:protocol>/", plan.plan, name="plan"),
    path("meetings/talks/<int:pk>/", talk.talk, name="talk"),
    path("meetings/talks/<int:pk>/choose/", talk.choose, name="choose"),
    path("meetings/talks/<int:pk>/agreement/", talk.agreement, name="agreement"),
    path("meetings/talks/<int:pk>/person/<int:number>/", prepare.person, name="person"),
    path("meetings/talks/<int:pk>/paper/<int:number>/", prepare.paper, name="paper"),
    path("meetings/talks/<int:pk>/invite/", prepare.invite, name="invite"),
    path("meetings/talks/<int:pk>/leave-out/", prepare.leave_out, name="leave-out"),
    path("meetings/talks/<int:pk>/move/", prepare.move, name="move"),
    path("meetings/talks/<int:pk>/call-off/", prepare.call_off, name="call-off"),
    path("meetings/talks/<int:pk>/declare/", prepare.declare, name="declare"),
    path("meetings/talks/<int:pk>/prepare/", prepare.prepare_talk, name="prepare"),
    path("meetings/talks/<int:pk>/own-note/", prepare.own_note, name="own-note"),
    path("meetings/talks/<int:pk>/open/", live.open_room, name="open"),
    path("meetings/talks/<int:pk>/enter/", live.enter, name="enter"),
    path("meetings/talks/<int:pk>/phone/", live.phone, name="phone"),
    path("meetings/talks/<int:pk>/lead/", live.lead, name="lead"),
    path("meetings/talks/<int:pk>/table/", live.table, name="table"),
    path("meetings/talks/<int:pk>/board/", live.board, name="board"),
    path("meetings/talks/<int:pk>/live/<slug:screen>/", live.fresh, name="live"),
    path("meetings/talks/<int:pk>/ask/", live.ask_room, name="ask"),
    path("meetings/talks/<int:pk>/questions/", questions.questions, name="questions"),
    path("meetings/talks/<int:pk>/chairs/", live.chairs, name="chairs"),
    path("meetings/talks/<int:pk>/stop/", live.stop, name="stop"),
    path("meetings/talks/<int:pk>/close/", live.close, name="close"),
]

urlpatterns: list[URLPattern | URLResolver] = [path("", include((_pages, app_name)))]
