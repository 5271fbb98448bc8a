"""``kring organisation linde "De Linde" --administrator ann@linde.nl``: a new, empty organisation."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email, validate_slug
from django.db import transaction

from kring.base import scope
from kring.base.policy import Actor
from kring.people.actions.invitations import invite_person
from kring.people.actions.people import add_person, give_role
from kring.people.actions.places import found_organisation
from kring.people.door import RESERVED
from kring.people.models import Letter, Organisation


class Command(BaseCommand):
    """The operator founds an organisation; its first administrator does everything else."""

    help = "Found an organisation and invite its first administrator."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="the word in the address: /linde/")
        parser.add_argument("name")
        parser.add_argument("--administrator", required=True, help="mail address")
        parser.add_argument("--language", choices=["nl", "en"], default="nl")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        slug, mail = options["slug"].lower(), options["administrator"].lower()
        try:
            validate_slug(slug)
            validate_email(mail)
        except ValidationError as wrong:
            raise CommandError(" ".join(wrong.messages)) from wrong
        if slug in RESERVED or Organisation.objects.filter(slug=slug).exists():
            raise CommandError(f"The word {slug} is taken. Choose another.")
        made = found_organisation(slug=slug, name=options["name"], language=options["language"])
        operator = Actor(kind="clock", organisation=made.pk, name="Kring")
        with scope.inside(made.pk):
            person = add_person(operator, {"name": mail.split("@")[0], "email": mail})
            give_role(operator, person, role="administrator")
            invite_person(operator, person)
            letter = Letter.objects.get(person=person)
        self.stdout.write(f"{made.name} is there, at /{slug}/. The letter to {mail} says:")
        self.stdout.write(letter.body)
