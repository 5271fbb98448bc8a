"""Addresses of this feature, inside an organisation."""

from django.urls import include, path

from kring.stories import views

app_name = "stories"
_pages = [
    path("", views.stories, name="list"),
    path("<int:number>/", views.story, name="story"),
    path("<int:number>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:number>/put-back/", views.put_back, name="put_back"),
]
urlpatterns = [path("stories/", include((_pages, app_name)))]
