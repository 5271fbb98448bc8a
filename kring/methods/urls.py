"""Addresses of this feature, inside an organisation."""

from django.urls import path

from kring.methods import views
from kring.methods.views import trained

urlpatterns = [
    path("methods/", views.show_library, name="library"),
    path("methods/questions/", views.show_questions, name="questions"),
    path("methods/own/<int:copy>/", views.show_own, name="own_protocol"),
    path("methods/own/<int:copy>/card.pdf", views.own_card, name="own_card"),
    path("methods/own/<int:copy>/change/", views.change_own, name="change_own"),
    path("methods/own/<int:copy>/withdraw/", views.withdraw_own, name="withdraw_own"),
    path("methods/own/<int:copy>/restore/", views.restore_own, name="restore_own"),
    path("methods/trained/", trained.show_trained, name="trained"),
    path("methods/trained/open/", trained.open_trained, name="open_trained"),
    path("methods/trained/record/", trained.record_trained, name="record_trained"),
    path("methods/trained/<int:line>/end/", trained.end_trained, name="end_trained"),
    path("methods/<slug:method>/", views.show_method, name="method"),
    path("methods/<slug:method>/cards/<slug:card>.pdf", views.loose_card, name="loose_card"),
    path("methods/<slug:method>/forms/<slug:form>.pdf", views.form_sheet, name="form_sheet"),
    path("methods/<slug:method>/chooser/<slug:chooser>/", views.show_chooser, name="chooser"),
    path("methods/<slug:method>/<slug:protocol>/", views.show_protocol, name="protocol"),
    path(
        "methods/<slug:method>/<slug:protocol>/card.pdf", views.protocol_card, name="protocol_card"
    ),
    path("methods/<slug:method>/<slug:protocol>/copy/", views.copy_protocol, name="copy_protocol"),
]
