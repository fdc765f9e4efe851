"""Login with what a request asks of who makes it read in the same query."""

from django.contrib.auth.backends import ModelBackend

from governance.models import User
from governance.permissions import user_with_mandates


class Backend(ModelBackend):
    def get_user(self, user_id: int) -> User | None:
        user = user_with_mandates(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None
