from typing import Any

from django.core.management.base import BaseCommand

from governance.queries import demo_accounts


class Command(BaseCommand):
    help = "Skriver ut demokontona; finns bara när demon har lästs in."

    def handle(self, *args: Any, **options: Any) -> None:
        accounts = demo_accounts()
        if not accounts:
            self.stdout.write("Inga demokonton: demon har inte lästs in i den här databasen.")
            return
        width = max(len(account.username) for account in accounts)
        names = max(len(account.name) for account in accounts)
        self.stdout.write(f"Demokonton, alla med lösenordet {accounts[0].password}:")
        for number, account in enumerate(accounts):
            if not number or account.organisation != accounts[number - 1].organisation:
                self.stdout.write(f"{account.organisation}:")
            self.stdout.write(
                f"  {account.username.ljust(width)}  {account.name.ljust(names)}  {account.role}"
            )
