"""What left a circle, and the replies to it."""

from kring.stories.models.reply import Reply
from kring.stories.models.story import Stories, Story

__all__ = ["Reply", "Stories", "Story"]
