"""Run by the former version (its folder is the working directory): every account opens its menu and
every page that one of those pages leads to. Prints the pages read and each that did not answer."""

import re
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402 -- only after setup

settings.STORAGES["staticfiles"]["BACKEND"] = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
)
settings.ALLOWED_HOSTS = ["testserver"]

from django.test import Client  # noqa: E402 -- the same

from governance.models import User  # noqa: E402 -- the same

LINK = re.compile(r'<a\b[^>]*?\bhref="(/[^"#]*)"')
STEPS = 2


def read_pages() -> tuple[int, list[str]]:
    """The number of pages read and the faults, ``account address status``."""
    count, faults = 0, []
    for user in User.objects.filter(is_active=True).order_by("username"):
        client = Client(raise_request_exception=False)
        client.force_login(user)
        seen, ahead = {"/"}, ["/"]
        for _step in range(STEPS + 1):
            pages = [(address, client.get(address)) for address in ahead]
            count += len(pages)
            faults += [
                f"{user} {address} {answer.status_code}"
                for address, answer in pages
                if answer.status_code >= 500
            ]
            ahead = sorted(
                {
                    link.replace("&amp;", "&")
                    for _address, answer in pages
                    if answer.get("Content-Type", "").startswith("text/html")
                    for link in LINK.findall(answer.content.decode())
                }
                - seen
            )
            seen |= set(ahead)
    return count, faults


number, broken = read_pages()
sys.stdout.write("\n".join([str(number), *broken]))
