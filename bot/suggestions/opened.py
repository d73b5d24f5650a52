"""Builds what suggested posts are made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from bot.engine.commands import Commands
from bot.engine.effect_handler import EffectHandler
from bot.engine.outbox import Effects
from bot.model.ports import Clock
from bot.posts.feature import NAME as POST
from bot.proposals.features import kind_of
from bot.proposals.opened import Proposing
from bot.suggestions.cases import Cases
from bot.suggestions.deciding import Deciding
from bot.suggestions.deeds import PutUp
from bot.suggestions.feature import NAME
from bot.suggestions.lapsing import LapsingPosts
from bot.suggestions.listing import Listing
from bot.suggestions.rewriting import Rewriting
from bot.suggestions.telling import Telling
from storage.database import Database

T = TypeVar("T")


class Wrapping(Protocol):
    """Wraps a part; `bot.engine.failpoints` does."""

    def __call__(self, part: str, thing: T, /) -> T:
        """The part, or what stands for it."""


@dataclass(frozen=True)
class Suggestions:
    """The parts that the rest of the program speaks to."""

    listing: Listing
    deciding: Deciding
    rewriting: Rewriting
    lapsing: LapsingPosts
    proposing: Proposing

    def deeds(self) -> Mapping[str, EffectHandler]:
        """The kind of effect that is their own."""
        proposing = self.proposing
        return {kind_of(NAME): PutUp(proposing.ground, proposing.record, proposing.features[POST])}


def open_suggestions(
    proposing: Proposing, commands: Commands, effects: Effects, around: Wrapping
) -> Suggestions:
    """Suggestions of what these proposals publish."""
    database: Database = proposing.ground.database
    clock: Clock = proposing.ground.clock
    record, feature, telling = proposing.record, proposing.features[POST], Telling(effects)
    cases = Cases(record=record, telling=telling, feature=feature, clock=clock)
    return Suggestions(
        listing=around("suggestions", Listing(database=database, record=record, clock=clock)),
        deciding=around(
            "suggestions",
            Deciding(
                database=database,
                commands=commands,
                cases=cases,
                telling=telling,
                leaving=proposing.leaving,
                effects=effects,
                feature=feature,
            ),
        ),
        rewriting=around(
            "suggestions",
            Rewriting(
                database=database,
                commands=commands,
                cases=cases,
                telling=telling,
                feature=feature,
                clock=clock,
            ),
        ),
        lapsing=LapsingPosts(database=database, telling=telling, clock=clock),
        proposing=proposing,
    )
