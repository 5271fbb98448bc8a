"""Pages of this feature."""

from kring.stories.views.answering import prototype, reply, send, undo_reply, waiting
from kring.stories.views.reading import promises, put_back, stories, story, withdraw

__all__ = [
    "promises",
    "prototype",
    "put_back",
    "reply",
    "send",
    "stories",
    "story",
    "undo_reply",
    "waiting",
    "withdraw",
]
