"""Closed vocabularies of goals and indicators."""

from django.db.models import TextChoices

PART = "targets"  # of a reporting round


class Direction(TextChoices):
    """Which way is better; the light follows this, never the sign of the change."""

    HIGHER = "higher", "Högre är bättre"
    LOWER = "lower", "Lägre är bättre"
    INSIDE = "inside", "Inom ett spann"
    ZERO = "zero", "Noll är bäst"
    NONE = "none", "Bedöms inte"


class IndicatorKind(TextChoices):
    GOAL = "goal", "Målindikator"
    STEERING = "steering", "Styrtal"
    KEY_FIGURE = "key_figure", "Nyckeltal"
    PRODUCTION = "production", "Produktionstal"


class Horizon(TextChoices):
    YEAR = "year", "Målvärde för året"
    LONG_TERM = "long_term", "Långsiktigt målvärde"


class ValueRange(TextChoices):
    """Which values an indicator can have; the unit says how they are written."""

    SHARE = "share", "Andel, 0–100"
    PERCENTAGE = "percentage", "Procent utan gränser"
    INDEX = "index", "Index"
    COUNT = "count", "Antal"
    AMOUNT = "amount", "Belopp"


class Breakdown(TextChoices):
    TOTAL = "total", "Totalt"
    WOMEN = "women", "Kvinnor"
    MEN = "men", "Män"
    CATEGORY = "category", "Kategori"


class Nature(TextChoices):
    """What a node of the steering chain is, whatever the organisation calls its level."""

    GOAL = "goal", "Mål"
    ASSIGNMENT = "assignment", "Uppdrag"
    HEADING = "heading", "Rubrik"


class Giver(TextChoices):
    """Who gave an assignment."""

    COUNCIL = "council", "Regionfullmäktige"
    BOARD = "board", "Regionstyrelsen"
    COMMITTEE = "committee", "Nämnden"
    OTHER_COMMITTEE = "other_committee", "Annan nämnd"
    HEAD = "head", "Förvaltningschefen"


class Concept(TextChoices):
    """Column headings an organisation words for a plan year; the label holds where it does not.

    It words the kinds of indicator too (``concepts``).
    """

    FOCUS_AREA = "focus_area", "Fokusområde"
    INDICATOR = "indicator", "Indikator"
    OUTCOME = "outcome", "Utfall"
    FORECAST = "forecast", "Prognos för året"
    TARGET_YEAR = "target_year", "Målvärde"
    TARGET_LONG_TERM = "target_long_term", "Långsiktigt målvärde"
    PREVIOUS = "previous", "Föregående"
    CHANGE = "change", "Förändring"
    ATTAINMENT = "attainment", "Måluppfyllelse"


class Attainment(TextChoices):
    """What a status or a judgement counts as in the attainment summary."""

    ACHIEVED = "achieved", "Har uppnåtts"
    PARTLY = "partly", "Har delvis uppnåtts"
    NOT_ACHIEVED = "not_achieved", "Har inte uppnåtts"
    NOT_JUDGED = "not_judged", "Inte bedömt"


class Moment(TextChoices):
    """A judgement during the year foresees the year's end; one after it states the outcome."""

    FORECAST = "forecast", "Prognos"
    OUTCOME = "outcome", "Utfall"


class AssignmentStatus(TextChoices):
    """Closed; "this year's part done" and "done" are different (domain.md 2.3)."""

    NOT_STARTED = "not_started", "Inte påbörjat"
    ONGOING = "ongoing", "Pågår"
    YEAR_PART_EXPECTED = "year_part_expected", "Årets del bedöms genomförd vid årets slut"
    YEAR_PART_DONE = "year_part_done", "Årets del genomförd"
    STARTED_CONTINUES = "started_continues", "Påbörjat, fortsätter kommande år"
    DONE = "done", "Genomfört"
    NOT_DONE = "not_done", "Inte genomfört"
    CANCELLED = "cancelled", "Avbrutet"


class ActivityStatus(TextChoices):
    PLANNED = "planned", "Planerad"
    ONGOING = "ongoing", "Pågår"
    DELAYED = "delayed", "Försenad"
    DONE = "done", "Genomförd"
    DONE_CONTINUES = "done_continues", "Genomförd och fortsätter"
    NOT_DONE = "not_done", "Inte genomförd"
    CANCELLED = "cancelled", "Avbruten"


class Subject(TextChoices):
    """What a status word is said of."""

    GOAL = "goal", "Mål"
    ASSIGNMENT = "assignment", "Uppdrag"
    ACTIVITY = "activity", "Aktivitet"


class Dimension(TextChoices):
    """How an indicator's outcomes are divided."""

    NONE = "none", "Ingen uppdelning"
    SEX = "sex", "Kvinnor, män och totalt"
    CATEGORIES = "categories", "Egna kategorier"


class RollUp(TextChoices):
    """How the whole follows from the units; the enum names the rule, ``rules`` computes it."""

    ENTERED = "entered", "Anges för helheten"
    SUM = "sum", "Summan av enheterna"
    MEAN = "mean", "Medelvärdet av enheterna"
    RATIO = "ratio", "Täljare genom nämnare, summerade"


# Asked for when they are needed: a new one is no migration.
def indicator_kinds() -> list[tuple[str, str]]:
    return list(IndicatorKind.choices)


def concepts() -> list[tuple[str, str]]:
    return [*Concept.choices, *IndicatorKind.choices]


def many(concept: str) -> str:
    """Where ``words_for`` keeps what many of the concept are called."""
    return f"{concept}_many"
