"""The forms of the steering chain: what a plan holds and what is reported of it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.db.models import Q

from governance.fields import RowsField, day_field, offer, offer_rows
from governance.models import Body
from targets.assessments.queries.attainment import JudgementRow
from targets.assessments.queries.goal_page import ActivityPage, GoalPage
from targets.enums import Attainment, Concept, Giver, Nature
from targets.models import Activity, FocusArea, Goal, Indicator, Level, Plan, PlannedIndicator
from targets.plans.queries.chain import numbered
from targets.plans.queries.words import words_for_plan

TALL, LOW = {"rows": 6}, {"rows": 3}
OUTSIDE = "Direkt i planen"
LONGEST = 4000


class AreaForm(forms.Form):
    name = forms.CharField(
        label="Namn",
        max_length=200,
        help_text="Så som fullmäktige skriver det i mål och budget.",
    )


class GoalForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    placement = forms.ChoiceField(
        label="Placering",
        required=False,
        help_text="Under något som redan står i planen, eller direkt i den.",
    )
    due_on = day_field("Klart senast", "Lämna tomt om uppdraget inte har någon sista dag.")

    class Meta:
        model = Goal
        fields = (
            "level",
            "number",
            "name",
            "placement",
            "description",
            "giver",
            "giver_body",
            "is_multi_year",
            "due_on",
            "responsible_unit",
            "contributes_to",
        )
        labels = {"level": "Nivå", "name": "Mål eller uppdrag", "contributes_to": "Bidrar till"}
        help_texts = {
            "level": "Styr vad raden är: ett mål bedöms, ett uppdrag får status, "
            "en rubrik räknas inte.",
            "number": "Så som det står i styrdokumentet, till exempel 28.",
            "giver": "Gäller uppdrag.",
            "giver_body": "När uppdraget är givet av en annan nämnd.",
            "is_multi_year": "Årets del och hela uppdraget kan då bli klara var för sig.",
            "contributes_to": "Andra mål som också får del av det här. "
            "De ser dess status bland sina grunder.",
        }
        widgets = {
            "name": forms.Textarea(LOW),
            "description": forms.Textarea(LOW),
            "contributes_to": forms.CheckboxSelectMultiple,
        }
        field_classes = {"contributes_to": RowsField}

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = plan.goals.exclude(pk=self.instance.pk).select_related("level")
        of_year = Level.objects.filter(organisation=plan.body.organisation_id, year=plan.year)
        offer_rows(self, "level", of_year, str, empty="Välj nivå")
        units = plan.body.units.order_by("position", "name")
        offer_rows(self, "responsible_unit", units, str, empty="Ingen")
        bodies = Body.objects.filter(organisation=plan.body.organisation_id).exclude(
            pk=plan.body_id
        )
        offer_rows(self, "giver_body", bodies.order_by("name"), str, empty="Ingen annan")
        upper = others.exclude(level__nature=Nature.HEADING)
        offer_rows(self, "contributes_to", upper, goal_label)
        said = words_for_plan(plan)
        self.areas = {f"area-{area.pk}": area for area in plan.focus_areas.all()}
        self.parents = {f"goal-{goal.pk}": goal for goal in others}
        offer(
            self,
            "placement",
            placements(self.areas, self.parents, area_word=said[Concept.FOCUS_AREA]),
        )
        if self.instance.pk:
            self.initial["placement"] = placed(self.instance)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("giver_body") and cleaned.get("giver") != Giver.OTHER_COMMITTEE:
            self.add_error(
                "giver_body", "Välj ”Annan nämnd” under Givet av, eller ingen nämnd här."
            )
        return cleaned

    def _post_clean(self) -> None:
        """The row is written by its action; what was typed must not touch it before."""

    @property
    def values(self) -> dict[str, Any]:
        """Goal's own fields as the action takes them; under a goal no area is said twice."""
        taken = dict(self.cleaned_data)
        taken.pop("contributes_to")
        where = taken.pop("placement")
        return {
            **taken,
            "focus_area": self.areas.get(where),
            "parent": self.parents.get(where),
        }

    @property
    def upper(self) -> list[Goal]:
        return list(self.cleaned_data["contributes_to"])


def goal_label(goal: Goal) -> str:
    return numbered(goal.number, goal.name)


def placed(goal: Goal) -> str:
    if goal.parent_id:
        return f"goal-{goal.parent_id}"
    return f"area-{goal.focus_area_id}" if goal.focus_area_id else ""


def placements(
    areas: dict[str, FocusArea], parents: dict[str, Goal], *, area_word: str
) -> list[Any]:
    """The choices of a place in the tree, grouped; a group without rows is left out."""
    found: list[Any] = [("", OUTSIDE)]
    if areas:
        found.append((area_word, [(key, area.name) for key, area in areas.items()]))
    if parents:
        under = [(key, goal_label(goal)) for key, goal in parents.items()]
        found.append(("Under ett mål eller uppdrag", under))
    return found


