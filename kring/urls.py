"""Where every address goes. Each feature lists its own pages; this file only puts them together.

``outside`` pages need no organisation in the address; all other pages live under it.
"""

from django.urls import include, path

from kring.agreements import urls as agreements
from kring.meetings import urls as meetings
from kring.methods import urls as methods
from kring.people import urls as people
from kring.stories import urls as stories
from kring.web import urls as web

features = (people, methods, agreements, meetings, stories)

urlpatterns = [
    *web.outside,
    *(page for feature in features for page in getattr(feature, "outside", [])),
    path("account/", include("allauth.urls")),
    path(
        "<slug:organisation>/",
        include([page for feature in features for page in feature.urlpatterns]),
    ),
]
