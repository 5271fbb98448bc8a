"""What rules say, in words for people."""

from django.utils.translation import gettext_lazy as _

from kring.base.policy import Reason

WHY_NOT: dict[str, Reason] = {
    "not_trained": _("Only a facilitator who was trained for it leads such a talk."),
    "second_factor": _("Confirm with your second step first. Then you can go on."),
    "not_declared": _("Say first that you have no part in it and no interest in how it ends."),
    "is_party": _("Whoever leads the talk is not one of those it concerns."),
    "is_their_manager": _(
        "You lead one of them, or the line above. Then people cannot speak freely. Ask another"
        " facilitator."
    ),
    "is_my_manager": _(
        "One of them leads you. Then you cannot be free in this. Ask another facilitator."
    ),
    "same_team": _(
        "You work in one team with one of them. This talk is led by somebody from outside the team."
    ),
}

MISSING: dict[str, Reason] = {
    "role_empty": _("Nobody is asked yet as: %(role)s."),
    "role_full": _("Too many people are asked as: %(role)s."),
    "role_excluded": _("Somebody has two places that do not go together: %(role)s."),
    "without_role": _("Somebody has no place in the talk yet."),
    "nobody_leads": _("Nobody leads this talk."),
    "second_leader": _("With more than ten people, two facilitators lead the talk."),
    "not_declared": _("%(name)s has not said yet to have no part in it."),
    "not_prepared": _("You have not talked with %(name)s yet."),
    "no_yes": _("%(name)s has not said yes."),
    "not_checked": _("The eight questions about %(name)s are not answered yet."),
    "not_safe": _("It cannot be safe yet with %(name)s. Then it does not go on like this."),
    "consult": _("You are unsure about something. Ask a second trained facilitator first."),
}

CHECKS: dict[str, Reason] = {
    "own_share": _("Do they see their own share? (Only for who did it; otherwise: yes.)"),
    "no_threat": _("No new threat, no revenge?"),
    "power": _("Can the difference in power be bridged, with support, place or order?"),
    "not_pressed": _("Nobody presses them: not the employer, not the family?"),
    "no_procedure": _("No complaint, disciplinary or criminal case that would be harmed?"),
    "language_and_pace": _("Are language, disability and pace taken care of?"),
    "not_used_against": _("What is said cannot be used against them at work?"),
    "aftercare": _("Is there somebody for them afterwards?"),
}
