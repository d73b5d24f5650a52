"""Builds the answers about money."""

from dataclasses import dataclass

from bot.earnings.books import Books
from bot.engine.pseudonyms import Pseudonyms
from bot.income.answers import Answers, Beside
from bot.income.everyone import Everyone
from bot.income.spending import NamesThere, Spending
from bot.model.ports import Clock
from storage.database import Database


@dataclass(frozen=True)
class Income:
    """What commands ask: about one creator, and about all."""

    answers: Answers
    everyone: Everyone


def open_income(
    *, database: Database, books: Books, reading: NamesThere, names: Pseudonyms, clock: Clock, beside: Beside
) -> Income:
    """Answers from these books; `reading` tells names that the bridge never learned.

    `beside`: what else is said below the sums of some days.
    """
    spending = Spending(database=database, reading=reading, names=names)
    answers = Answers(database=database, books=books, spending=spending, clock=clock, beside=beside)
    return Income(answers, Everyone(answers=answers, books=books))
