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
from bot.model.language import msgid, tr
from storage.database import Transaction
from storage.inbox.guard_words import SHARED

_WAYS = (
    SettingWay("/settings guard add", ("words", "level", "whose"), label=msgid("Forbid a word")),
    SettingWay("/settings guard remove", ("words",), label=msgid("Allow one again")),
    SettingWay("/settings guard words", label=msgid("Show the words")),
    SettingWay("/settings guard export", ("whose",), label=msgid("Get a file")),
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
            return tr("We can't read one of the lists. Show the words to see which.")
        return tr(
            "{own} for this creator, {shared} for all creators here.",
            own=len(own.words),
            shared=len(shared.words),
        )

    title = msgid("Words your team forbids")
    return SETTING_ROWS.of(
        SettingRow("guard_words", SettingGroup.GUARD, title, value, Action.GUARD_SET, _WAYS)
    )
