"""Tags for showing what is in a package."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from kring.methods import words
from kring.methods.format.package import AgreementTemplate, Card, CardPart
from kring.methods.format.shapes import Protocol, Question, Role, Step, Text
from kring.web import pictures

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
def has_pictures(printed: Card | Protocol) -> bool:
    """Whether there is anything to show in the version with pictures."""
    if isinstance(printed, Card):
        return any(part.pictures for part in (*printed.front, *printed.back))
    return any(prompt.picture for step in printed.steps for prompt in step.prompts)


@register.filter
def pictured(part: CardPart) -> list[tuple[Text, str]]:
    """Each line of a card with its picture."""
    return list(zip(part.lines, part.pictures, strict=True))


@register.simple_tag
def drawing(name: str | None) -> SafeString:
    """A picture inside a printed page."""
    return SafeString(pictures.drawing(name) if name else "")  # our own package's drawing


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
