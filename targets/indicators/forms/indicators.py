"""The forms of an indicator: what it is, what it means from a day on, and its targets."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse

from figures.rules.numbers import read_number
from governance.fields import WholeNumberField, day_field, offer
from governance.rules import Invalid, swedish
from targets.enums import Horizon, IndicatorKind, ValueRange
from targets.indicators.actions.indicators import WantedTarget
from targets.indicators.queries.indicator_list import IndicatorList, Sought
from targets.indicators.queries.indicator_page import TargetPage
from targets.indicators.queries.target_values import Aim
from targets.models import Category, Definition, Indicator

NEW_CATEGORIES = 3
MOST_TIMES = 1000
LONGEST_TARGET = 120
LONGEST_NOTE = 200
LONGEST_SEARCH = 200
LONGEST_DEFINITION = 4000


def sought(data: QueryDict) -> Sought:
    """The list's filters; what is no choice filters nothing."""
    kind = data.get("slag", "")
    return Sought(
        text=data.get("q", "").strip()[:LONGEST_SEARCH],
        kind=kind if kind in IndicatorKind.values else "",
        is_planned={"i": True, "utanfor": False}.get(data.get("plan", "")),
    )


class SearchForm(forms.Form):
    """Shows what is sought; the list itself is asked through ``sought``."""

    use_required_attribute = False  # every field is a choice; none says that it is optional

    q = forms.CharField(label="Sök", widget=forms.TextInput({"type": "search"}))
    slag = forms.ChoiceField(label="Slag")
    plan = forms.ChoiceField(
        label="I planen",
        choices=(("", "Alla"), ("i", "Med i planen"), ("utanfor", "Inte med")),
    )

    def __init__(self, data: QueryDict, *, page: IndicatorList) -> None:
        super().__init__(initial=data.dict(), auto_id="%s")
        offer(self, "slag", [("", "Alla"), *page.kinds])
        if page.is_office:
            del self.fields["plan"]


class ExactField(forms.CharField):
    """A number as Swedes write it; empty is None."""

    def prepare_value(self, value: object) -> object:
        return swedish(value.normalize()) if isinstance(value, Decimal) else value

    def clean(self, value: object) -> Decimal | None:
        text = super().clean(value)
        try:
            return read_number(text, unit_label="") if text else None
        except Invalid as refusal:
            raise forms.ValidationError(refusal.message) from None


class IndicatorForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    lowest = ExactField(label="Lägsta värde", required=False, help_text="Bara för ett index.")
    highest = ExactField(label="Högsta värde", required=False, help_text="Bara för ett index.")
    unusual_spans = ExactField(
        label="Ovanligt värde: gånger spannet",
        required=False,
        help_text="Ett värde så många gånger de fem senaste värdenas spann från det förra märks "
        "som ovanligt. Lämna tomt för aldrig.",
    )
    unusual_factor = ExactField(
        label="Ovanligt värde: gånger det förra",
        required=False,
        help_text="Ett värde så många gånger större eller mindre än det förra märks som ovanligt. "
        "Lämna tomt för aldrig.",
    )
    tolerance = ExactField(
        label="Tolerans",
        required=False,
        help_text="Hur långt från målvärdet som ger ”nära målet”, i indikatorns enhet. "
        "Till exempel 0,5.",
    )

    decimals = WholeNumberField(
        label="Decimaler",
        required=False,
        min_value=0,
        max_value=6,
        help_text="Lämna tomt för att visa värdet som det skrevs.",
    )
    base_year = WholeNumberField(
        label="Basår",
        required=False,
        min_value=1900,
        max_value=2100,
        help_text="Bara om utfallen själva är förändringen sedan det året.",
    )

    class Meta:
        model = Indicator
        fields = (
            "name",
            "number",
            "kind",
            "unit_label",
            "value_range",
            "lowest",
            "highest",
            "decimals",
            "direction",
            "tolerance",
            "unusual_spans",
            "unusual_factor",
            "frequency",
            "source",
            "owner",
            "dimension",
            "rollup",
            "base_year",
            "is_rolling_12",
            "hides_small_groups",
        )
        labels = {"frequency": "Hur ofta den mäts"}
        help_texts = {
            "number": "Så som det är tryckt, till exempel 28.",
            "kind": "Målindikatorer och styrtal ska ha målvärde och status. Nyckeltal och "
            "produktionstal jämförs med föregående period.",
            "unit_label": "Till exempel %, kr, mnkr, index eller dagar.",
            "value_range": "Vilka värden som kan skrivas. Utan val är procent en andel, 0–100 %, "
            "och andra enheter utan gränser.",
            "direction": "Styr statusen. En ensam siffra som målvärde läses efter riktningen.",
            "owner": "Den som svarar för definition och värden.",
            "rollup": "Hur helheten följer av enheternas värden.",
        }

    def clean_tolerance(self) -> Decimal | None:
        tolerance: Decimal | None = self.cleaned_data["tolerance"]
        if tolerance is not None and tolerance < 0:
            raise forms.ValidationError("Toleransen kan inte vara negativ.")
        return tolerance

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ("unusual_spans", "unusual_factor"):
            if (times := cleaned.get(name)) is not None and not 1 <= times <= MOST_TIMES:
                self.add_error(name, f"Skriv ett tal mellan 1 och {MOST_TIMES}.")
        low, high = cleaned.get("lowest"), cleaned.get("highest")
        if cleaned.get("value_range") != ValueRange.INDEX:
            for name, end in (("lowest", low), ("highest", high)):
                if end is not None:
                    self.add_error(name, "Bara ett index har egna gränser.")
        elif low is not None and high is not None and low >= high:
            self.add_error("highest", "Det högsta värdet ska vara större än det lägsta.")
        return cleaned

    def _post_clean(self) -> None:
        """The row is written by its action; what was typed must not touch it before."""


