"""Fixtures of whole programs: a house of its own for each module or package."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any, Literal

import pytest
import pytest_asyncio

from tests.proofs.faults.live_bridge import LiveBridge, housed


def own_house(
    first: Callable[[LiveBridge], Awaitable[object]] | None = None,
    *,
    scope: Literal["function", "module", "package"] = "module",
    silent: bool = False,
    restarted: Mapping[str, str] | None = None,
    **options: Any,
) -> Any:
    """A fixture: a house in which `first` was done, and in the end both contracts were kept.

    `silent`: nobody may have been mentioned. `restarted`: with these settings, once it is open. `options`
    are those of `housed`.
    """

    @pytest_asyncio.fixture(scope=scope, loop_scope=scope)
    async def house(
        tmp_path_factory: pytest.TempPathFactory, virtual_time: None
    ) -> AsyncIterator[LiveBridge]:
        async with housed(tmp_path_factory.mktemp("house"), **options) as made:
            if restarted is not None:
                await made.restart(**restarted)
            if first is not None:
                await first(made)
            yield made
            assert made.stage.discord.contract_errors == []
            assert made.stage.fanvue.contract_errors == []
            assert not silent or made.stage.discord.ledger.of("mentions_allowed") == []

    return house
