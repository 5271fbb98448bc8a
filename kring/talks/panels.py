"""What talks show on pages of lower features: only to who has a chair in one, in neutral words."""

from django.utils.translation import gettext_lazy

from kring.people.post import notices

notices.kind("talks.invitation", gettext_lazy("An invitation to a talk"))
