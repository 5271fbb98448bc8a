"""Agreements, what happened to them, and their bells."""

from kring.agreements.models.agreement import Agreement, Sign, Taker
from kring.agreements.models.bell import Bell, Question

__all__ = ["Agreement", "Bell", "Question", "Sign", "Taker"]
