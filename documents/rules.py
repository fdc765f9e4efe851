"""How long a job is held, where it waits, what it tells, and what a checked file is told."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from documents.enums import Finding, PageFormat, State
from governance.rules import Invalid, Refusal

LEASE: Final = timedelta(seconds=15)
HEARTBEAT: Final = timedelta(seconds=3)
RING_AGAIN_AFTER: Final = timedelta(seconds=5)
RING_SILENCE: Final = timedelta(seconds=15)
TRY_AGAIN_AFTER: Final = timedelta(minutes=1)
SKEW: Final = timedelta(minutes=1)  # how much the clocks of two machines may differ
TEMPORARY_FOR: Final = timedelta(days=1)  # longer than any change of the clock
ATTEMPTS: Final = 5
MAIL_SILENCE: Final = timedelta(hours=1)  # one mail per matter and person
MOST_NAMED: Final = 4
CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")

FAST_QUEUE: Final = "pdf-fast"
LONG_QUEUE: Final = "pdf-long"
SHORT_HTML: Final = 150_000

LARGEST_UPLOAD: Final = 50 * 1024 * 1024
BACK_OFF_AFTER: Final = timedelta(seconds=20)


class NotFinished(Refusal):
    """The document has no bytes yet."""


class CorruptFile(Refusal):
    """The stored bytes are not those whose hash was stored."""


class MissingFile(Refusal):
    """The stored bytes are gone."""


class MissingTemplate(Refusal):
    """The document's template is not installed: nothing is ordered."""


class NotRetryable(Refusal):
    """Only a failed job can be started again."""


class NoStamp(Refusal):
    """The stamp's certificate is not there."""


class NotSent(Refusal):
    """The mail server said no, and will say no again."""


class TryLater(Refusal):
    """It may go well by itself in a while."""


class ReadingBusy(Refusal):
    """The person's last file is still being read."""

    status = 429


class HeavyFile(Invalid):
    """Reading the file takes more than a file may."""


class UnreadableFile(Invalid):
    """The file is damaged, or of another kind."""


class UnfitContent(Invalid):
    """The reader's own words on why the file is not taken."""


class LostLease(Exception):
    """Somebody else has taken the job: this worker's result is not wanted."""


@dataclass(frozen=True, kw_only=True)
class JobWords:
    """What a kind of job is called in what it tells, begun with a capital and definite."""

    name: str
    waiting: str
    starting: str
    done: str
    when_slow: str = "Försök igen senare."

    @property
    def not_retryable(self) -> str:
        return f"{self.name} har inte misslyckats och behöver inte startas om."

    @property
    def given_up(self) -> str:
        return (
            f"{self.name} avbröts flera gånger och har stoppats. "
            "Försök igen, eller kontakta den som sköter systemet."
        )

    @property
    def too_slow(self) -> str:
        return f"{self.name} tog för lång tid och avbröts. {self.when_slow}"

    def broken(self, fault: str, pk: int) -> str:
        return (
            f"{self.name} misslyckades ({fault}). Försök igen, eller kontakta den som sköter "
            f"systemet och uppge nummer {pk}."
        )

    def announcement(self, state: State) -> str:
        says = {
            State.QUEUED: "har startat",
            State.RUNNING: "pågår",
            State.READY: self.done,
            State.FAILED: "misslyckades",
        }
        return f"{self.name} {says[state]}."


PRINTING: Final = JobWords(
    name="Utskriften",
    waiting="Väntar på utskrift",
    starting="Startar utskriften",
    done="är klar och kan hämtas",
    when_slow="Dela upp underlaget eller försök igen senare.",
)
MAILING: Final = JobWords(
    name="Utskicket", waiting="Väntar på att skickas", starting="Skickas", done="är skickat"
)


@dataclass(frozen=True, kw_only=True)
class Limits:
    queue: str
    soft_seconds: int
    hard_seconds: int


FAST: Final = Limits(queue=FAST_QUEUE, soft_seconds=60, hard_seconds=75)
LONG: Final = Limits(queue=LONG_QUEUE, soft_seconds=90, hard_seconds=120)


def limits(*, page_format: PageFormat, html_length: int) -> Limits:
    """Slides and short A4 documents go past the long reports; each queue has its own time limits."""
    if page_format == PageFormat.SLIDES or html_length <= SHORT_HTML:
        return FAST
    return LONG


def one_line(text: str) -> str:
    """The text without line breaks and control characters: no name can begin a mail header."""
    return " ".join(CONTROL.sub(" ", text).split())


def letter_text(*, to: str, parts: Iterable[str], signed: Iterable[str]) -> str:
    """A whole mail in plain text."""
    greeting = f"Hej {one_line(to)}!"
    return "\n\n".join([greeting, *parts, "\n".join(["Hälsningar", *map(one_line, signed)])]) + "\n"


