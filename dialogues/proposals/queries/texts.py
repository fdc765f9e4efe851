"""The names and phrases a proposal is begun with."""

from collections.abc import Mapping

from dialogues.models import Dialogue, Phrase
from dialogues.proposals.rules import Point, fill
from governance.models import Body


def names_of(body: Body, receiving: Body) -> Mapping[str, str]:
    """The fields of a phrase: the committee in its forms and the body that decides."""
    kind = body.get_kind_display().lower()
    bare = body.name.removeprefix("Driftnämnden ").removeprefix("Nämnden ")
    return {
        "namnd": f"{kind} {bare}" if bare != body.name else body.name,
        "namnd_bestamd": body.definite,
        "namnd_genitiv": body.genitive,
        "organ": receiving.name,
    }


def phrases_for(dialogue: Dialogue) -> list[Point]:
    """The organisation's phrases with this committee's names filled in."""
    names = names_of(dialogue.committee, dialogue.receiving_body)
    return [
        Point(key=phrase.key, text=fill(phrase.text, names))
        for phrase in Phrase.objects.filter(organisation=dialogue.receiving_body.organisation_id)
    ]
