from dataclasses import dataclass

from governance.enums import Light
from rounds.rules.approving import WORST_FIRST, counted, worst_first


@dataclass(frozen=True)
class Row:
    light: Light | None
    word: str


def test_worst_is_first_and_every_light_has_its_place():
    rows = [Row(light, light.label) for light in Light] + [Row(None, "")]

    assert set(WORST_FIRST) == set(Light)
    assert [row.light for row in worst_first(rows)][:3] == [
        Light.MISSED,
        Light.NEAR,
        Light.NO_OUTCOME,
    ]
    assert worst_first(rows)[-1].light is None


def test_lights_are_counted_in_the_words_of_the_organisation():
    rows = [
        Row(Light.MET, "Grönt"),
        Row(Light.MISSED, "Rött"),
        Row(None, ""),
        Row(Light.MET, "Grönt"),
    ]

    assert counted(rows) == "1 Rött, 2 Grönt"
    assert counted([Row(None, "")]) == ""
