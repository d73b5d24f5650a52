"""Whose each sale is by hand, and together the ledger's sum to the cent."""

import asyncio
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given, settings

from bot.features.money.credit.sums import by_member, total
from bot.features.money.periods.currency_sums import code_of
from storage.database import Database, Transaction
from storage.engine.connect import open_database
from storage.money import credited_sales
from storage.money.credited_sales import SaleFilter
from storage.records import DiscordId
from tests.features.money.credit.credit_scenario import END, WINDOW, CreditScenario, markets, new_creator

KINDS = ("sqlite", "postgres")


async def _as_by_hand(database: Database, market: CreditScenario) -> None:
    creator = new_creator()
    await database.write(lambda tx: market.keep(tx, creator))
    wanted = SaleFilter(creator, 5, END - 5, WINDOW)

    async def work(tx: Transaction) -> tuple[list[credited_sales.Sale], list[credited_sales.SaleGroup]]:
        return await credited_sales.sales(tx, wanted, limit=100), await credited_sales.groups(tx, wanted)

    sales, groups = await database.read(work)
    lines = [one for one in market.lines if wanted.since <= one.at < wanted.until]
    by_hand = {one.key: market.whose(one) for one in lines}

    found = {one.key: (one.sender, one.last) if one.move is None else (one.given, one.given) for one in sales}
    assert found == by_hand

    for rule in (0, 1):
        gross: dict[tuple[DiscordId | None, str], int] = defaultdict(int)
        for one in lines:
            gross[by_hand[one.key][rule], code_of(one.currency)] += one.gross
        summed = {
            (member, code): (both.sent, both.last)[rule].gross
            for code, members in by_member(groups).items()
            for member, both in members.items()
        }
        assert {key: cents for key, cents in summed.items() if cents} == {k: c for k, c in gross.items() if c}
    for code, members in by_member(groups).items():
        whole = [one for one in lines if code_of(one.currency) == code]
        both = total(members.values())
        for part in (both.sent, both.last):
            assert part.gross == sum(one.gross for one in whole)
            assert part.net == sum(one.net or 0 for one in whole)
            assert part.without_net == sum(one.net is None for one in whole)
            assert part.sales + part.backs == len(whole)
            assert part.back == sum(one.gross for one in whole if one.gross < 0 or one.reverses is not None)


@pytest.mark.parametrize("url", KINDS, indirect=True)
def test_every_sale_is_whose_the_rules_say_and_nothing_is_lost(url: str, tmp_path: Path) -> None:
    with asyncio.Runner() as runner:
        database = runner.run(open_database(url, now=0))

        @settings(max_examples=60, deadline=None)
        @given(markets())
        def as_by_hand(market: CreditScenario) -> None:
            runner.run(_as_by_hand(database, market))

        try:
            as_by_hand()
        finally:
            runner.run(database.close())
