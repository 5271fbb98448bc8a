"""Addresses of this feature, inside an organisation."""

from django.urls import include, path

from kring.series import views

app_name = "series"
_pages = [
    path("", views.several, name="list"),
    path("choose/", views.choose, name="choose"),
    path("start/<slug:package>/<slug:name>/", views.start, name="start"),
    path("table/<int:meeting>/reply/", views.reply, name="reply"),
    path("lines/<int:line>/take-away/", views.take_line_away, name="take_line_away"),
    path("<int:number>/", views.series, name="series"),
    path("<int:number>/log/", views.log, name="log"),
    path("<int:number>/plan/", views.plan_next, name="plan"),
    path("<int:number>/offer/", views.offer, name="offer"),
    path("<int:number>/away/", views.away, name="away"),
    path("<int:number>/people/", views.invite, name="invite"),
    path("<int:number>/leave/", views.leave, name="leave"),
    path("<int:number>/rhythm/", views.rhythm, name="rhythm"),
    path("<int:number>/rest/", views.rest, name="rest"),
    path("<int:number>/stop/", views.stop, name="stop"),
    path("<int:number>/resume/", views.resume, name="resume"),
]
urlpatterns = [path("series/", include((_pages, app_name)))]
