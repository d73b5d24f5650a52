"""/fan promise, and “Mark as a promise” in the menu of a message."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.asking import asks, each, here
from bot.discord.bridge import DiscordBridge
from bot.discord.command_examples import example
from bot.model.language import msgid
from cogs.inbox.promise_views import (
    add_promise,
    change_promise,
    drop_promise,
    keep_promise,
    list_promises,
    offer_dates,
    offer_promises,
)
from cogs.inbox.promise_windows import PROMISE_LIMIT, mark_promise

NAME = msgid("Mark as a promise")
_WHICH = msgid("Choose one from the list. Leave empty if there is only one.")
_UNTIL = msgid("For example “tonight”, “friday”, “tomorrow 9:00”, “26 Nov 18:00” or “in 3 days”.")


class PromiseCog(commands.GroupCog, group_name="fan"):
    """Everything here is private; the card in the thread says what is owed."""

    promise = app_commands.Group(name="promise", description="Promises to fans.")

    @promise.command(name="add", description="Write down a promise to this thread's fan.")
    @app_commands.describe(what="For example: the beach video.", until=_UNTIL)
    @example(
        "/fan promise add what:{what} until:{until}", what=msgid("the beach video"), until=msgid("fri 20:00")
    )
    @asks(Action.PROMISE, here)
    async def add(
        self,
        interaction: discord.Interaction[Any],
        what: app_commands.Range[str, 1, PROMISE_LIMIT],
        until: str,
    ) -> None:
        """The writer is reminded."""
        await add_promise(interaction, what, until)

    @promise.command(name="list", description="Show this fan's open promises; outside a thread, everyone's.")
    @example("/fan promise list")
    @asks(Action.PROMISES, each)
    async def list(self, interaction: discord.Interaction[Any]) -> None:
        """The soonest due first."""
        await list_promises(interaction)

    @promise.command(name="done", description="Mark a promise to this thread's fan as kept.")
    @app_commands.describe(promise=_WHICH)
    @example("/fan promise done")
    @asks(Action.PROMISE, here)
    async def done(self, interaction: discord.Interaction[Any], promise: str | None = None) -> None:
        """It leaves the card, and its reminder goes."""
        await keep_promise(interaction, promise)

    @promise.command(name="change", description="Change a promise's time or words.")
    @app_commands.describe(promise=_WHICH, until=_UNTIL, what="The new words.")
    @example("/fan promise change until:{until}", until=msgid("sat 20:00"))
    @asks(Action.PROMISE, here)
    async def change(
        self,
        interaction: discord.Interaction[Any],
        until: str | None = None,
        what: app_commands.Range[str, 1, PROMISE_LIMIT] | None = None,
        promise: str | None = None,
    ) -> None:
        """Of a new time somebody is reminded again."""
        await change_promise(interaction, promise, what, until)

    @promise.command(name="drop", description="Drop a promise to this thread's fan.")
    @app_commands.describe(reason="Why; your colleagues see it in /fan promise list.", promise=_WHICH)
    @example("/fan promise drop reason:{reason}", reason=msgid("The fan wants a photo instead"))
    @asks(Action.PROMISE, here)
    async def drop(
        self,
        interaction: discord.Interaction[Any],
        reason: app_commands.Range[str, 1, PROMISE_LIMIT],
        promise: str | None = None,
    ) -> None:
        """It can be read for two weeks more."""
        await drop_promise(interaction, promise, reason)

    add.autocomplete("until")(offer_dates)
    change.autocomplete("until")(offer_dates)
    change.autocomplete("promise")(offer_promises)
    done.autocomplete("promise")(offer_promises)
    drop.autocomplete("promise")(offer_promises)


@example(
    msgid("Press and hold a line of the thread → Apps → {menu}"),
    does=msgid("Write down that this line is a promise to the fan."),
)
@asks(Action.PROMISE, here)
async def mark_as_promise(interaction: discord.Interaction[Any], message: discord.Message) -> None:
    """Nothing is written down before the window is sent."""
    await mark_promise(interaction, message)


async def setup(bot: DiscordBridge) -> None:
    """Called by the bot before it connects."""
    bot.tree.add_command(app_commands.ContextMenu(name=NAME, callback=mark_as_promise), override=True)
