"""A desk's ledger, in which nothing is written."""

from bot.features.money.ledger.check_service import LedgerCheckService
from bot.model.ports import Post
from tests.discord.desk_answers import answering

STAND_INS = answering(
    LedgerCheckService,
    check=Post(title="Ledger", body=("Nothing to compare yet.",)),
    rebuild="There is nothing to read yet.",
)
