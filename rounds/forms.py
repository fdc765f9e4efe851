"""Between the pages of a reporting round and the actions: text in, clean values out."""

from collections.abc import Mapping
from typing import TypedDict

from django import forms
from django.db.models import QuerySet
from django.http import Http404, QueryDict

from governance.declarations import declared
from governance.fields import RowsField, WholeNumberField, day_field, offer, offer_rows
from governance.models import Body, Organisation, Period
from governance.rules import Invalid
from rounds.actions.rounds import NewPeriod
from rounds.contributions import Contribution
from rounds.enums import HAND_IN
from rounds.models import ReportingRound
from rounds.states import ROUND

MAX_REASON = 2000
NEW = "ny"
OF_ROUND = ("name", "cut_off_on", "due_on", "bodies", "parts")
NEW_FIELDS = ("period_name", "starts_on", "ends_on")


class RoundForm(forms.Form):
    """The days of a round and who is asked."""

    name = forms.CharField(label="Namn", max_length=80, help_text="Till exempel Årsrapport 2026.")
    cut_off_on = day_field("Brytdag", "Dagen som utfallen avser.", required=True)
    due_on = day_field("Sista dag att lämna in", required=True)
    bodies = RowsField(
        label="Nämnder", queryset=Body.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        data: QueryDict | None,
        *,
        bodies: QuerySet[Body],
        initial: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        offer_rows(self, "bodies", bodies)


class OpenRoundForm(RoundForm):
    """A round for a period that stands, or for a new one, which then has to be described."""

    use_required_attribute = False  # what is required depends on the choice of period

    period = forms.ChoiceField(label="Period")
    period_name = forms.CharField(
        label="Periodens namn", max_length=60, help_text="Till exempel Helår 2026."
    )
    starts_on = day_field("Från och med", required=True)
    ends_on = day_field("Till och med", required=True)
    previous = forms.ModelChoiceField(
        label="Jämförs med",
        queryset=Period.objects.none(),
        required=False,
        empty_label="Ingen period",
    )

    parts = forms.MultipleChoiceField(
        label="Vad som ska rapporteras",
        help_text="Inget val betyder alla delar. En månadsrapport kan fråga efter ekonomin ensam.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, data: QueryDict | None, *, organisation: Organisation, bodies: QuerySet[Body]
    ) -> None:
        super().__init__(data, bodies=bodies)
        offer(self, "parts", [(part.name, part.label) for part in declared(Contribution)])
        periods = organisation.periods.order_by("-ends_on", "name")
        offer_rows(self, "previous", periods)
        self.periods = {str(period.pk): period for period in periods}
        names = ((pk, period.name) for pk, period in self.periods.items())
        offer(self, "period", [(NEW, "Ny period, som beskrivs här under"), *names])
        for name in NEW_FIELDS:
            self.fields[name].required = data is None or data.get("period") == NEW

    @property
    def chosen_period(self) -> Period | NewPeriod:
        cleaned = self.cleaned_data
        if cleaned["period"] != NEW:
            return self.periods[cleaned["period"]]
        return NewPeriod(
            name=cleaned["period_name"],
            short_name="",
            starts_on=cleaned["starts_on"],
            ends_on=cleaned["ends_on"],
            previous=cleaned["previous"],
        )


class EditRoundForm(RoundForm):
    """A round that stands; the bodies offered are those not asked yet."""

    def __init__(
        self, data: QueryDict | None, *, reporting_round: ReportingRound, bodies: QuerySet[Body]
    ) -> None:
        super().__init__(
            data,
            bodies=bodies.exclude(pk__in=reporting_round.states.values("body_id")),
            initial={
                "name": reporting_round.name,
                "cut_off_on": reporting_round.cut_off_on,
                "due_on": reporting_round.due_on,
            },
        )
        self.fields["bodies"].required = False
        self.fields["bodies"].label = "Lägg till nämnder"


class ReasonForm(forms.Form):
    version = WholeNumberField(min_value=1)
    reason = forms.CharField(max_length=MAX_REASON, required=False)
    sha256 = forms.CharField(max_length=64, required=False)


class Given(TypedDict):
    """The version and the bytes that were seen, and the reason given."""

    seen: int
    reason: str
    shown: str


def given(data: QueryDict) -> Given:
    """Raises Invalid for what no page of ours sends."""
    form = ReasonForm(data)
    if not form.is_valid():
        raise Invalid(f"Skälet får vara högst {MAX_REASON} tecken.")
    cleaned = form.cleaned_data
    return Given(seen=cleaned["version"], reason=cleaned["reason"], shown=cleaned["sha256"])


def wanted_act(data: QueryDict) -> str:
    """The act asked for; handing in is asked for elsewhere."""
    act = data.get("act", "")
    if act == HAND_IN or act not in {each.name for each in ROUND.transitions}:
        raise Http404
    return act
