"""Make an account by hand: the first one, before anybody can invite."""

import getpass
from pathlib import Path
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from biotoop.web.accounts.models import User


class Command(BaseCommand):
    help = "Makes an account; the password is asked, or read from a file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", required=True)
        parser.add_argument("--staff", action="store_true", help="must use a second factor")
        parser.add_argument("--password-file", type=Path, help="a file with the password")

    def handle(self, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        file = options["password_file"]
        password = file.read_text("utf-8").strip() if file else getpass.getpass("Password: ")
        fields = {"name": options["name"], "needs_second_factor": options["staff"]}
        try:
            validate_password(password, User(email=options["email"], name=options["name"]))
            user = User.objects.create_user(options["email"], password, **fields)
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from refused
        self.stdout.write(f"Account made: {user.email}")
