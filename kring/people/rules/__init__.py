"""Pure decisions about people: no database, no request, no clock."""

from kring.people.rules.access import needs_second_factor
from kring.people.rules.personal import PersonalNumber, is_national_number, personal_number

__all__ = ["PersonalNumber", "is_national_number", "needs_second_factor", "personal_number"]
