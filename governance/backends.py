"""Login with the user's person and organisation read in the same query."""

from django.contrib.auth.backends import ModelBackend

from governance.models import User


class Backend(ModelBackend):
    def get_user(self, user_id: int) -> User | None:
        user = User.objects.select_related("person__organisation").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
