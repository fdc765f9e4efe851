"""The typed request that every view takes."""

from datetime import date

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from governance.models import User


class AppRequest(HttpRequest):
    user: User
    htmx: HtmxDetails
    today: date
