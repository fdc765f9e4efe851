"""What a status counts as, what the grounds of a goal propose, and how many were attained. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from governance.enums import Light
from targets.enums import ActivityStatus, AssignmentStatus, Attainment, Moment, Subject

Status = AssignmentStatus | ActivityStatus | Attainment

RULE = (
    "Uppnått när alla bedömda indikatorer når målet och alla bedömda uppdrag är genomförda. "
    "Inte uppnått när minst hälften av grunderna inte når målet eller inte är genomförda. "
    "Annars delvis uppnått. Utan bedömda grunder lämnas inget förslag."
)

# At a forecast these say nothing of where the year ends, so they are not judged then.
UNDECIDED = frozenset(
    {
        AssignmentStatus.NOT_STARTED.value,
        AssignmentStatus.ONGOING.value,
        ActivityStatus.PLANNED.value,
    }
)
COUNTS: dict[str, Attainment] = {
    AssignmentStatus.DONE.value: Attainment.ACHIEVED,
    AssignmentStatus.YEAR_PART_DONE.value: Attainment.ACHIEVED,
    AssignmentStatus.YEAR_PART_EXPECTED.value: Attainment.ACHIEVED,
    AssignmentStatus.STARTED_CONTINUES.value: Attainment.PARTLY,
    AssignmentStatus.ONGOING.value: Attainment.PARTLY,
    AssignmentStatus.NOT_STARTED.value: Attainment.NOT_ACHIEVED,
    AssignmentStatus.NOT_DONE.value: Attainment.NOT_ACHIEVED,
    AssignmentStatus.CANCELLED.value: Attainment.NOT_ACHIEVED,
    ActivityStatus.PLANNED.value: Attainment.NOT_ACHIEVED,
    ActivityStatus.DELAYED.value: Attainment.PARTLY,
    ActivityStatus.DONE_CONTINUES.value: Attainment.ACHIEVED,
    **{each.value: each for each in Attainment},
}
SENTENCES: dict[tuple[Subject, str], str] = {
    (Subject.ASSIGNMENT, AssignmentStatus.NOT_STARTED): "Uppdraget har inte påbörjats.",
    (Subject.ASSIGNMENT, AssignmentStatus.ONGOING): "Uppdraget pågår.",
    (Subject.ASSIGNMENT, AssignmentStatus.YEAR_PART_EXPECTED): (
        "Uppdraget är flerårigt och uppdragets del av innevarande år bedöms vara genomfört "
        "vid årets slut."
    ),
    (Subject.ASSIGNMENT, AssignmentStatus.YEAR_PART_DONE): (
        "Uppdraget är flerårigt och uppdragets del av innevarande år har genomförts."
    ),
    (Subject.ASSIGNMENT, AssignmentStatus.STARTED_CONTINUES): (
        "Uppdraget har startat men är inte helt klart och kommer att genomföras kommande år."
    ),
    (Subject.ASSIGNMENT, AssignmentStatus.DONE): "Uppdraget har genomförts.",
    (Subject.ASSIGNMENT, AssignmentStatus.NOT_DONE): "Uppdraget har inte genomförts.",
    (Subject.ASSIGNMENT, AssignmentStatus.CANCELLED): "Uppdraget har avbrutits.",
    (Subject.ACTIVITY, ActivityStatus.PLANNED): "Aktiviteten är planerad.",
    (Subject.ACTIVITY, ActivityStatus.ONGOING): "Aktiviteten pågår.",
    (Subject.ACTIVITY, ActivityStatus.DELAYED): "Aktiviteten är försenad.",
    (Subject.ACTIVITY, ActivityStatus.DONE): "Aktiviteten har genomförts.",
    (Subject.ACTIVITY, ActivityStatus.DONE_CONTINUES): (
        "Aktiviteten har genomförts och fortsätter kommande år."
    ),
    (Subject.ACTIVITY, ActivityStatus.NOT_DONE): "Aktiviteten har inte genomförts.",
    (Subject.ACTIVITY, ActivityStatus.CANCELLED): "Aktiviteten har avbrutits.",
    (Subject.GOAL, Attainment.ACHIEVED): "Bedömningen är att målet har uppnåtts.",
    (Subject.GOAL, Attainment.PARTLY): "Bedömningen är att målet delvis har uppnåtts.",
    (Subject.GOAL, Attainment.NOT_ACHIEVED): "Bedömningen är att målet inte har uppnåtts.",
    (Subject.GOAL, Attainment.NOT_JUDGED): "Målet har inte bedömts.",
}
FORESEEN: dict[Attainment, tuple[str, str]] = {
    Attainment.ACHIEVED: (
        "Bedöms uppnås",
        "Bedömningen är att målet kommer att uppnås vid årets slut.",
    ),
    Attainment.PARTLY: (
        "Bedöms delvis uppnås",
        "Bedömningen är att målet delvis kommer att uppnås vid årets slut.",
    ),
    Attainment.NOT_ACHIEVED: (
        "Bedöms inte uppnås",
        "Bedömningen är att målet inte kommer att uppnås vid årets slut.",
    ),
}
TONES: dict[Attainment, Light] = {
    Attainment.ACHIEVED: Light.MET,
    Attainment.PARTLY: Light.NEAR,
    Attainment.NOT_ACHIEVED: Light.MISSED,
    Attainment.NOT_JUDGED: Light.NOT_JUDGED,
}
LIGHTS: dict[Light, Attainment] = {
    Light.MET: Attainment.ACHIEVED,
    Light.NEAR: Attainment.PARTLY,
    Light.MISSED: Attainment.NOT_ACHIEVED,
}


@dataclass(frozen=True, kw_only=True)
class Wording:
    """An organisation's own word and sentence for a status, and what it counts as."""

    word: str
    sentence: str
    counts_as: Attainment | None = None  # as the status itself


