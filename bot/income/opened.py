"""Builds the answers about money."""

from dataclasses import dataclass

from bot.earnings.books import Books
from bot.income.answers import Answers
from bot.income.everyone import Everyone
from bot.income.spending import NamesThere, Spending
from bot.relay.ports import Clock
from bot.relay.pseudonyms import Pseudonyms
from storage.database import Database


@dataclass(frozen=True)
class Income:
    """What commands ask: about one creator, and about all."""

    answers: Answers
    everyone: Everyone


def open_income(
    *, database: Database, books: Books, reading: NamesThere, names: Pseudonyms, clock: Clock
) -> Income:
    """Answers from these books; `reading` tells names that the bridge never learned."""
    spending = Spending(database=database, reading=reading, names=names)
    answers = Answers(database=database, books=books, spending=spending, clock=clock)
    return Income(answers, Everyone(answers=answers, books=books))
