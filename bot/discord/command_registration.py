"""Tells Discord the commands, where they differ from what it was told before."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

import discord

from bot.discord.bridge import DiscordBridge
from bot.discord.command_roots import for_the_team
from bot.discord.failures import translated
from bot.discord.old_names import with_old_names
from bot.discord.translations import worded
from bot.engine.told_commands import ToldCommands
from storage.records import DiscordId


class CommandRegistration:
    """The commands of one bot."""

    def __init__(self, bot: DiscordBridge, guild_ids: Sequence[DiscordId]) -> None:
        """`guild_ids`: tell only these servers, which is instant, instead of all."""
        self._bot = bot
        self._guild_ids = guild_ids
        self.languages: Mapping[str, Any] = {}
        self.to_team = False  # whether only those who have the team's mark are offered most of them
        self.old_names = False  # whether the names of the version before are offered, too

    def fingerprint(self) -> str:
        """A hash of every command as Discord would be told, of its names in all languages, and of where."""
        tree = self._bot.tree
        told = self._offered([command.to_dict(tree) for command in tree.get_commands()])
        text = json.dumps([told, sorted(self._guild_ids), self.languages], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def payload(self) -> list[Any]:
        """What Discord is told, in every language."""
        return self._offered(worded(self._bot.tree))

    def _offered(self, told: list[dict[str, Any]]) -> list[dict[str, Any]]:
        told = with_old_names(told) if self.old_names else told
        return for_the_team(told) if self.to_team else told

    async def tell(self, known: str | None) -> ToldCommands | None:
        """Tell it; None: it knows this fingerprint. Raises one of the four failures of a delivery."""
        fingerprint = self.fingerprint()
        if fingerprint == known:
            return None
        bot, told = self._bot, self.payload()
        assert bot.application_id is not None
        with translated():
            for guild_id in self._guild_ids:
                bot.tree.copy_global_to(guild=discord.Object(guild_id))
                made = await bot.http.bulk_upsert_guild_commands(bot.application_id, guild_id, told)
                bot.mentions.told(guild_id, made)
            if not self._guild_ids:
                made = await bot.http.bulk_upsert_global_commands(bot.application_id, told)
                bot.mentions.told(0, made)
        return ToldCommands(fingerprint, self.to_team, self.old_names)
