"""The pages of this floor in the menu."""

from desk.permissions import opens_overview, opens_reporting
from documents.queries import unread_of_user
from governance.declarations import Place
from governance.permissions import everyone, sees_content

DECLARES = (
    Place(label="Att göra", url_name="desk:todo", position=10, opens=everyone),
    Place(
        label="Händelser",
        url_name="desk:event_list",
        position=15,
        opens=sees_content,
        under=("desk:event_",),
        unread=unread_of_user,
    ),
    Place(
        label="Rapportera",
        url_name="desk:reporting",
        position=20,
        opens=opens_reporting,
        under=("economy:", "internal_control:", "rounds:", "targets:", "reports:fetched_"),
    ),
    Place(
        label="Nämndöversikt",
        url_name="desk:overview",
        position=40,
        opens=opens_overview,
        under=("desk:overview",),
    ),
)
