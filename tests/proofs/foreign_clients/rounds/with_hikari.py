"""The round of hikari."""

import asyncio
from datetime import timedelta
from typing import Any

import hikari
from steps import API, APPLICATION, GUILD, LOBBY, PERSON, TOKEN, Played, must, person

PRIVATE = hikari.MessageFlag.EPHEMERAL


class HikariRound:
    """The steps, each by hikari's own calls."""

    def __init__(self, bot: hikari.GatewayBot) -> None:
        """Nothing is posted yet."""
        self.bot, self.rest = bot, bot.rest
        self.sent: Any = None

    def hearing(self, event: Any, fits: Any) -> "asyncio.Task[Any]":
        return asyncio.create_task(self.bot.wait_for(event, timeout=15, predicate=fits))

    async def connect(self) -> None:
        await self.bot.start()
        must(self.bot.get_me().id == APPLICATION, "the bot is itself")
        must(len([m async for m in self.rest.fetch_members(GUILD)]) > 1, "members are listed")

    async def commands(self) -> None:
        text = hikari.OptionType.STRING
        word = hikari.CommandOption(type=text, name="text", description="What to say", is_required=True)
        await self.rest.create_slash_command(APPLICATION, "echo", "Say it", guild=GUILD, options=[word])
        other = await self.rest.create_slash_command(APPLICATION, "other", "Something else", guild=GUILD)
        await self.rest.edit_application_command(APPLICATION, other, GUILD, description="Else again")
        must(len(await self.rest.fetch_application_commands(APPLICATION, GUILD)) == 2, "both are there")
        await self.rest.delete_application_command(APPLICATION, other, GUILD)
        everywhere = self.rest.slash_command_builder("everywhere", "On all servers")
        await self.rest.set_application_commands(APPLICATION, [everywhere])

    async def message(self) -> None:
        row = self.rest.build_message_action_row()
        row.add_interactive_button(hikari.ButtonStyle.PRIMARY, "press", label="Press")
        embed = hikari.Embed(title="A title", description="Words").add_field("a", "b")
        file = hikari.Bytes(b"contents", "a.txt")
        self.sent = await self.rest.create_message(
            LOBBY, "hello", embed=embed, component=row, attachment=file
        )
        must(self.sent.attachments and self.sent.embeds, "all of it came back")
        coming = self.hearing(hikari.GuildMessageCreateEvent, lambda found: found.author_id == PERSON)
        await asyncio.sleep(0)
        await person("say", channel=LOBBY, text="hi there")
        typed = (await coming).message
        must(typed.content == "hi there", "what a person says arrives")
        reply = await typed.respond("and hello to you", reply=True)
        must(reply.message_reference.id == typed.id, "the reply knows what it answers")
        must(len([m async for m in self.rest.fetch_messages(LOBBY)]) >= 3, "the history has them")

    async def edit(self) -> None:
        told = self.hearing(hikari.GuildMessageUpdateEvent, lambda found: found.message_id == self.sent.id)
        await asyncio.sleep(0)
        edited = await self.rest.edit_message(LOBBY, self.sent, "hello again")
        must(edited.content == "hello again" and edited.edited_timestamp, "it is edited")
        await told

    async def reaction(self) -> None:
        theirs = self.hearing(hikari.GuildReactionAddEvent, lambda found: found.user_id == PERSON)
        await self.rest.add_reaction(LOBBY, self.sent, "👍")
        await person("react", channel=LOBBY, message=self.sent.id, emoji="👍")
        must((await theirs).member.id == PERSON, "who reacted is a member")
        found = (await self.rest.fetch_message(LOBBY, self.sent)).reactions[0]
        must(found.is_me and found.count == 2, "two people reacted, one of them the bot")
        who = [user async for user in self.rest.fetch_reactions_for_emoji(LOBBY, self.sent, "👍")]
        must(len(who) == 2, "they have names")
        await self.rest.delete_reaction(LOBBY, self.sent, PERSON, "👍")
        await self.rest.delete_my_reaction(LOBBY, self.sent, "👍")
        await self.rest.add_reaction(LOBBY, self.sent, "🎉")
        await self.rest.delete_all_reactions(LOBBY, self.sent)

    async def pins(self) -> None:
        await self.rest.pin_message(LOBBY, self.sent)
        must([p.message.id async for p in self.rest.fetch_pins(LOBBY)] == [self.sent.id], "it is pinned")
        await self.rest.unpin_message(LOBBY, self.sent)
        must(not [p async for p in self.rest.fetch_pins(LOBBY)], "it is not any more")

    async def thread(self) -> None:
        hour = timedelta(hours=1)
        thread = await self.rest.create_message_thread(
            LOBBY, self.sent, "On the message", auto_archive_duration=hour
        )
        await self.rest.create_message(thread, "in the thread")
        await self.rest.edit_channel(thread, archived=True)
        resting = [t.id async for t in self.rest.fetch_public_archived_threads(LOBBY)]
        must(resting == [thread.id], "it rests")
        await self.rest.edit_channel(thread, archived=False)
        kind = hikari.ChannelType.GUILD_PRIVATE_THREAD
        secret = await self.rest.create_thread(LOBBY, kind, "Between us")
        await self.rest.add_thread_member(secret, PERSON)
        must(len([m async for m in self.rest.fetch_thread_members(secret)]) == 2, "both are in it")
        await self.rest.remove_thread_member(secret, PERSON)
        must(len(await self.rest.fetch_active_threads(GUILD)) == 2, "both threads are active")
        await self.rest.delete_channel(secret)

    async def forum(self) -> None:
        tags = [hikari.ForumTag(name="open"), hikari.ForumTag(name="done", emoji="✅")]
        forum = await self.rest.create_guild_forum_channel(GUILD, "talks", available_tags=tags)
        first, second = forum.available_tags
        post = await self.rest.create_forum_post(forum, "A talk", "first", tags=[first])
        must((await self.rest.fetch_message(post, post.id)).content == "first", "its first message has words")
        await self.rest.edit_channel(post, name="A talk that ended", applied_tags=[second], locked=True)
        await self.rest.delete_channel(forum)

    async def roles(self) -> None:
        rights = hikari.Permissions.SEND_MESSAGES
        role = await self.rest.create_role(GUILD, name="Helper", permissions=rights, mentionable=True)
        await self.rest.add_role_to_member(GUILD, PERSON, role)
        must(role.id in (await self.rest.fetch_member(GUILD, PERSON)).role_ids, "it is theirs")
        await self.rest.edit_role(GUILD, role, name="Helpers")
        await self.rest.remove_role_from_member(GUILD, PERSON, role)
        await self.rest.delete_role(GUILD, role)

    async def modal(self) -> None:
        opened = await person("slash", channel=LOBBY, command="echo", options={"text": "x"})
        must(opened["state"] == "modal", f"a form opens: {opened}")
        shown = await person("submit", answer=opened["id"], fields={"words": "poetry"})
        must(shown["text"] == "You wrote poetry", f"the answer is shown: {shown}")
        await person("click", channel=LOBBY, message=self.sent.id, which="Press")
        must((await self.rest.fetch_message(LOBBY, self.sent)).content == "pressed", "the button did it")


