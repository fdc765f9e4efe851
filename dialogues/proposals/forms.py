from collections.abc import Sequence

from django import forms
from django.http import QueryDict

from dialogues.models import Proposal
from dialogues.proposals.actions.proposals import PROPOSAL_FIELDS
from dialogues.proposals.rules import Point
from governance.fields import DAY
from governance.models import Body, Person
from governance.rules import whole_number
from governance.writing import new_token

MAX_POINT = 2000


WIDE = {"rows": 4}


class ProposalForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    class Meta:
        model = Proposal
        fields = PROPOSAL_FIELDS
        widgets = {
            "dated_on": DAY,
            "summary": forms.Textarea(WIDE),
            "consequences": forms.Textarea(WIDE),
            "financial_consequences": forms.Textarea(WIDE),
        }
        help_texts = {
            "unit": "Så som det står i brevhuvudet, till exempel Regionkontoret, Ekonomi.",
            "diary_number": "Ges av diariet, till exempel RS251695.",
            "addressee": "Den styrelse eller nämnd som förslaget ställs till.",
            "appendix_label": "Bilagans namn. Underlagets version fylls i när förslaget sänds ut.",
            "delivered_to": "Står under rubriken Styrelsens/nämndens beslut delges.",
        }


def points_of(data: QueryDict) -> list[Point]:
    """The points in the order shown; a point left blank is dropped, a new one gets an id."""
    keys, texts = data.getlist("point-key"), data.getlist("point-text")
    return [
        Point(key=key[:80] or new_key(), text=" ".join(text.split())[:MAX_POINT])
        for key, text in zip(keys, texts, strict=False)
        if text.strip()
    ]


def new_key() -> str:
    """A stable id of a point: never shown, never used again (wall 3)."""
    return f"punkt-{new_token()}"


def moved(points: Sequence[Point], command: str, phrases: Sequence[Point]) -> list[Point]:
    """The points after a button: ``up-2``, ``down-2``, ``remove-2``, ``phrase-KEY`` or nothing."""
    changed = list(points)
    verb, _dash, which = command.partition("-")
    if verb == "phrase":
        changed += [Point(key=new_key(), text=p.text) for p in phrases if p.key == which]
        return changed
    index = whole_number(which) - 1
    if not 0 <= index < len(changed):
        return changed
    point = changed.pop(index)
    if verb != "remove":
        changed.insert(max(0, index - 1) if verb == "up" else index + 1, point)
    return changed


def chiefs_of(data: QueryDict, body: Body) -> list[tuple[Person, str, bool]]:
    """The signing chiefs typed: person, title, acting; rows without a person are left out."""
    persons = {str(p.pk): p for p in Person.objects.filter(organisation=body.organisation_id)}
    acting = set(data.getlist("chief-acting"))
    found: dict[int, tuple[Person, str, bool]] = {}
    rows = zip(data.getlist("chief-person"), data.getlist("chief-title"), strict=False)
    for number, (key, title) in enumerate(rows, start=1):
        if key in persons:
            person = persons[key]
            found[person.pk] = (person, title.strip()[:120] or person.title, str(number) in acting)
    return list(found.values())
