from pathlib import Path

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = YAML(typ="safe").load((ROOT / "docker-compose.yml").read_text())
LONG_LIVED = {"web", "worker", "beat", "postgres", "redis"}


def test_compose_starts_web_worker_beat_postgresql_and_redis():
    assert set(COMPOSE["services"]) == LONG_LIVED | {"prepare"}


def test_the_image_holds_its_static_files():
    """Collected as the user it runs as, once the sources are in it."""
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    collects = next(line for line in lines if "collectstatic" in line)

    assert collects.startswith("RUN ")
    assert lines.index("COPY . .") < lines.index("USER uppsikt") < lines.index(collects)


@pytest.mark.parametrize("name", sorted(LONG_LIVED))
def test_compose_checks_the_health_of(name):
    health = COMPOSE["services"][name]["healthcheck"]

    assert set(health) >= {"test", "interval", "timeout", "retries"}


@pytest.mark.parametrize("name", ["SECRET_KEY", "POSTGRES_PASSWORD", "ALLOWED_HOSTS"])
def test_env_example_explains_what_compose_asks_for(name):
    lines = (ROOT / ".env.example").read_text().splitlines()
    place = next(index for index, line in enumerate(lines) if line.startswith(f"{name}="))

    assert lines[place - 1].startswith("#")


def test_env_example_holds_no_secret():
    lines = (ROOT / ".env.example").read_text().splitlines()

    assert {"SECRET_KEY=", "POSTGRES_PASSWORD="} <= set(lines)
