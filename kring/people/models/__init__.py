"""Organisations and the people in them."""

from kring.people.models.account import Account
from kring.people.models.entrance import DemoFace, Invitation
from kring.people.models.feed import Feed
from kring.people.models.intake import StaffFile
from kring.people.models.organisation import Layer, Logo, Membership, Organisation, Team, Unit
from kring.people.models.person import Person, RoleGrant
from kring.people.models.post import Letter, Notice
from kring.people.models.token import ApiToken
from kring.people.models.trail import Receipt, TrailEntry

__all__ = [
    "Account",
    "ApiToken",
    "DemoFace",
    "Feed",
    "Invitation",
    "Layer",
    "Letter",
    "Logo",
    "Membership",
    "Notice",
    "Organisation",
    "Person",
    "Receipt",
    "RoleGrant",
    "StaffFile",
    "Team",
    "TrailEntry",
    "Unit",
]