class PlaceForm(forms.Form):
    indicator = forms.ModelChoiceField(
        queryset=Indicator.objects.none(),
        empty_label="Välj",
        help_text="Regionens gemensamma och nämndens egna som inte redan är med.",
    )
    goal = forms.ModelChoiceField(
        label="Mål eller uppdrag",
        queryset=Goal.objects.none(),
        required=False,
        empty_label="Inget",
        help_text="Ljuset blir en av grunderna när målet bedöms.",
    )
    group = forms.CharField(
        label="Grupp",
        required=False,
        max_length=120,
        help_text="Rubrik för det som inte hör till ett mål, till exempel Medarbetare.",
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = (
            Indicator.objects.filter(Q(body=None) | Q(body=plan.body_id))
            .filter(organisation=plan.body.organisation_id)
            .exclude(pk__in=plan.planned_indicators.values("indicator"))
        )
        self.fields["indicator"].label = words_for_plan(plan)[Concept.INDICATOR]
        offer_rows(self, "indicator", free.order_by("name", "id"), indicator_label)
        offer_rows(self, "goal", plan.goals.all(), goal_label)


def indicator_label(indicator: Indicator) -> str:
    unit = f" ({indicator.unit_label})" if indicator.unit_label else ""
    shared = "gemensam" if indicator.body_id is None else "egen"
    return f"{indicator.name}{unit}, {shared}"


class ActivityForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    holder = forms.ChoiceField(
        label="Hör till",
        required=False,
        help_text="Något i planen.",
    )
    starts_on = day_field("Börjar")
    ends_on = day_field("Klar senast")

    class Meta:
        model = Activity
        fields = ("name", "holder", "other_plan", "responsible", "starts_on", "ends_on")
        labels = {"other_plan": "Eller en annan plan"}
        help_texts = {
            "other_plan": "Till exempel Arbetsmiljöplan. Lämna tomt om aktiviteten hör till något "
            "i den här planen.",
            "responsible": "Namn eller funktion.",
        }
        widgets = {"name": forms.Textarea(LOW)}

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goals = {f"goal-{goal.pk}": goal for goal in plan.goals.all()}
        places = plan.planned_indicators.select_related("indicator")
        said = words_for_plan(plan)
        self.places = {f"place-{place.pk}": place for place in places}
        offer(self, "holder", holders(self.goals, self.places, place_word=said[Concept.INDICATOR]))
        if self.instance.pk:
            self.initial["holder"] = holder_of_activity(self.instance)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if bool(cleaned.get("holder")) == bool(cleaned.get("other_plan")):
            self.add_error("holder", "Välj vad aktiviteten hör till, eller skriv en annan plan.")
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "Sista dagen ligger före den första.")
        return cleaned

    def _post_clean(self) -> None:
        """The row is written by its action; what was typed must not touch it before."""

    @property
    def values(self) -> dict[str, Any]:
        taken = dict(self.cleaned_data)
        where = taken.pop("holder")
        return {
            **taken,
            "goal": self.goals.get(where),
            "planned_indicator": self.places.get(where),
        }


def holder_of_activity(activity: Activity) -> str:
    if activity.goal_id:
        return f"goal-{activity.goal_id}"
    return f"place-{activity.planned_indicator_id}" if activity.planned_indicator_id else ""


def holders(
    goals: dict[str, Goal], places: dict[str, PlannedIndicator], *, place_word: str
) -> list[Any]:
    found: list[Any] = [("", "Inget i den här planen")]
    if goals:
        found.append(("Mål och uppdrag", [(key, goal_label(goal)) for key, goal in goals.items()]))
    if places:
        found.append((place_word, [(key, place.indicator.name) for key, place in places.items()]))
    return found


class StatusForm(forms.Form):
    """A status and a comment; the words of the statuses are the organisation's."""

    status = forms.ChoiceField(
        label="Status",
        error_messages={"required": "Välj en status, så sparas den och kommentaren."},
    )
    comment = forms.CharField(
        label="Kommentar",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(TALL),
        help_text="Vad som har gjorts och vad som återstår.",
    )

    def __init__(self, *args: Any, choices: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "status", [("", "Välj status"), *choices])


class JudgementForm(forms.Form):
    result = forms.ChoiceField(
        label="Bedömning",
        widget=forms.RadioSelect,
        error_messages={"required": "Välj en bedömning, så sparas den och kommentaren."},
    )
    reason = forms.CharField(
        label="Skäl till avsteget",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(LOW),
        help_text="Behövs när bedömningen avviker från förslaget. Trycks i rapporten.",
    )
    comment = forms.CharField(
        label="Kommentar",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(TALL),
        help_text="Det rapporten berättar om målet.",
    )
    proposal = forms.ChoiceField(choices=Attainment.choices, widget=forms.HiddenInput)

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "result", choices)


ReportForm = StatusForm | JudgementForm


def form_of(page: GoalPage | ActivityPage) -> ReportForm | None:
    """What the controller fills in at the period; None when there is nothing to."""
    if not page.at.may_report:
        return None
    if isinstance(page, GoalPage) and page.judgement:
        return _judgement_form(page.at.choices, page.judgement)
    reported = page.assignment if isinstance(page, GoalPage) else page.row
    if reported is None or reported.standing is None:
        return None
    standing = reported.standing
    initial = {"status": standing.status, "comment": standing.comment}
    return StatusForm(choices=page.at.choices, initial=initial)


def _judgement_form(choices: Sequence[tuple[str, str]], row: JudgementRow) -> JudgementForm:
    initial = {
        "result": row.standing.status,
        "reason": row.reason,
        "comment": row.standing.comment,
        "proposal": row.proposal_now,
    }
    return JudgementForm(choices=choices, initial=initial)
