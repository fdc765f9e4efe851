"""Closed vocabularies of the ground: who, what kind of body, which light."""

from django.db.models import TextChoices


class BodyKind(TextChoices):
    COUNCIL = "council", "Regionfullmäktige"
    BOARD = "board", "Regionstyrelse"
    OPERATIONS = "operations", "Driftnämnd"
    COMMITTEE = "committee", "Nämnd"
    WORKING_COMMITTEE = "working_committee", "Arbetsutskott"
    JOINT = "joint", "Gemensam nämnd"


class Role(TextChoices):
    CONTROLLER = "controller", "Controller"
    HEAD_OF_ADMINISTRATION = "head_of_administration", "Förvaltningschef"
    CHAIR = "chair", "Ordförande"
    MEMBER = "member", "Ledamot"
    CASE_OFFICER = "case_officer", "Handläggare"
    SECRETARY = "secretary", "Nämndsekreterare"
    REGISTRAR = "registrar", "Administratör (registrator)"
    READER = "reader", "Läsare"
    OVERSEER = "overseer", "Direktör med uppsikt"


OFFICES = (BodyKind.BOARD, BodyKind.WORKING_COMMITTEE)
# A committee's own people: they read its figures while they are a draft.
READING_ROLES = (Role.CONTROLLER, Role.HEAD_OF_ADMINISTRATION, Role.CHAIR, Role.READER)
# The board's: they read what has been handed over to it.
BOARD_ROLES = (
    Role.CASE_OFFICER,
    Role.CHAIR,
    Role.MEMBER,
    Role.SECRETARY,
    Role.REGISTRAR,
    Role.OVERSEER,
)
# Appointed at the board or at its working committee, they serve both.
OFFICE_ROLES = (Role.CASE_OFFICER, Role.REGISTRAR, Role.OVERSEER)


# Asked for when they are needed: a new one is a migration of mandates alone.
def roles() -> list[tuple[str, str]]:
    return list(Role.choices)


class Light(TextChoices):
    """Wall 8: the enum is closed; an organisation's scale gives words and order."""

    MET = "met", "Når målet"
    NEAR = "near", "Nära målet"
    MISSED = "missed", "Når inte målet"
    NO_OUTCOME = "no_outcome", "Utfall saknas"
    NO_TARGET = "no_target", "Målvärde saknas"
    NOT_JUDGED = "not_judged", "Bedöms inte"
    NOT_APPLICABLE = "not_applicable", "Ej tillämpligt"
    SUPPRESSED = "suppressed", "Redovisas inte (liten grupp)"


class ScaleKind(TextChoices):
    LIGHT = "light", "Status för indikatorer"
    CONTROL_RESULT = "control_result", "Resultat av kontroll"


class ChangeKind(TextChoices):
    """How a change in the history came about."""

    TYPED = "typed", "Skrivet"
    COMPUTED = "computed", "Beräknat"
    FETCHED = "fetched", "Hämtat"
    LOADED = "loaded", "Inläst från styrfil"
    ACT = "act", "Händelse"
