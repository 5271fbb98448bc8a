"""LEAD: the moderator says something in their own words; nothing is entered."""

from kring.meetings.engine.kinds import Kind


class Lead(Kind):
    """Nothing to ask, nothing to keep."""


KIND = Lead()
