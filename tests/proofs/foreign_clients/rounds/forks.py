"""The steps that discord.py and its forks share; each library is passed in."""

import asyncio
import io
from types import ModuleType
from typing import Any

from steps import GUILD, LOBBY, PERSON, Played, must, person


def intents(library: ModuleType) -> Any:
    """What the round has to hear."""
    wanted = {"guilds": True, "members": True, "messages": True, "message_content": True, "reactions": True}
    return library.Intents(**wanted)


class Steps:
    """One round with a client that is ready."""

    def __init__(self, library: ModuleType, client: Any, played: Played) -> None:
        """`library` is the fork's module."""
        self.library, self.client, self.played = library, client, played
        self.sent: Any = None

    async def play(self) -> None:
        """All steps between the commands and the form."""
        for name in ("message", "edit", "reaction", "pins", "thread", "forum", "roles"):
            await self.played.step(name, getattr(self, name))

    @property
    def lobby(self) -> Any:
        return self.client.get_channel(LOBBY)

    @property
    def guild(self) -> Any:
        return self.client.get_guild(GUILD)

    def hearing(self, event: str, fits: Any) -> "asyncio.Task[Any]":
        return asyncio.create_task(self.client.wait_for(event, check=fits))

    async def message(self) -> None:
        library = self.library

        class Press(library.ui.Button):
            async def callback(self, interaction: Any) -> None:
                await interaction.response.edit_message(content="pressed", view=None)

        view = library.ui.View(timeout=None)
        view.add_item(Press(label="Press", custom_id="press"))
        embed = library.Embed(title="A title", description="Words")
        embed.add_field(name="a", value="b")
        file = library.File(io.BytesIO(b"contents"), "a.txt")
        self.sent = await self.lobby.send("hello", embed=embed, view=view, file=file)
        must(self.sent.attachments and self.sent.embeds, "all of it came back")
        coming = self.hearing("message", lambda found: found.author.id == PERSON)
        await asyncio.sleep(0)
        await person("say", channel=LOBBY, text="hi there")
        typed = await coming
        must(typed.content == "hi there", "what a person says arrives")
        reply = await typed.reply("and hello to you")
        must(reply.reference.message_id == typed.id, "the reply knows what it answers")
        must(len([m async for m in self.lobby.history(limit=10)]) >= 3, "the history has them")

    async def edit(self) -> None:
        told = self.hearing("raw_message_edit", lambda found: found.message_id == self.sent.id)
        await asyncio.sleep(0)
        edited = await self.sent.edit(content="hello again")
        must(edited.content == "hello again" and edited.edited_at, "it is edited")
        await told

    async def reaction(self) -> None:
        theirs = self.hearing("raw_reaction_add", lambda found: found.user_id == PERSON)
        await self.sent.add_reaction("👍")
        await person("react", channel=LOBBY, message=self.sent.id, emoji="👍")
        must((await theirs).member.id == PERSON, "who reacted is a member")
        found = (await self.lobby.fetch_message(self.sent.id)).reactions[0]
        must(found.me and found.count == 2, "two people reacted, one of them the bot")
        must(len([user async for user in found.users()]) == 2, "they have names")
        await self.sent.remove_reaction("👍", self.library.Object(PERSON))
        await self.sent.remove_reaction("👍", self.guild.me)
        await self.sent.add_reaction("🎉")
        await self.sent.clear_reactions()

    async def pins(self) -> None:
        await self.sent.pin()
        must([m.id for m in await self._pinned()] == [self.sent.id], "it is pinned")
        await self.sent.unpin()
        must(not await self._pinned(), "it is not any more")

    async def _pinned(self) -> list[Any]:
        found = self.lobby.pins()
        return [m async for m in found] if hasattr(found, "__aiter__") else list(await found)

    async def thread(self) -> None:
        thread = await self.sent.create_thread(name="On the message", auto_archive_duration=60)
        await thread.send("in the thread")
        await thread.edit(archived=True)
        must([t.id async for t in self.lobby.archived_threads()] == [thread.id], "it rests")
        await thread.edit(archived=False)
        kind = self.library.ChannelType.private_thread
        secret = await self.lobby.create_thread(name="Between us", type=kind)
        await secret.add_user(self.library.Object(PERSON))
        must(len(await secret.fetch_members()) == 2, "both are in it")
        await secret.remove_user(self.library.Object(PERSON))
        must(len(await self.guild.active_threads()) == 2, "both threads are active")
        await secret.delete()

    async def forum(self) -> None:
        create = getattr(self.guild, "create_forum", None) or self.guild.create_forum_channel
        made = await create("talks", topic="What is talked about")
        # By hand: nextcord writes the id of a new tag as the text "None", which Discord refuses too.
        tags = [{"name": "open"}, {"name": "done", "emoji_name": "✅"}]
        await self.client.http.edit_channel(made.id, available_tags=tags)
        forum = await self.client.fetch_channel(made.id)
        first, second = forum.available_tags
        started = await forum.create_thread(name="A talk", content="first", applied_tags=[first])
        post = getattr(started, "thread", started)
        must((await post.fetch_message(post.id)).content == "first", "its first message has the words")
        await post.edit(name="A talk that ended", applied_tags=[second], locked=True)
        await forum.delete()

    async def roles(self) -> None:
        permissions = self.library.Permissions(send_messages=True)
        role = await self.guild.create_role(name="Helper", permissions=permissions, mentionable=True)
        member = await self.guild.fetch_member(PERSON)
        await member.add_roles(role)
        held = (await self.guild.fetch_member(PERSON))._roles
        must(role.id in held, "it is theirs")
        await role.edit(name="Helpers")
        await member.remove_roles(role)
        await role.delete()

    async def modal(self, known: asyncio.Event | None = None) -> None:
        """`known`, where there is one, is set when the client itself knows its form."""
        opened = await person("slash", channel=LOBBY, command="echo", options={"text": "x"})
        must(opened["state"] == "modal", f"a form opens: {opened}")
        if known is not None:
            await known.wait()
        shown = await person("submit", answer=opened["id"], fields={"words": "poetry"})
        must(shown["text"] == "You wrote poetry", f"the answer is shown: {shown}")
        await person("click", channel=LOBBY, message=self.sent.id, which="Press")
        must((await self.lobby.fetch_message(self.sent.id)).content == "pressed", "the button did it")
