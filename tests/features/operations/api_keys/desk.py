"""A desk's keys: says what was asked for."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from collections.abc import Mapping, Sequence

from bot.access.permits import Permit
from bot.features.operations.api_keys.owner_service import OwnerKeyService
from bot.model.ports import Post
from tests.discord.desk import Desk, DeskServices


class DeskKeys:
    """Names what was asked for."""

    async def new(self, permit: Permit, asked: Mapping[str, str]) -> Post | str:
        return f"A key for {asked['name']}, as {asked['role']}, for {asked['days']} days."

    async def show(self, permit: Permit) -> Post:
        return Post(body=("Keys of programs",))

    async def revoke(self, permit: Permit, key: str) -> str:
        return f"No key {key}."

    async def offered(self, permit: Permit, typed: str) -> Sequence[tuple[str, str]]:
        return [("n8n", "key-1")]


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {OwnerKeyService: DeskKeys()}
