"""Telling people something: notices gather into letters, letters wait until they are sent."""

from kring.people.post.letters import write
from kring.people.post.notices import kind, tell, untell

__all__ = ["kind", "tell", "untell", "write"]
