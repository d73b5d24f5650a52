"""A stolen database shows no token and no text; nor does what the bridge says."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.features.people.accounts.keyring import Keyring, MasterKey
from tests import postgres
from tests.database_place import with_schema
from tests.features.operations.keys.keys_scenario import contents
from tests.proofs.canary.canary_scenario import KEY, CanaryScenario, answers, files_of, played, rows_of
from tests.proofs.canary.secret_forms import SoughtSecret, found_in, found_in_bytes

RING = Keyring([MasterKey("471100", KEY)])
COMMANDS = (
    "backup",
    "door",
    "restored",
    "doctor",
    "doctor --json",
    "keys check",
    "keys check --open",
    "health",
)


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where the evening is remembered."""
    if request.param == "sqlite":
        yield with_schema(f"sqlite:///{tmp_path}/bridge.sqlite3")
        return
    with postgres.emptied() as made:
        yield made


async def test_whoever_steals_the_database_has_no_token_and_no_text(url: str, tmp_path: Path) -> None:
    rounds, least = (range(6), 60) if url.startswith("sqlite") else (range(2), 30)
    async with played(tmp_path, url, rounds=rounds) as evening:
        said = {words: await evening.command(*words.split()) for words in COMMANDS}
        told = await answers(evening.stage, sorted(evening.secrets, key=lambda secret: secret.value))
        stolen = stealing(evening)
    after = stealing(evening)

    secrets = evening.of("token", "text")
    assert len(evening.of("text")) > least
    assert len(evening.of("token")) > 25
    assert hits(stolen | after, secrets) == {}
    # Were it not encrypted, the same search would have found it; and names, which are in clear, it finds.
    assert len(found_in_bytes(opened(url), evening.of("text"))) > least
    assert found_in_bytes(opened(url), evening.of("token"))
    assert hits(stolen, evening.of("name"))
    if url.startswith("sqlite"):
        assert {name.split("/")[0] for name in stolen} >= {"bridge.sqlite3", "bridge.sqlite3-wal", "backups"}

    log = (tmp_path / "bridge.log").read_text()
    assert '"level": "DEBUG"' in log
    assert found_in(log, evening.secrets) == []
    assert {words: found_in(text, secrets) for words, text in said.items() if found_in(text, secrets)} == {}
    assert [text for text in told if found_in(text, evening.secrets)] == []
    assert any(text.startswith("200 ") and "bridge_effects_total" in text for text in told)


def stealing(evening: CanaryScenario) -> dict[str, bytes]:
    """All that lies on the disk, and on the server."""
    found = files_of(evening.folder)
    if not evening.url.startswith("sqlite"):
        found["the server's rows"] = rows_of(evening.url)
    return found


def opened(url: str) -> bytes:
    """Everything that is sealed, as whoever has the keys reads it."""
    return b"\n".join(value for values in contents(url, RING).values() for value in values)


def hits(files: dict[str, bytes], secrets: list[SoughtSecret]) -> dict[str, list[SoughtSecret]]:
    return {name: found for name, content in files.items() if (found := found_in_bytes(content, secrets))}
