"""Where every address goes. Each feature lists its own pages; this file only puts them together.

``outside`` pages need no organisation in the address; all other pages live under it.
"""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from kring.agreements import urls as agreements
from kring.api import api
from kring.meetings import urls as meetings
from kring.methods import urls as methods
from kring.people import urls as people
from kring.series import urls as series
from kring.stories import urls as stories
from kring.talks import urls as talks
from kring.web import urls as web

features = (people, methods, agreements, meetings, stories, series, talks)

# The interface has tokens of its own instead of a login session.
interface = api.urls
for page in interface[0]:
    assert page.callback is not None
    page.callback = login_not_required(page.callback)

urlpatterns = [
    path("api/v1/", interface),
    *web.outside,
    *(page for feature in features for page in getattr(feature, "outside", [])),
    path("account/", include("kring.people.login.urls")),
    path(
        "<slug:organisation>/",
        include([page for feature in features for page in feature.urlpatterns]),
    ),
]

handler400 = "kring.web.views.bad_request"
handler403 = "kring.web.views.refused"
handler404 = "kring.web.views.not_found"
handler500 = "kring.web.views.went_wrong"