Words = Mapping[tuple[Subject, str, Moment], Wording]


def moment_at(*, ends_on: date, year: int) -> Moment:
    """A report of a period that ends before the plan year does foresees; later ones state."""
    return Moment.FORECAST if ends_on < date(year, 12, 31) else Moment.OUTCOME


def counts_as(*, subject: Subject, status: Status, moment: Moment, words: Words) -> Attainment:
    """What the status counts as in the attainment summary.

    What the organisation's own word for the moment counts as decides, then its word for the outcome, then the
    table above (S4 ch. 4 counts "årets del har genomförts" and "bedöms vara genomfört vid årets
    slut" as achieved, "har startat men är inte helt klart" as partly). What is not started or is
    under way at a forecast says nothing of the year's end and is not judged there.
    """
    is_undecided = moment == Moment.FORECAST and status.value in UNDECIDED
    exact = words.get((subject, status.value, moment))
    if exact is not None and exact.counts_as:
        return exact.counts_as
    if is_undecided:
        return Attainment.NOT_JUDGED
    said = words.get((subject, status.value, Moment.OUTCOME))
    return said.counts_as if said and said.counts_as else COUNTS[status.value]


def status_word(*, subject: Subject, status: Status, moment: Moment, words: Words) -> str:
    """The organisation's word for the moment, else for the outcome, else ours."""
    said = words.get((subject, status.value, moment)) or words.get(
        (subject, status.value, Moment.OUTCOME)
    )
    if said:
        return said.word
    if subject == Subject.GOAL and moment == Moment.FORECAST:
        return FORESEEN.get(Attainment(status.value), (str(status.label), ""))[0]
    return str(status.label)


def status_sentence(*, subject: Subject, status: Status, moment: Moment, words: Words) -> str:
    """The sentence a report says of the status; ours where the organisation has none.

    The outcome's own sentence is not borrowed for a forecast of a goal: "har uppnåtts" is not yet
    true then (domain.md 2.3).
    """
    exact = words.get((subject, status.value, moment))
    if exact and exact.sentence:
        return exact.sentence
    if subject == Subject.GOAL and moment == Moment.FORECAST:
        goal = Attainment(status.value)
        return FORESEEN[goal][1] if goal in FORESEEN else SENTENCES[subject, goal.value]
    said = words.get((subject, status.value, Moment.OUTCOME))
    return said.sentence if said and said.sentence else SENTENCES[subject, status.value]


@dataclass(frozen=True, kw_only=True)
class ProposedResult:
    """What the stated rule proposes, and how many grounds of each kind it stands on."""

    result: Attainment
    rule: str
    achieved: int
    partly: int
    not_achieved: int
    not_judged: int

    @property
    def judged(self) -> int:
        return self.achieved + self.partly + self.not_achieved

    @property
    def in_words(self) -> str:
        """ "3 grunder är bedömda: 2 uppnådda, 1 delvis, 0 inte. 1 är inte bedömd." """
        said = (
            f"{_so_many(self.judged, 'grund är bedömd', 'grunder är bedömda')}: "
            f"{_so_many(self.achieved, 'uppnådd', 'uppnådda')}, {self.partly} delvis, "
            f"{_so_many(self.not_achieved, 'inte uppnådd', 'inte uppnådda')}."
        )
        left = _so_many(self.not_judged, "är inte bedömd", "är inte bedömda")
        return f"{said} {left}." if self.not_judged else said


def _so_many(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def proposed(*, lights: Iterable[Light], assignments: Iterable[Attainment]) -> ProposedResult:
    """What the indicators' lights and the assignments' statuses beneath a goal propose.

    The rule is printed with the judgement (``RULE``), because auditors ask how an assessment was
    reached (domain.md 2.3). A better ground never gives a worse proposal. A light or a status
    that is not judged is no ground; without any ground nothing is proposed.
    """
    grounds = Counter([*(LIGHTS.get(each, Attainment.NOT_JUDGED) for each in lights), *assignments])
    achieved, partly = grounds[Attainment.ACHIEVED], grounds[Attainment.PARTLY]
    missed = grounds[Attainment.NOT_ACHIEVED]
    judged = achieved + partly + missed
    result = Attainment.PARTLY
    if not judged:
        result = Attainment.NOT_JUDGED
    elif achieved == judged:
        result = Attainment.ACHIEVED
    elif 2 * missed >= judged:
        result = Attainment.NOT_ACHIEVED
    return ProposedResult(
        result=result,
        rule=RULE,
        achieved=achieved,
        partly=partly,
        not_achieved=missed,
        not_judged=grounds[Attainment.NOT_JUDGED],
    )


Column = tuple[int, Attainment]  # an organisation's own level by its id, 0 for one of ours


def columns_of(own: Sequence[Column]) -> tuple[Column, ...]:
    """The organisation's own levels in order, then ours for what none of them counts as."""
    known = {counts for _level, counts in own}
    return (*own, *((0, each) for each in Attainment if each not in known))


def counted(columns: Sequence[Column], nodes: Iterable[Column]) -> tuple[int, ...]:
    """How many nodes there are of each column: each under its own level, else under the first
    that counts as the same (S4 4.1)."""
    first: dict[Attainment, int] = {}
    for number, (_level, counts) in enumerate(columns):
        first.setdefault(counts, number)
    own = {level: number for number, (level, _counts) in enumerate(columns) if level}
    found = Counter(own.get(level, first[counts]) for level, counts in nodes)
    return tuple(found[number] for number in range(len(columns)))


def departs(*, proposal: Attainment, result: Attainment) -> bool:
    """True when the judgement differs from a proposal that was made: it then needs a reason."""
    return proposal not in {Attainment.NOT_JUDGED, result}
