"""The overview's filter: what an address asks for, and the choices shown as chosen."""

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.urls import reverse

from desk.overview.enums import OverviewMode
from desk.overview.queries.ground import Asked, Oversight
from desk.overview.queries.tables import Overview
from governance.enums import Light
from governance.http import number_of
from governance.models import Period
from targets.enums import Concept, many

EVERY = ("", "Alla")
AGAINST = {OverviewMode.AREAS: Concept.FOCUS_AREA, OverviewMode.INDICATORS: Concept.INDICATOR}


def asked(data: QueryDict) -> Asked:
    """What the address asks for; what cannot be read is not asked for."""
    light, mode = data.get("status", ""), data.get("visning", "")
    return Asked(
        year=number_of(data, "ar"),
        period=number_of(data, "period"),
        committee=number_of(data, "namnd"),
        light=Light(light) if light in Light.values else None,
        mode=OverviewMode(mode) if mode in OverviewMode.values else OverviewMode.AREAS,
    )


class OverviewForm(forms.Form):
    """Shows what the overview was made of; the address itself is read by ``asked``."""

    use_required_attribute = False
    visning = forms.CharField(widget=forms.HiddenInput)
    ar = forms.ChoiceField(label="År")
    period = forms.ChoiceField(label="Period")
    namnd = forms.ChoiceField(label="Nämnd")
    status = forms.ChoiceField(label="Status")

    def __init__(self, page: Overview) -> None:
        ground, words = page.ground, page.lights
        super().__init__(initial=shown(page), auto_id="filter-%s")
        self.offer("ar", ((year, str(year)) for year in ground.years))
        self.offer("period", ((each.pk, period_words(ground, each)) for each in ground.of_the_year))
        self.offer("namnd", [EVERY, *((each.id, each.name) for each in ground.committees)])
        self.offer("status", [EVERY, *((light.value, words[light.value]) for light in Light)])

    def offer(self, name: str, choices: Iterable[tuple[object, str]]) -> None:
        field = self.fields[name]
        field.widget.choices = list(choices)


def period_words(ground: Oversight, period: Period) -> str:
    return period.name if ground.reported.get(period.pk) else f"{period.name} (inget inlämnat)"


def shown(page: Overview) -> dict[str, object]:
    """The filter as the page answers it, by the address' names."""
    period, chosen = page.ground.period, page.asked
    return {
        "visning": chosen.mode.value,
        "ar": period.ends_on.year if period else "",
        "period": period.pk if period else "",
        "namnd": page.committee.id if page.committee else "",
        "status": chosen.light.value if chosen.light else "",
    }


def query(page: Overview, **other: object) -> str:
    """The page's own address, with something else about it."""
    found = QueryDict(mutable=True)
    for name, value in {**shown(page), **other}.items():
        if value != "":
            found[name] = str(value)
    return f"?{found.urlencode()}"


@dataclass(frozen=True, kw_only=True)
class Switch:
    """One of the two ways to set the committees up."""

    label: str
    url: str
    is_current: bool


def switches(page: Overview) -> list[Switch]:
    return [
        Switch(
            label=page.words[many(AGAINST[mode])],
            url=query(page, visning=mode.value),
            is_current=mode == page.asked.mode,
        )
        for mode in OverviewMode
    ]


def next_step(page: Overview) -> str:
    """Where an empty overview leads: the light away, the other table, or everything."""
    if page.asked.light:
        return query(page, status="")
    if page.committee is None and page.ground.handed_in:
        return query(page, visning=OverviewMode.AREAS.value)
    return reverse("desk:overview")
