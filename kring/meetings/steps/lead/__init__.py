"""LEAD: the moderator says something in their own words; nothing is entered."""

from kring.meetings.engine.kinds import Kind


class Lead(Kind):
    """Nothing to ask, nothing to keep. Over days it is read with what comes next."""

    over_days = True


KIND = Lead()