class DefinitionForm(forms.Form):
    text = forms.CharField(
        label="Definition",
        max_length=LONGEST_DEFINITION,
        widget=forms.Textarea({"rows": 6}),
        help_text="Vad som räknas, hur det räknas och vad som inte är med.",
    )
    valid_from = day_field(
        "Gäller från",
        "Första dagen som den nya definitionen gäller. En jämförelse över den dagen får en varning.",
    )

    def __init__(self, *args: Any, definitions: Sequence[Definition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if definitions:
            self.fields["valid_from"].required = True
            self.initial.setdefault("text", definitions[-1].text)


class CategoriesForm(forms.Form):
    def __init__(self, *args: Any, categories: Iterable[Category], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [(f"category-{each.pk}", each.pk, each.name) for each in categories]
        rows += [(f"new-{number}", 0, "") for number in range(1, NEW_CATEGORIES + 1)]
        self.pks = {name: pk for name, pk, _text in rows}
        for place, (name, pk, text) in enumerate(rows, start=1):
            self.fields[name] = forms.CharField(
                label=f"Kategori {place}" if pk else f"Ny kategori {place - len(rows) + 3}",
                max_length=80,
                required=False,
                initial=text,
            )

    @property
    def names(self) -> list[tuple[int, str]]:
        """(id, name) in order; a name left empty takes its category away."""
        return [(pk, self.cleaned_data[name]) for name, pk in self.pks.items()]


class TargetForm(forms.Form):
    """One target; the prefix is its horizon."""

    text = forms.CharField(
        label="Värde",
        required=False,
        max_length=LONGEST_TARGET,
        help_text="Skriv som i planen: högst 7,0 %, minst 95, 77–80 eller minskning med 6 "
        "procentenheter, basår 2021. Lämna tomt om inget är satt.",
    )
    note = forms.CharField(
        label="Anmärkning",
        required=False,
        max_length=LONGEST_NOTE,
        help_text="Till exempel varför det ändrades.",
    )
    version = WholeNumberField(widget=forms.HiddenInput, min_value=0, max_value=10**9)

    def __init__(self, data: QueryDict | None, *, aim: Aim, echo_url: str) -> None:
        initial = {"text": aim.text, "note": aim.note, "version": aim.version}
        super().__init__(data, prefix=aim.horizon.value, initial=initial)
        self.aim = aim
        self.echo_id = f"echo-{aim.horizon.value}"
        self.fields["text"].label = aim.word
        self.fields["text"].widget.attrs |= {
            "autocomplete": "off",
            "hx-get": echo_url,
            "hx-trigger": "input changed delay:300ms",
            "hx-target": f"#{self.echo_id}",
            "hx-sync": "this:replace",
        }

    @property
    def wanted(self) -> WantedTarget:
        cleaned = self.cleaned_data
        return WantedTarget(
            horizon=self.aim.horizon,
            text=cleaned["text"],
            note=cleaned["note"],
            seen=cleaned["version"],
        )

    @property
    def typed(self) -> str:
        """What stands in the field."""
        return str(self["text"].value() or "")[:LONGEST_TARGET]


def targets_of(
    page: TargetPage, data: QueryDict | None, *, carrying_on: bool = False
) -> list[TargetForm]:
    """The year's target and the long-term one; ``carrying_on`` after a conflict, with what was
    typed and the versions that stand now, so that saving again is a choice."""
    if data is not None and carrying_on:
        data = data.copy()
        for aim in page.years.aims:
            data[f"{aim.horizon.value}-version"] = str(aim.version)
    url = reverse("targets:target_echo", args=[page.years.place.pk])
    return [TargetForm(data, aim=aim, echo_url=url) for aim in page.years.aims]


def typed_target(data: QueryDict) -> str:
    """The one target that is being typed, cut to what can be kept."""
    names = [f"{horizon.value}-text" for horizon in Horizon]
    return next((data.get(name, "")[:LONGEST_TARGET] for name in names if name in data), "")
