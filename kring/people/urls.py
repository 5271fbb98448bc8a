"""Addresses of people and teams, and of the front door."""

from django.urls import path

from kring.people.views import administration, directory, entrance, home, me, places, staff

outside = [
    path("", entrance.start, name="start"),
    path("start/demo/", entrance.show_demo, name="demo"),
    path("start/second-step/", entrance.second_step, name="second_step"),
    path("start/invitation/<str:key>/", entrance.invitation, name="invitation"),
]
urlpatterns = [
    path("", home.home, name="home"),
    path("welcome/", home.welcome, name="welcome"),
    path("people/", directory.people, name="people"),
    path("people/<int:pk>/", directory.person, name="person"),
    path("teams/", directory.teams, name="teams"),
    path("teams/<int:pk>/", directory.team, name="team"),
    path("teams/<int:pk>/names/", directory.add_names, name="add_names"),
    path("memberships/<int:pk>/leave/", directory.leave, name="leave_team"),
    path("memberships/<int:pk>/come-back/", directory.come_back, name="come_back"),
    path("me/", me.me, name="me"),
    path("me/known/", me.known, name="known"),
    path("me/known.json", me.export, name="known_file"),
    path("me/forget/", me.forget, name="forget"),
    path("administration/", administration.people, name="administration"),
    path("administration/people/new/", administration.new_person, name="new_person"),
    path("administration/people/<int:pk>/", administration.keep_person, name="keep_person"),
    path("administration/people/<int:pk>/team/", administration.person_team, name="person_team"),
    path("administration/people/<int:pk>/role/", administration.person_role, name="person_role"),
    path("administration/people/<int:pk>/end/", administration.end_person, name="end_person"),
    path("administration/people/<int:pk>/back/", administration.bring_back, name="bring_back"),
    path("administration/people/<int:pk>/invite/", administration.invite, name="invite"),
    path("administration/roles/<int:pk>/take/", administration.take_role, name="take_role"),
    path(
        "administration/memberships/<int:pk>/end/",
        administration.person_leaves,
        name="person_leaves",
    ),
    path("administration/invitations/", administration.waiting, name="invitations"),
    path("administration/invitations/<int:pk>/withdraw/", administration.withdraw, name="withdraw"),
    path("administration/settings/", administration.settings, name="settings"),
    path("administration/places/", places.places, name="places"),
    path("administration/parts/new/", places.new_part, name="new_part"),
    path("administration/parts/<int:pk>/", places.part, name="part"),
    path("administration/parts/<int:pk>/close/", places.close_part, name="close_part"),
    path("administration/parts/<int:pk>/open/", places.open_part, name="open_part"),
    path("administration/teams/new/", places.new_team, name="new_team"),
    path("administration/teams/<int:pk>/", places.team, name="keep_team"),
    path("administration/teams/<int:pk>/close/", places.close_team, name="close_team"),
    path("administration/teams/<int:pk>/open/", places.open_team, name="open_team"),
    path("administration/staff/", staff.files, name="staff_files"),
    path("administration/staff/template.xlsx", staff.template, name="staff_template"),
    path("administration/staff/<int:pk>/", staff.file, name="staff_file"),
    path("administration/staff/<int:pk>/progress/", staff.progress, name="staff_progress"),
    path("administration/staff/<int:pk>/confirm/", staff.confirm, name="confirm_staff_file"),
    path("administration/staff/<int:pk>/aside/", staff.put_aside, name="put_aside"),
]
