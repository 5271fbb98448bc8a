"""What holds for a restorative talk. Pure: plain values in, plain values out."""

from kring.talks.rules.ending import Line, bare, ends_on, keep_agreements, may_be_kept, only_parties
from kring.talks.rules.leading import Facts, Near, why_not_lead
from kring.talks.rules.shapes import (
    CHECKS,
    Agreement,
    Chair,
    Check,
    Choice,
    Paper,
    Status,
)
from kring.talks.rules.starting import Missing, missing, needs_checks, needs_choice, parties

__all__ = [
    "CHECKS",
    "Agreement",
    "Chair",
    "Check",
    "Choice",
    "Facts",
    "Line",
    "Missing",
    "Near",
    "Paper",
    "Status",
    "bare",
    "ends_on",
    "keep_agreements",
    "may_be_kept",
    "missing",
    "needs_checks",
    "needs_choice",
    "only_parties",
    "parties",
    "why_not_lead",
]