async def asked(event: hikari.InteractionCreateEvent) -> None:
    """Answer the command, the form and the button."""
    found = event.interaction
    if isinstance(found, hikari.CommandInteraction):
        row = event.app.rest.build_modal_action_row().add_text_input("words", "Words")
        await found.create_modal_response("A form", "form", component=row)
    elif isinstance(found, hikari.ModalInteraction):
        await found.create_initial_response(hikari.ResponseType.DEFERRED_MESSAGE_CREATE, flags=PRIVATE)
        await found.edit_initial_response(f"You wrote {found.components[0][0].value}")
        await found.execute("And more", flags=PRIVATE)
    elif isinstance(found, hikari.ComponentInteraction):
        await found.create_initial_response(hikari.ResponseType.MESSAGE_UPDATE, "pressed", components=[])


async def main() -> None:
    """Play it."""
    played = Played()
    wanted = hikari.Intents.ALL_UNPRIVILEGED | hikari.Intents.MESSAGE_CONTENT | hikari.Intents.GUILD_MEMBERS
    bot = hikari.GatewayBot(TOKEN, rest_url=API, intents=wanted, banner=None, logs="ERROR")
    bot.subscribe(hikari.InteractionCreateEvent, asked)
    steps = HikariRound(bot)
    order = (
        "connect",
        "commands",
        "message",
        "edit",
        "reaction",
        "pins",
        "thread",
        "forum",
        "roles",
        "modal",
    )
    for name in order:
        await played.step(name, getattr(steps, name))
    await bot.close()
    played.say()


asyncio.run(main())
