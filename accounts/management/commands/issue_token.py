"""Print a new API token for a person."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.actions.tokens import issue_token
from accounts.models import User
from accounts.tokens import READ, WRITE
from common.actor import SystemActor
from common.errors import DomainError


class Command(BaseCommand):
    help = "Print a new API token for EMAIL. It is shown this once; only its hash is kept."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--days", type=int, default=90)
        parser.add_argument("--read-only", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email=options["email"].lower(), is_active=True).first()
        if user is None:
            raise CommandError(f"Nobody signs in as {options['email']}.")
        scopes = [READ] if options["read_only"] else [READ, WRITE]
        try:
            _, raw = issue_token(
                actor=SystemActor("issue_token"),
                user_id=user.pk,
                name="command",
                days=options["days"],
                scopes=scopes,
            )
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(raw)
