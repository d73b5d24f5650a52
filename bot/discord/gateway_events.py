"""Discord's events between the commands, handed on as hints (D5)."""

import discord

from bot.discord.bridge import DiscordBridge
from bot.discord.discord_permissions import can_post
from bot.discord.typed_events import heard_of
from bot.discord.typed_history import TypedHistory, written_at
from storage.records import DiscordId


class GatewayEventBot(DiscordBridge):
    """Hands events on; nothing is decided here, and nothing waits."""

    async def on_message(self, message: discord.Message, /) -> None:
        """Note the bot's own messages; read people's only where the settings ask for it."""
        own = self.user is not None and message.author.id == self.user.id
        if own and message.guild is not None and message.type is discord.MessageType.default:
            self.context.noticing.posted(DiscordId(message.channel.id), DiscordId(message.id))
        if not own and self.context.hearing.listens and (heard := heard_of(message, self.user)) is not None:
            self.context.hearing.heard(heard)

    async def on_connect(self) -> None:
        """READY: a new session, which names its servers and has told of none."""
        self.context.catching.live([DiscordId(guild.id) for guild in self.guilds])

    async def on_ready(self) -> None:
        """READY is done with; of a server that came at that very moment the library says nothing more."""
        for guild in self.guilds:
            if not guild.unavailable:
                self._note_threads(guild)
                self._look_back(guild)

    async def on_raw_message_edit(self, edited: discord.RawMessageUpdateEvent) -> None:
        """Somebody changed what they typed; a link that Discord unfolds changes nothing."""
        if edited.data.get("edited_timestamp") and not edited.data.get("author", {}).get("bot"):
            self.context.hearing.edited(DiscordId(edited.message_id))

    async def on_raw_message_delete(self, gone: discord.RawMessageDeleteEvent) -> None:
        """A board that somebody deleted is made again; a typed message that was not sent stays inside."""
        self.context.noticing.deleted(DiscordId(gone.message_id))
        self.context.hearing.gone(DiscordId(gone.message_id))

    async def on_raw_bulk_message_delete(self, gone: discord.RawBulkMessageDeleteEvent) -> None:
        """The same for many at once."""
        for message in gone.message_ids:
            self.context.noticing.deleted(DiscordId(message))
            self.context.hearing.gone(DiscordId(message))

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """GUILD_CREATE of a server that the bot was on."""
        self._look_back(guild)
        self._note_threads(guild)
        self._note_change(guild)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """GUILD_CREATE of a server that invited the bot, perhaps again."""
        self._look_back(guild)
        self._note_threads(guild)
        self._note_change(guild)
        first = guild.system_channel
        if first is not None and can_post(first.permissions_for(guild.me)):
            self.context.noticing.joined(DiscordId(guild.id), DiscordId(first.id))

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """GUILD_DELETE that is no outage: the bot was removed, or the server is gone."""
        self.context.noticing.removed(DiscordId(guild.id))

    async def on_guild_channel_create(self, channel: discord.abc.GuildChannel) -> None:
        self._note_change(channel.guild)

    async def on_guild_channel_update(
        self,
        _before: discord.abc.GuildChannel,
        after: discord.abc.GuildChannel,
    ) -> None:
        """CHANNEL_UPDATE: overwrites are part of it."""
        self._note_change(after.guild)

    async def on_guild_role_update(self, _before: discord.Role, after: discord.Role) -> None:
        self._note_change(after.guild)

    async def on_member_update(self, _before: discord.Member, after: discord.Member) -> None:
        """GUILD_MEMBER_UPDATE, which comes for the bot itself without any intent: its roles changed."""
        self._note_change(after.guild)

    async def on_thread_create(self, thread: discord.Thread) -> None:
        """THREAD_CREATE of one that was just made."""
        self._note_thread(thread.guild.id, thread.id, awake=True)

    async def on_raw_thread_update(self, thread: discord.RawThreadUpdateEvent) -> None:
        """THREAD_UPDATE: unlocked or unarchived, perhaps; not by the bot's own tags."""
        archived = thread.data["thread_metadata"]["archived"]
        self._note_thread(thread.guild_id, thread.thread_id, awake=not archived)
        if self.discord.own.heard(DiscordId(thread.thread_id)):
            return
        self.context.noticing.changed(DiscordId(thread.guild_id))

    async def on_raw_thread_delete(self, thread: discord.RawThreadDeleteEvent) -> None:
        """THREAD_DELETE: effects paused for that thread go to a new one."""
        self._note_thread(thread.guild_id, thread.thread_id, awake=False)
        self.context.noticing.changed(DiscordId(thread.guild_id))

    def _look_back(self, guild: discord.Guild) -> None:
        """Something may have been typed there while the bot was away."""
        if self.context.hearing.listens and self.user is not None:
            last = {DiscordId(one.id): written_at(one.last_message_id or one.id) for one in guild.threads}
            history = TypedHistory(self.direct, DiscordId(self.user.id)).since
            self.context.catching.returned(DiscordId(guild.id), last, history)

    def _note_threads(self, guild: discord.Guild) -> None:
        awake = [DiscordId(thread.id) for thread in guild.threads]
        self.discord.waking.room.all_of(DiscordId(guild.id), awake)

    def _note_thread(self, guild: int, thread: int, *, awake: bool) -> None:
        self.discord.waking.room.told(DiscordId(guild), DiscordId(thread), awake=awake)

    def _note_change(self, guild: discord.Guild) -> None:
        self.context.noticing.changed(DiscordId(guild.id))
