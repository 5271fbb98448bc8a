"""Addresses of this feature, inside an organisation."""

from django.urls import include, path

from kring.stories import views

app_name = "stories"
_pages = [
    path("", views.stories, name="list"),
    path("waiting/", views.waiting, name="waiting"),
    path("promises/", views.promises, name="promises"),
    path("send/", views.send, name="send"),
    path("<int:number>/", views.story, name="story"),
    path("<int:number>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:number>/reply/", views.reply, name="reply"),
    path("replies/<int:number>/undo/", views.undo_reply, name="undo_reply"),
    path("<int:number>/goes/", views.prototype, name="prototype"),
    path("<int:number>/put-back/", views.put_back, name="put_back"),
]
urlpatterns = [path("stories/", include((_pages, app_name)))]
