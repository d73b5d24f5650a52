"""A rule sends with no more rights than the key and the owner both have."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from bot.sandbox.fanvue.people import StandInFan
from tests.features.operations.draft_rules.autosend_scenario import AutosendScenario

pytestmark = pytest.mark.asyncio(loop_scope="package")

CEILING = 1_000  # cents: of chatters


@pytest_asyncio.fixture(loop_scope="package")
async def limited(writer: AutosendScenario) -> AsyncIterator[AutosendScenario]:
    """The owner lets no chatter ask for more, and has a rule for replies."""
    await writer.limits_prices(role="chatter", ceiling="10")
    await writer.allows(limit=20, wait=1)
    yield writer
    await writer.limits_prices(role="chatter", ceiling="none")


async def drafts(writer: AutosendScenario, fan: StandInFan, key: str, price: int | None = None) -> int:
    """The program answers with a vault item; the status."""
    await writer.house.greeted(fan)
    item = str(writer.house.stage.media[0])
    priced = {} if price is None else {"price_cents": price}
    body: dict[str, Any] = {"text": "for you", "media": [item], "answers": str(fan.chat()[-1].uuid), **priced}
    status, _ = await writer.write(key, fan, **body)
    return status


@pytest.mark.parametrize("price", [None, 40_000])
async def test_a_trainees_key_drafts_nothing_from_the_vault(
    limited: AutosendScenario, price: int | None
) -> None:
    fan = limited.house.fan("Tess")
    status = await drafts(limited, fan, await limited.key("drafts", role="trainee"), price)

    assert status == 403
    assert fan.inbox() == []


async def test_a_price_above_its_roles_ceiling_waits_for_people(limited: AutosendScenario) -> None:
    fan, key = limited.house.fan("Cleo"), await limited.key("drafts", role="chatter")
    status = await drafts(limited, fan, key, 40_000)
    await limited.house.shows(fan, "Not sent by the owner's rule.")

    assert status == 201
    assert fan.inbox() == []


async def test_what_a_lead_approves_for_its_role_waits_for_people(limited: AutosendScenario) -> None:
    fan, key = limited.house.fan("Tara"), await limited.key("drafts", role="trainee")
    await limited.house.greeted(fan)
    draft = await limited.answers(key, fan, "Good night")
    await limited.house.shows(fan, "Not sent by the owner's rule.")
    line = limited.house.with_words(fan, "Good night")

    assert any("a lead's approval" in words for words in line)
    assert await limited.state(key, draft) == "waiting"
    assert fan.inbox() == []
