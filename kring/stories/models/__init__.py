"""What left a circle, the replies to it, and whose promise it is."""

from kring.stories.models.promise import Promise
from kring.stories.models.reply import Reply
from kring.stories.models.story import Stories, Story

__all__ = ["Promise", "Reply", "Stories", "Story"]
