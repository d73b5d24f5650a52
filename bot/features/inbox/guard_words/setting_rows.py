"""What /settings says of the words that a team forbids."""

from bot.access.permits import Permit
from bot.access.policy import Action
from bot.engine.slots import SlotEntry
from bot.features.inbox.guard_words.word_lists import GuardWordLists, GuardWordScope
from bot.features.operations.settings.model import (
    SETTING_ROWS,
    SettingGroup,
    SettingRow,
    SettingWay,
    creator_of,
)
from storage.database import Transaction
from storage.inbox.guard_words import SHARED

_WAYS = (
    SettingWay("/settings guard add", ("words", "level", "whose"), label="Forbid a word"),
    SettingWay("/settings guard remove", ("words",), label="Allow one again"),
    SettingWay("/settings guard words", label="Show the words"),
    SettingWay("/settings guard export", ("whose",), label="Get a file"),
)


def word_row(lists: GuardWordLists) -> SlotEntry:
    """How many there are; the words themselves are shown on request."""

    async def value(tx: Transaction, permit: Permit) -> str:
        guild = permit.actor.guild
        if guild is None:
            return ""
        own = await lists.of(tx, GuardWordScope(guild, creator_of(permit)))
        shared = await lists.of(tx, GuardWordScope(guild, SHARED))
        if own.words is None or shared.words is None:
            return "We can't read one of the lists. Show the words to see which."
        return f"{len(own.words)} for this creator, {len(shared.words)} for all creators here."

    title = "Words your team forbids"
    return SETTING_ROWS.of(
        SettingRow("guard_words", SettingGroup.GUARD, title, value, Action.GUARD_SET, _WAYS)
    )
