"""Addresses of this feature, inside an organisation."""

from django.urls import include, path

from kring.agreements import views

app_name = "agreements"
_pages = [
    path("", views.agreements, name="agreements"),
    path("new/", views.new, name="new"),
    path("<int:number>/", views.agreement, name="agreement"),
    path("<int:number>/look-back/", views.check_in, name="check_in"),
    path("<int:number>/look-again/", views.look_again, name="look_again"),
    path("<int:number>/change/", views.change, name="change"),
    path("<int:number>/join/", views.join, name="join"),
    path("<int:number>/leave/", views.leave, name="leave"),
    path("<int:number>/bell/", views.ring, name="ring"),
    path("<int:number>/bell/answer/", views.answer, name="answer"),
    path("<int:number>/bell/mind/", views.mind_bell, name="mind_bell"),
    path("<int:number>/ask/", views.ask, name="ask"),
    path("questions/<int:number>/", views.question, name="question"),
    path("undo/<int:number>/", views.undo, name="undo"),
]
urlpatterns = [path("agreements/", include((_pages, app_name)))]
