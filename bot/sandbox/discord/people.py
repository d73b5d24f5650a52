"""The people: all that a Discord client lets a person do and see."""

from contextlib import suppress
from typing import Any

from bot.sandbox.discord import active_threads, commands, drafts, forum, messages
from bot.sandbox.discord import permissions as may
from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.client_input import NotPossible, chosen, component_named, option_data
from bot.sandbox.discord.interactions import (
    AUTOCOMPLETE,
    COMMAND,
    COMPONENT,
    SUBMIT,
    StandInInteractions,
    usable,
)
from bot.sandbox.discord.message_wire import message_json
from bot.sandbox.discord.model import (
    CATEGORY,
    DM,
    FORUM,
    StandInApplication,
    StandInChannel,
    StandInGuild,
    StandInMessage,
    StandInUser,
)
from bot.sandbox.discord.rest_guilds import dm_channel
from bot.sandbox.discord.window_input import FilledWindow
from bot.sandbox.discord.world import DiscordWorld


class DiscordPerson:
    """One person with a Discord client. What that client would not allow raises NotPossible."""

    def __init__(self, world: DiscordWorld, interactions: StandInInteractions, user_id: int) -> None:
        """A user of this world who is not a bot."""
        self._world, self._interactions = world, interactions
        self.user: StandInUser = world.users[user_id]

    # -- looking

    def sees(self, channel: StandInChannel | int) -> bool:
        """Whether this person can open the channel."""
        place = self._channel(channel)
        active_threads.archive_idle(self._world)
        visible = bool(self._world.permissions(self.user.id, place) & may.VIEW_CHANNEL)
        return visible and (self.user.adult or not self._world.age_restricted(place))

    def channels(self, guild: StandInGuild | int) -> list[StandInChannel]:
        """The channels of a server that this person sees, without threads."""
        found = self._world.guilds[guild if isinstance(guild, int) else guild.id]
        return [c for c in (self._world.channels[i] for i in found.channel_ids) if self.sees(c)]

    def threads(self, parent: StandInChannel | int) -> list[StandInChannel]:
        """The threads of a channel that this person sees, newest first."""
        place = self._channel(parent)
        found = [c for c in self._world.threads(place.guild_id or 0) if c.parent_id == place.id]
        return [thread for thread in found if self.sees(thread)]

    def read(self, channel: StandInChannel | int) -> list[StandInMessage]:
        """The messages that this person sees in a channel, oldest first; of ephemeral ones only their own."""
        place = self._channel(channel)
        if not self.sees(place) or not self._world.permissions(self.user.id, place) & may.READ_HISTORY:
            return []
        everything = self._world.messages.get(place.id, {}).values()
        return [m for m in everything if not m.ephemeral or m.viewer_id == self.user.id]

    def dm(self, application: StandInApplication | int) -> StandInChannel:
        """The private channel with a bot."""
        bot = self._world.applications[application if isinstance(application, int) else application.id]
        return dm_channel(self._world, bot.user, self.user)

    def writes(self, channel: StandInChannel | int) -> bool:
        """Whether this person's client lets them type a message here."""
        place = self._channel(channel)
        needed = may.SEND_MESSAGES if place.thread is None else may.SEND_IN_THREADS
        allowed = self._world.permissions(self.user.id, place) & needed == needed
        return allowed and place.type not in {CATEGORY, FORUM}

    def commands(self, channel: StandInChannel | int) -> list[dict[str, Any]]:
        """The slash commands that this person's client offers here, as they are registered, by name."""
        place = self._channel(channel)
        if not self.sees(place) or not usable(self._world, self.user, place):
            return []
        found = []
        for name in commands.names(self._world, place.guild_id):
            with suppress(NotPossible):
                found.append(self._offered(place, name, commands.SLASH)[1])
        return found

    # -- doing

    async def say(
        self,
        channel: StandInChannel | int,
        text: str,
        *,
        reply_to: StandInMessage | None = None,
        files: dict[str, bytes] | None = None,
    ) -> StandInMessage:
        place = self._open(channel)
        if place.type in {CATEGORY, FORUM}:
            raise NotPossible("nobody types there")
        needed = may.SEND_MESSAGES if place.thread is None else may.SEND_IN_THREADS
        self._world.need(self.user.id, place, needed | (may.ATTACH_FILES if files else 0))
        body: dict[str, Any] = {"content": text}
        if reply_to is not None:
            body["message_reference"] = {"message_id": str(reply_to.id)}
        drafts.check(body, None, drafts.CHANNEL_BODY)
        forum.before_posting(self._world, place, self.user.id)
        uploads = [
            drafts.MultipartUpload(n, name, content, "application/octet-stream")
            for n, (name, content) in enumerate((files or {}).items())
        ]
        message = messages.create(self._world, drafts.MessageDraft(self.user, place, body, uploads))
        forum.after_posting(self._world, place)
        return message

    async def edit(self, message: StandInMessage, text: str) -> None:
        """Change what this person typed."""
        if message.author.id != self.user.id or message.deleted:
            raise NotPossible("nobody edits what others typed")
        body = {"content": text}
        drafts.check(body, None, drafts.CHANNEL_BODY)
        messages.edit(
            self._world, message, drafts.MessageDraft(self.user, self._open(message.channel_id), body)
        )

    async def delete(self, message: StandInMessage) -> None:
        """Take away what this person typed."""
        if message.author.id != self.user.id or message.deleted:
            raise NotPossible("this person cannot delete that")
        messages.delete(self._world, message, self.user.id)

    async def slash(
        self, guild: StandInGuild | int | None, channel: StandInChannel | int, command: str, /, **options: Any
    ) -> InteractionAnswer:
        """Use a slash command; subcommands are written with spaces: "creator add"."""
        return self._ask(COMMAND, guild, channel, command, options, None)

    async def autocomplete(
        self,
        guild: StandInGuild | int | None,
        channel: StandInChannel | int,
        command: str,
        option: str,
        typed: str = "",
        /,
        **others: Any,
    ) -> list[dict[str, Any]]:
        """The suggestions for an option while it is typed; an empty list when none came in time."""
        answer = self._ask(AUTOCOMPLETE, guild, channel, command, {**others, option: typed}, option)
        await answer.first(10.0)
        return answer.choices

    def _ask(
        self,
        kind: int,
        guild: StandInGuild | int | None,
        channel: StandInChannel | int,
        command: str,
        values: dict[str, Any],
        focused: str | None,
    ) -> InteractionAnswer:
        place = self._open(channel)
        guild_id = guild.id if isinstance(guild, StandInGuild) else guild
        if place.guild_id != guild_id:
            raise NotPossible("the channel is not in this server")
        name, *words = command.split()
        application, found = self._offered(place, name, commands.SLASH)
        options, resolved = option_data(self._world, place, found, words, values, focused)
        data: dict[str, Any] = {"id": found["id"], "name": name, "type": commands.SLASH, "options": options}
        data |= {"resolved": resolved} if resolved else {}
        data |= {"guild_id": found["guild_id"]} if "guild_id" in found else {}
        return self._answer(self._interactions.begin(kind, application, self.user, place, data, name=command))

    async def menu(self, message: StandInMessage, name: str) -> InteractionAnswer:
        """Use a message's context menu."""
        place = self._open(message.channel_id)
        if message not in self.read(place):
            raise NotPossible("this message is not to be seen")
        application, found = self._offered(place, name, commands.MESSAGE_MENU)
        data: dict[str, Any] = {"id": found["id"], "name": name, "type": commands.MESSAGE_MENU}
        shown = message_json(self._world, message)
        data |= {"target_id": str(message.id), "resolved": {"messages": {str(message.id): shown}}}
        return self._answer(self._interactions.begin(COMMAND, application, self.user, place, data, name=name))

    def _offered(
        self, place: StandInChannel, name: str, kind: int
    ) -> tuple[StandInApplication, dict[str, Any]]:
        offer = commands.offered(self._world, place.guild_id, name, kind)
        if offer is None:
            raise NotPossible(f"there is no command {name}")
        application, found = offer
        contexts = found.get("contexts") or [0, 1]
        if (1 if place.type == DM else 0) not in contexts or (
            place.type == DM and found["dm_permission"] is False
        ):
            raise NotPossible(f"{name} is not offered in this place")
        if found.get("nsfw") and not self._world.age_restricted(place):
            raise NotPossible(f"{name} is only offered in age-restricted channels")
        needed = int(found.get("default_member_permissions") or 0)
        rights = self._world.permissions(self.user.id, place)
        if place.type != DM and (
            rights & needed != needed or (found["default_member_permissions"] == "0" and rights != may.ALL)
        ):
            raise NotPossible(f"{name} is not offered to this person")
        return application, found

    async def click(self, message: StandInMessage | None, which: str) -> InteractionAnswer:
        """Press a button, named by its custom id or its label."""
        return self._use(message, which, None)

    async def choose(self, message: StandInMessage | None, which: str, *values: str) -> InteractionAnswer:
        """Choose in a select, named by its custom id or its placeholder."""
        return self._use(message, which, list(values))

    def _use(self, message: StandInMessage | None, which: str, values: list[str] | None) -> InteractionAnswer:
        if message is None or message.deleted:
            raise NotPossible("there is no message")
        place = self._open(message.channel_id)
        if message.ephemeral and message.viewer_id != self.user.id:
            raise NotPossible("this message is for someone else")
        component = component_named(message.components, which)
        data: dict[str, Any] = {"custom_id": component["custom_id"], "component_type": component["type"]}
        data["id"] = component["id"]
        if values is not None:
            data["values"] = chosen(component, values)
        application = self._world.applications[message.application_id or message.author.id]
        name = str(component["custom_id"])
        return self._answer(
            self._interactions.begin(
                COMPONENT, application, self.user, place, data, name=name, source=message
            )
        )

    async def submit(self, opened: InteractionAnswer, fields: dict[str, Any]) -> InteractionAnswer:
        """Fill in and send the form that an answer opened; fields as `FilledWindow` takes them."""
        if opened.modal is None or opened.interaction.user.id != self.user.id:
            raise NotPossible("no form is open")
        cause = opened.interaction
        filled = FilledWindow(self._world, self.user, cause.channel, opened.modal, fields)
        data: dict[str, Any] = {"custom_id": opened.modal["custom_id"], "components": filled.components}
        data |= {"resolved": filled.resolved} if filled.resolved else {}
        name = str(opened.modal["custom_id"])
        made = self._interactions.begin(
            SUBMIT,
            cause.application,
            self.user,
            cause.channel,
            data,
            name=name,
            source=cause.source,
            cause=cause,
        )
        return self._answer(made)

    # -- inside

    def _answer(self, interaction: Any) -> InteractionAnswer:
        return InteractionAnswer(self._world, interaction)

    def _channel(self, channel: StandInChannel | int) -> StandInChannel:
        return channel if isinstance(channel, StandInChannel) else self._world.channel(channel)

    def _open(self, channel: StandInChannel | int) -> StandInChannel:
        place = self._channel(channel)
        if not self.sees(place) or not usable(self._world, self.user, place):
            raise NotPossible("this person cannot do that in this channel")
        return place
