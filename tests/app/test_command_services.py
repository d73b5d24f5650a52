"""Whatever a command asks for is there from the start."""

from pathlib import Path

import pytest

from bot.access.permits import Access
from bot.app.program import built
from bot.discord.services import Services
from bot.engine.failpoints import SEEN
from bot.settings.loader import load
from tests.architecture.services import asked_services
from tests.database_place import with_schema
from tests.settings.test_settings import WHOLE


@pytest.mark.parametrize("wrapped", [False, True])
async def test_every_service_that_is_asked_for_is_put_in_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, wrapped: bool
) -> None:
    if wrapped:  # in failpoints, as in the proofs
        monkeypatch.setenv(SEEN, str(tmp_path / "seen"))
    environ = WHOLE | {"DATABASE_URL": with_schema(f"sqlite:///{tmp_path}/bridge.sqlite3")}

    async with built(load(environ)) as bridge:
        kept = bridge.bot.services.kinds

    assert len(kept) > 80
    assert sorted(one.__name__ for one in kept ^ asked_services()) == []


def test_one_that_nobody_put_in_is_said_by_its_name() -> None:
    with pytest.raises(LookupError, match=r"There is no Access: bot\.app\.command_services does"):
        Services().get(Access)


def test_two_of_one_class_are_refused() -> None:
    services = Services()
    services.put(str, "first")

    with pytest.raises(ValueError, match="There are two of str"):
        services.put(str, "second")
    assert services.get(str) == "first"
