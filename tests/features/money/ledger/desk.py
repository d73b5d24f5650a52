"""A desk's ledger, in which nothing is written."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from bot.access.permits import Permit
from bot.features.money.ledger.check_service import LedgerCheckService
from bot.model.ports import Post
from storage.records import Link
from tests.discord.desk import Desk, DeskServices


class DeskLedger:
    """A ledger in which nothing is written."""

    async def check(self, link: Link, permit: Permit) -> Post:
        return Post(title="Ledger", body=("Nothing to compare yet.",))

    async def rebuild(self, link: Link, permit: Permit) -> str:
        return "There is nothing to read yet."


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {LedgerCheckService: DeskLedger()}
