"""Addresses of meetings. The ways in need no organisation; the rest lives inside one."""

from django.urls import URLPattern, URLResolver, include, path

from kring.meetings.views import join, meeting, on_paper, pace, paper, plan, questions, room, sheets

app_name = "meetings"

outside: list[URLPattern] = [
    path("join/", join.join, name="join"),
    path("join/<slug:code>/", join.welcome, name="join-code"),
    path("join/<slug:code>/<int:table>/", join.at_table, name="join-table"),
]

_pages: list[URLPattern] = [
    path("meetings/", meeting.meetings, name="list"),
    path("meetings/new/", plan.choose, name="choose"),
    path("meetings/new/<slug:protocol>/", plan.plan, name="plan"),
    path("meetings/<int:pk>/", meeting.meeting, name="meeting"),
    path("meetings/<int:pk>/enter/", meeting.enter, name="enter"),
    path("meetings/<int:pk>/change/", meeting.change, name="change"),
    path("meetings/<int:pk>/cancel/", meeting.cancel, name="cancel"),
    path("meetings/<int:pk>/bring-back/", meeting.bring_back, name="bring-back"),
    path("meetings/<int:pk>/invite/", meeting.invite, name="invite"),
    path("meetings/<int:pk>/withdraw/", meeting.withdraw, name="withdraw"),
    path("meetings/<int:pk>/roles/", meeting.roles, name="roles"),
    path("meetings/<int:pk>/phone/", room.phone, name="phone"),
    path("meetings/<int:pk>/lead/", room.lead, name="lead"),
    path("meetings/<int:pk>/table/", room.table, name="table"),
    path("meetings/<int:pk>/board/", room.board, name="board"),
    path("meetings/<int:pk>/live/<slug:screen>/", room.fresh, name="live"),
    path("meetings/<int:pk>/ask/", room.ask, name="ask"),
    path("meetings/<int:pk>/questions/", questions.questions, name="questions"),
    path("meetings/<int:pk>/chairs/", room.chairs, name="chairs"),
    path("meetings/<int:pk>/tables/", room.tables, name="tables"),
    path("meetings/<int:pk>/tables.pdf", paper.table_signs, name="table-signs"),
    path("meetings/<int:pk>/look-back/", room.look_back, name="look-back"),
    path("meetings/<int:pk>/leave/", room.leave, name="leave"),
    path("meetings/<int:pk>/note/", room.note, name="note"),
    path("meetings/<int:pk>/close/", room.close, name="close"),
    path("meetings/<int:pk>/take-over/", room.take_over, name="take-over"),
    path("meetings/<int:pk>/mode/", pace.change_mode, name="mode"),
    path("meetings/<int:pk>/days/", pace.move_days, name="days"),
    path("meetings/<int:pk>/paper/", on_paper.paper, name="paper"),
    path("meetings/<int:pk>/paper/held/", on_paper.held, name="paper-held"),
    path("meetings/<int:pk>/paper/item/", on_paper.item, name="paper-item"),
    path("meetings/<int:pk>/paper/take-back/", on_paper.take_back, name="paper-take-back"),
    path("meetings/<int:pk>/paper/close/", on_paper.close, name="paper-close"),
    path("meetings/<int:pk>/worksheets.pdf", sheets.worksheets, name="worksheets"),
    path("meetings/<int:pk>/harvest-sheet.pdf", sheets.harvest_sheet, name="harvest-sheet"),
    path("meetings/<int:pk>/run-sheet.pdf", paper.run_sheet, name="run-sheet"),
    path("meetings/<int:pk>/minutes.pdf", paper.minutes, name="minutes"),
]

urlpatterns: list[URLPattern | URLResolver] = [path("", include((_pages, app_name)))]
