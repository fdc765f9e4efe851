"""The navigation every page carries."""

from django.http import HttpRequest


def navigation(request: HttpRequest) -> dict[str, object]:
    return {"nav": [], "org_name": "", "user_name": "", "today": None, "demo_today": False}
