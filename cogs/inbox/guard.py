"""/settings guard: the checks before something leaves, and how strict they are."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.asking import asks, here_or_chosen
from bot.discord.command_examples import example
from bot.model.language import msgid
from cogs.inbox.guard_views import set_guard, show_guard, try_guard
from cogs.inbox.guard_word_views import (
    add_word,
    export_words,
    import_words,
    offer_words,
    remove_word,
    show_words,
)

_PACKS = {
    "Payment outside Fanvue": "payment",
    "Contacts outside Fanvue": "contacts",
    "Meeting in person": "meeting",
    "Minors": "age",
    "Who is writing": "presence",
}
_LEVELS = {
    "off: nothing happens": "off",
    "warn: the author is asked": "warn",
    "hold: another lead decides": "hold",
    "block: it is not sent": "block",
}
_WORD_LEVELS = {name: level for name, level in _LEVELS.items() if level != "off"}
_WHOSE = msgid("For one creator, unless you say otherwise.")
_SHARED = "shared"
_FOR_ALL = [app_commands.Choice(name="for all creators of this server", value=_SHARED)]


class GuardCog(commands.GroupCog, group_name="settings"):
    """Set by leads, heard before every reply, mass message and post."""

    guard = app_commands.Group(name="guard", description="Checks on messages before they're sent.")

    @guard.command(name="show", description="Show what is checked, and what happens then.")
    @example("/settings guard show")
    @asks(Action.GUARD_SHOW, here_or_chosen)
    async def show(self, interaction: discord.Interaction[Any], creator: str | None = None) -> None:
        """Shown to the asking person alone."""
        await show_guard(interaction)

    @guard.command(name="set", description="Set how strict the guard is about one thing.")
    @app_commands.describe(pack="What to check.", level="What happens when it's found.")
    @app_commands.choices(
        pack=[app_commands.Choice(name=name, value=value) for name, value in _PACKS.items()],
        level=[app_commands.Choice(name=name, value=value) for name, value in _LEVELS.items()],
    )
    @example("/settings guard set pack:Meeting in person level:hold")
    @asks(Action.GUARD_SET, here_or_chosen)
    async def choose(
        self, interaction: discord.Interaction[Any], pack: str, level: str, creator: str | None = None
    ) -> None:
        """It holds at once; the audit says who."""
        await set_guard(interaction, pack, level)

    @guard.command(name="test", description="Try a text: what would the guard do? Nothing is sent.")
    @app_commands.describe(text="It is not stored.")
    @example("/settings guard test text:{text}", text=msgid("Add me on WhatsApp"))
    @asks(Action.GUARD_TEST, here_or_chosen)
    async def test(
        self,
        interaction: discord.Interaction[Any],
        text: app_commands.Range[str, 1, 5000],
        creator: str | None = None,
    ) -> None:
        """Shown to the asking person alone."""
        await try_guard(interaction, text)

    @guard.command(name="words", description="Show the words that your team forbids.")
    @example("/settings guard words")
    @asks(Action.GUARD_SET, here_or_chosen)
    async def words(self, interaction: discord.Interaction[Any], creator: str | None = None) -> None:
        """For leads alone: a list may have a creator's real name."""
        await show_words(interaction)

    @guard.command(name="add", description="Forbid a word or phrase.")
    @app_commands.describe(
        words="Finds disguised spellings too: r3al n4me.",
        level="What happens when it's found.",
        whose=_WHOSE,
    )
    @app_commands.choices(
        level=[app_commands.Choice(name=name, value=value) for name, value in _WORD_LEVELS.items()],
        whose=_FOR_ALL,
    )
    @example("/settings guard add words:{words} level:block", words=msgid("real name"))
    @asks(Action.GUARD_SET, here_or_chosen)
    async def add(
        self,
        interaction: discord.Interaction[Any],
        words: app_commands.Range[str, 1, 60],
        level: str,
        whose: str | None = None,
        creator: str | None = None,
    ) -> None:
        """A word that is there gets this level."""
        await add_word(interaction, words, level, shared=whose == _SHARED)

    @guard.command(name="remove", description="Allow a forbidden word again.")
    @app_commands.describe(words="Choose one from the list as you type.")
    @example("/settings guard remove words:{words}", words=msgid("real name"))
    @asks(Action.GUARD_SET, here_or_chosen)
    async def remove(
        self, interaction: discord.Interaction[Any], words: str, creator: str | None = None
    ) -> None:
        """Of the creator's list, or of the server's."""
        await remove_word(interaction, words)

    @guard.command(name="export", description="Get the forbidden words as a text file, for you alone.")
    @app_commands.describe(whose=_WHOSE)
    @app_commands.choices(whose=_FOR_ALL)
    @example("/settings guard export")
    @asks(Action.GUARD_SET, here_or_chosen)
    async def export(
        self, interaction: discord.Interaction[Any], whose: str | None = None, creator: str | None = None
    ) -> None:
        """In an answer that only the asking person sees."""
        await export_words(interaction, shared=whose == _SHARED)

    @guard.command(name="import", description="Import forbidden words from a text file. You confirm first.")
    @app_commands.describe(
        file="One word or phrase a line, as /settings guard export makes it.",
        whose=_WHOSE,
    )
    @app_commands.choices(whose=_FOR_ALL)
    @example("/settings guard import file:forbidden-words.txt")
    @asks(Action.GUARD_IMPORT, here_or_chosen)
    async def import_(
        self,
        interaction: discord.Interaction[Any],
        file: discord.Attachment,
        whose: str | None = None,
        creator: str | None = None,
    ) -> None:
        """The whole file is checked first; nothing is kept if a line is wrong."""
        await import_words(interaction, file, shared=whose == _SHARED)

    remove.autocomplete("words")(offer_words)
