from django.db.models import TextChoices


class Kind(TextChoices):
    RENDER = "render", "Utskrift"
    STAMP = "stamp", "Stämpling"
    RENDER_AND_STAMP = "render_and_stamp", "Utskrift med stämpel"


class PageFormat(TextChoices):
    A4 = "a4", "A4"
    SLIDES = "slides", "Bildspel 16:9"


class State(TextChoices):
    QUEUED = "queued", "Väntar"
    RUNNING = "running", "Pågår"
    READY = "ready", "Klar"
    FAILED = "failed", "Misslyckades"


class Finding(TextChoices):
    """What the check of an uploaded file came to: one answer for each thing that can be so."""

    GENUINE = "genuine", "Äkta"
    GENUINE_UNSTAMPED = "genuine_unstamped", "Känd, utan stämpel"
    TOO_LARGE = "too_large", "För stor"
    TOO_HEAVY = "too_heavy", "För tung att läsa"
    NOT_A_PDF = "not_a_pdf", "Inte en PDF"
    ENCRYPTED = "encrypted", "Skyddad med lösenord"
    DAMAGED = "damaged", "Skadad"
    ANOTHER = "another", "En annan handling"
    CHANGED = "changed", "Ändrad"
    APPENDED = "appended", "Något tillagt"
    UNKNOWN_UNSTAMPED = "unknown_unstamped", "Okänd, utan stämpel"
    FOREIGN_STAMP = "foreign_stamp", "Någon annans stämpel"
    UNKNOWN_STAMPED = "unknown_stamped", "Vår stämpel, okänd fil"
