"""Invite somebody from the server: how the first administrator comes in."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from accounts.actions.people import INVITATION_DAYS, invite
from accounts.models import Centre, Province
from accounts.roles import Role
from common.actor import SystemActor
from common.errors import DomainError


class Command(BaseCommand):
    help = (
        f"Invite EMAIL and print the link, which opens an account once within {INVITATION_DAYS} days. "
        "Whoever has it chooses the password: hand it over as you would a key."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="", help="how colleagues know them; they may change it")
        parser.add_argument("--role", choices=Role.values, default=Role.ADMINISTRATOR)
        parser.add_argument("--centre", metavar="CODE", help="where the role belongs to a centre: 30, H04")
        parser.add_argument("--province", metavar="CODE", help="where it belongs to a province: 30")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            validate_email(options["email"])
            invitation = invite(
                actor=SystemActor("invite"),
                email=options["email"],
                name=options["name"] or options["email"].partition("@")[0],
                role=options["role"],
                centre=_named(Centre, options["centre"]),
                province=_named(Province, options["province"]),
            )
        except ValidationError as error:
            raise CommandError(f"{options['email']} is no e-mail address.") from error
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(invitation.link)


def _named(kind: type[Any], code: str | None) -> Any:
    if code is None:
        return None
    found = kind.objects.filter(code=code).first()
    if found is None:
        raise CommandError(f"There is no {kind._meta.verbose_name} {code}.")
    return found
