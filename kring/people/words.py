"""What the staff import says about mistakes, in plain words."""

from django.utils.translation import gettext_lazy as _

from kring.people.rules.staff import Mistake
from kring.people.sheets import Trouble

COLUMNS = {
    "code": _("staff code"),
    "name": _("name"),
    "mail": _("mail"),
    "layer": _("layer"),
    "place": _("part"),
    "team": _("team"),
    "leads": _("leads the team"),
    "starts": _("first day"),
    "ends": _("last day"),
}

MISTAKES = {
    "empty": _("The {column} is empty."),
    "too_long": _("The {column} is too long: “{value}…”."),
    "formula": _("“{value}” looks like a formula. Type plain text."),
    "strange_letters": _("There are hidden signs in the {column}. Type it anew."),
    "national_number": _("This looks like a national number (BSN). Kring keeps none. Take it out of"
                         " your file."),
    "birth_date": _("This looks like a date of birth. Kring keeps none. Take it out of your file."),
    "not_a_mail": _("“{value}” is no mail address."),
    "unknown_layer": _("Kring does not know the layer “{value}”. Use one of the layers of your"
                       " organisation."),
    "team_without_place": _("There is a team but no part of the organisation. Fill in where the"
                            " team belongs."),
    "not_yes_or_no": _("“{value}” should be yes or no."),
    "not_a_day": _("“{value}” is no day. Write it as 31-12-2026."),
    "odd_day": _("{value} is too long ago or too far away. Kring keeps no dates of birth."),
    "ends_before_start": _("The last day is before the first day."),
    "differs": _("The {column} is different from row {value}, which is about the same person."),
    "mail_of_another": _("{value} also stands with another person."),
    "column_missing": _("The column “{column}” is missing."),
    "column_never": _("Kring may not keep what is in the column “{column}”. Take the column out."),
    "column_twice": _("The column “{column}” is there twice."),
}  # fmt: skip

TROUBLES = {
    Trouble.TOO_BIG: _("This file is too big. Kring reads files up to 10 MB."),
    Trouble.EMPTY: _("There is nothing in this file."),
    Trouble.NOT_A_TABLE: _("Kring cannot read this file. Save it as XLSX or CSV and try again."),
    Trouble.TOO_MANY_ROWS: _("There are more than 60,000 rows in this file."),
    Trouble.CELL_TOO_LONG: _("One of the cells holds a very long text. Is this the right file?"),
}


def say(mistake: Mistake) -> str:
    """One mistake in a sentence."""
    column = COLUMNS.get(mistake.column, mistake.column)
    return str(MISTAKES[mistake.kind]).format(column=column, value=mistake.value)


# What the classes of data say (readers and end of life), for the page "what Kring knows about me".
# Kept here only so that the translators find them.
KEPT = (
    _("self, administrator; colleagues see name and layer"),
    _("membership + 30 d"),
    _("colleagues"),
    _("self"),
    _("self, administrator of the own organisation"),
    _("nobody"),
    _("until replaced"),
    _("own team, line, administrator"),
    _("employment + 24 months, then counts"),
    _("self, administrator"),
    _("administrator, whoever invited"),
    _("expiry + 30 d"),
    _("until used"),
    _("end date + 30 d"),
    _("until renewed or taken away"),
    _("until renewed"),
    _("deleted when gathered into a letter"),
    _("mail worker"),
    _("body deleted on sending; row 30 d"),
)
