"""Every write of this feature."""

from kring.stories.actions.answering import reply, set_status, undo_reply
from kring.stories.actions.keeping import REGRET, keep, put_back, wipe_withdrawn, withdraw
from kring.stories.actions.sending import send

__all__ = [
    "REGRET",
    "keep",
    "put_back",
    "reply",
    "send",
    "set_status",
    "undo_reply",
    "wipe_withdrawn",
    "withdraw",
]
