"""Tags for showing what is in a package."""

from django import template
from django.utils.translation import get_language

from kring.methods import words
from kring.methods.format.package import AgreementTemplate
from kring.methods.format.shapes import Protocol, Question, Role, Step, Text

register = template.Library()


@register.filter
def say(text: Text | None) -> str:
    """A text of a package in the reader's language."""
    return text.say(get_language() or "nl") if text is not None else ""


@register.filter
def depth_of(question: Question) -> str:
    """How deep a question goes."""
    return words.depth_of(question)


@register.filter
def rules_of(step: Step, protocol: Protocol) -> list[str]:
    """Who speaks, who sees it and what is kept, in words."""
    return words.rules_of(step, protocol)


@register.filter
def kept_of(form: AgreementTemplate) -> str:
    """Who may see what is agreed with a form."""
    return words.kept_of(form)


@register.filter
def people_of(protocol: Protocol) -> str:
    """How many people."""
    return words.people_of(protocol)


@register.filter
def minutes_of(protocol: Protocol) -> str:
    """How long."""
    return words.minutes_of(protocol)


@register.filter
def number_of(role: Role) -> str:
    """How many people have this role."""
    return words.number_of(role)


@register.filter
def existence_of(protocol: Protocol) -> str:
    """Who may know that the meeting took place."""
    return words.existence_of(protocol)