def told_words(names: Sequence[str]) -> str:
    """ "Besked går till Eva Sandell och Johan Ekström." """
    if not names:
        return "Ingen har i dag rollen som skulle få besked."
    if len(names) > MOST_NAMED:
        names = [*names[: MOST_NAMED - 1], f"{len(names) - MOST_NAMED + 1} till"]
    *first, last = names
    return (
        f"Besked går till {', '.join(first)} och {last}." if first else f"Besked går till {last}."
    )


def takes_long(*, requested_at: datetime, now: datetime) -> bool:
    """The page asks every second at first and every third second when it takes long."""
    return now - requested_at >= BACK_OFF_AFTER


def safe_filename(filename: str) -> str:
    """A file name for any system: no path, no control characters, ends in .pdf."""
    bare = re.sub(r"[\x00-\x1f\x7f/\\:*?\"<>|]+", " ", filename).strip(" .")
    bare = re.sub(r"\s+", " ", bare) or "dokument"
    return bare if bare.lower().endswith(".pdf") else f"{bare}.pdf"


@dataclass(frozen=True, kw_only=True)
class Observed:
    """What is established about an uploaded file, each on its own."""

    is_pdf: bool = True
    readable: bool = True
    encrypted: bool = False
    too_large: bool = False
    too_heavy: bool = False
    hash_known: bool = False
    stamped: bool = False
    stamp_intact: bool = False
    whole_file_covered: bool = False
    anchor_ours: bool = False
    another_expected: bool = False


def finding(seen: Observed) -> Finding:
    """What the observations come to, gravest first. A valid stamp alone proves little: bytes put
    after the end leave it valid (ISO 32000, incremental updates), hence coverage and hash."""
    cases = (
        (seen.too_large, Finding.TOO_LARGE),
        (not seen.is_pdf, Finding.NOT_A_PDF),
        (seen.too_heavy, Finding.TOO_HEAVY),
        (seen.encrypted, Finding.ENCRYPTED),
        (not seen.readable, Finding.DAMAGED),
        (seen.hash_known and not seen.stamped, Finding.GENUINE_UNSTAMPED),
        (not seen.stamped, Finding.UNKNOWN_UNSTAMPED),
        (not seen.stamp_intact, Finding.CHANGED),
        (not seen.anchor_ours, Finding.FOREIGN_STAMP),
        (not seen.whole_file_covered, Finding.APPENDED),
        (not seen.hash_known, Finding.UNKNOWN_STAMPED),
        (seen.another_expected, Finding.ANOTHER),
    )
    return next((result for condition, result in cases if condition), Finding.GENUINE)


SUMMARY: Final = {
    Finding.GENUINE: (
        "Filen är äkta: den är exakt den fil som stämplades här, "
        "och ingenting har ändrats eller lagts till."
    ),
    Finding.GENUINE_UNSTAMPED: (
        "Filen är känd: den är exakt den fil som skapades här, men den har ingen elektronisk stämpel."
    ),
    Finding.TOO_LARGE: (
        "Filen är för stor för att kontrolleras. Den får vara högst "
        f"{LARGEST_UPLOAD // (1024 * 1024)} MB."
    ),
    Finding.TOO_HEAVY: (
        "Filen kräver för mycket tid eller minne för att kontrolleras. Lita inte på den."
    ),
    Finding.NOT_A_PDF: "Filen är ingen PDF och kan inte kontrolleras.",
    Finding.ENCRYPTED: (
        "Filen är skyddad med lösenord och kan inte kontrolleras. Handlingar härifrån är inte det."
    ),
    Finding.DAMAGED: (
        "Filen är skadad eller ändrad: den går inte att läsa som PDF. Lita inte på den."
    ),
    Finding.ANOTHER: ("Filen är äkta, men den är en annan handling än den som efterfrågas här."),
    Finding.CHANGED: (
        "Filen är ändrad: innehållet stämmer inte med den elektroniska stämpeln. Lita inte på den."
    ),
    Finding.APPENDED: (
        "Något har lagts till i filen efter att den stämplades. "
        "Det som stämplades är oförändrat, men lita inte på tillägget."
    ),
    Finding.UNKNOWN_UNSTAMPED: (
        "Filen är okänd: den har ingen elektronisk stämpel och är inte skapad här."
    ),
    Finding.FOREIGN_STAMP: (
        "Filen är stämplad av någon annan: stämpelns certifikat är inte vårt. "
        "Vi kan inte säga att den kommer härifrån."
    ),
    Finding.UNKNOWN_STAMPED: (
        "Filen har vår elektroniska stämpel, men den är inte exakt någon av organisationens "
        "sparade handlingar. Något i den kan vara ändrat."
    ),
}
