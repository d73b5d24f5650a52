"""Every way in, tried by every role over real sockets: a no reads like absence."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
import pytest_asyncio

from bot.discord.answers import ONLY_ON_A_SERVER
from bot.discord.asking import NOT_HERE, NOT_IN_A_THREAD
from bot.discord.message_bodies import edit_of
from bot.model.choices import Choice, ChoiceOption
from bot.model.ports import Button, Post
from bot.sandbox.discord import drafts, messages
from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.client_input import NotPossible
from bot.sandbox.discord.model import FORUM, StandInChannel, StandInGuild, StandInMessage
from bot.sandbox.discord.standalone import BOT_RIGHTS
from bot.sandbox.discord.window_components import FILE_UPLOAD
from cogs.inbox import reply_media_views
from storage.records import DiscordId, EffectId, Forum, LinkId
from tests.access.entry_points import DOORS, EntryPoint
from tests.access.permission_specification import ROLES, THREADS_ONLY, may
from tests.discord.desk import MILA, Desk
from tests.discord.discord_test_server import APPLICATION, DiscordTestServer
from tests.discord.discord_test_server import town as open_town

pytestmark = [pytest.mark.policy, pytest.mark.asyncio(loop_scope="module")]

REF = "AbCdEfGhIjKlMnOpQr-_12"  # one name for all: the link, what waits, the preview
STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, FILE = (3, 4, 5, 6, 7, 8, 9, 10, 11)

# What works in a fan's thread only.
IN_THREADS = {
    "reply",
    "Reply to this",
    "Templates",
    "template.list",
    "template.pick",
    "template use",
    "draft.send",
    "draft.edit",
    "draft.discard",
    "program.send",
    "program.edit",
    "program.discard",
    "review.open",
    "review.back",
    "reply.cancel",
    "typed.send",
    "typed.inside",
    "typed.look",
    "send.again",
    "send.drop",
    "reply.unsend",
    "unsend.ask",
    "talk.anyway",
    "talk.take",
    "fan claim",
    "fan release",
    "fan handover",
    "fan read",
    "fan mute",
    "fan nickname",
    "fan snooze",
    "fan close",
    "fan reopen",
    "talk.snooze",
    "card.more",
    "card.lists",
    "card.figures",
    "fan note add",
    "fan note list",
    "fan note edit",
    "fan note remove",
    "fan tag add",
    "fan tag remove",
    "fan promise add",
    "fan promise done",
    "fan promise change",
    "fan promise drop",
    "promise.add",
    "Mark as a promise",
    "fan items",
    "fan.items",
    "note.add",
    "note.edit",
    "note.page",
    "hidden.show",
    "private.show",
    "private.next",
    "private.close",
    *THREADS_ONLY,
    *reply_media_views.BUTTONS,
    *reply_media_views.LISTS,
}
# Windows that were opened before an update, and one that stands for them: nothing opens them any more.
EARLIER = {"compose.offer": "compose.write"}


class EntryPointScenario:
    """Mila is at home in the town; Victor is, one after the other, everything that one can be for her."""

    def __init__(self, town: DiscordTestServer) -> None:
        self.town = town
        self.person = town.victor
        self.me = DiscordId(town.victor.user.id)
        self.guild: StandInGuild | None = town.guild
        self.place = town.lobby.id
        self.forum: StandInChannel = town.server.world.add_channel(town.guild, "fans", FORUM, nsfw=True)
        self.thread = self.elsewhere = town.lobby

    async def open(self) -> None:
        """A fan's thread; and another server that the bot is on, where Mila is not at home."""
        town, world = self.town, self.town.server.world
        fan = await town.bot.discord.open_thread(
            DiscordId(self.forum.id), name="Nora", card=Post(body=("A fan.",)), tags=[]
        )
        self.thread = world.channel(int(fan.thread))
        other = world.add_guild("Elsewhere", world.users[town.olivia.user.id])
        world.add_member(other, world.users[self.me])
        world.invite_bot(other, world.applications[APPLICATION], BOT_RIGHTS)
        await town.desk.until_noticed("changed", other.id)
        self.elsewhere = world.add_channel(other, "lobby")

    def begin(self) -> None:
        """Nothing has happened but that a fan has a thread, and that something waits. Victor is there."""
        town, desk, forum = self.town, self.town.desk, DiscordId(self.forum.id)
        vars(desk).update(vars(Desk()))
        desk.home, desk.roles[DiscordId(town.team.id)] = DiscordId(town.guild.id), "chatter"
        desk.fans.add(DiscordId(self.thread.id))
        lobby = DiscordId(town.lobby.id)
        desk.forums[forum] = Forum(forum, desk.home, DiscordId(1), lobby, MILA, "{}")
        desk.waiting[EffectId(REF)] = MILA
        self.guild, self.place = town.guild, self.thread.id

    def go_elsewhere(self) -> None:
        """To the other server, where Victor is everything too."""
        guilds = self.town.server.world.guilds
        self.guild, self.place = guilds[self.elsewhere.guild_id or 0], self.elsewhere.id

    def go_private(self) -> None:
        """To private messages with the bot."""
        self.guild, self.place = None, self.person.dm(APPLICATION).id

    def become(self, role: str) -> None:
        """Victor is this now; somebody else owns Mila's account, unless he does."""
        desk = self.town.desk
        desk.links.clear()
        owner = self.me if role == "owner" else DiscordId(1)
        desk.link_up(owner, "mila", DiscordId(self.town.guild.id), creator=MILA, id=LinkId(REF))
        desk.members.clear()
        if role not in {"owner", "outsider"}:
            desk.members[self.me] = role

    def show(self, post: Post, choice: Choice | None = None) -> StandInMessage:
        """A message of the bot's in the fan's thread, without what Discord lets a bot send in a second."""
        world = self.town.server.world
        bot = world.applications[APPLICATION].user
        shown = drafts.MessageDraft(bot, world.channel(self.place), dict(edit_of(post, choice=choice)), [])
        return messages.create(world, shown)

    # ── the surfaces ──

    async def go_through(self, door: EntryPoint, role: str) -> bool:
        """Whether Victor, as this, gets in; whatever he is told otherwise is what absence is told."""
        if door.surface == "autocomplete":
            return await self._typing(door, role)
        answer = await getattr(self, f"_{door.surface}")(door, role)
        if answer is None:
            return False
        await answer.done()
        told, _, _typed = answer.text.partition("\n**What you typed**\n")  # which comes back in any case
        return told not in {NOT_HERE, NOT_IN_A_THREAD, ONLY_ON_A_SERVER}

    async def _command(self, door: EntryPoint, role: str) -> InteractionAnswer | None:
        self.become(role)
        try:
            options = self._options(door.name)
            return await self.person.slash(self.guild, self.place, door.name, **options)
        except NotPossible:  # Discord does not offer it to him
            return None

    async def _typing(self, door: EntryPoint, role: str) -> bool:
        self.become(role)
        others = {name: value for name, value in self._options(door.name).items() if name != door.option}
        place = self.guild, self.place
        try:
            return bool(await self.person.autocomplete(*place, door.name, door.option, "", **others))
        except NotPossible:  # as with the command itself
            return False

    async def _button(self, door: EntryPoint, role: str) -> InteractionAnswer:
        message = self.show(Post(body=("Something.",), buttons=(Button(door.name, REF, "Press"),)))
        self.become(role)
        return await self.person.click(message, "Press")

    async def _menu(self, door: EntryPoint, role: str) -> InteractionAnswer | None:
        message = self.show(Post(body=("Something.",), buttons=(Button("reply", REF, "Reply"),)))
        self.become(role)
        try:
            return await self.person.menu(message, door.name)
        except NotPossible:
            return None

    async def _list(self, door: EntryPoint, role: str) -> InteractionAnswer:
        choice = Choice(door.name, REF, "Choose", (ChoiceOption("0", "One"),))
        message = self.show(Post(body=("Something.",)), choice)
        self.become(role)
        return await self.person.choose(message, "Choose", "0")

    async def _window(self, door: EntryPoint, role: str) -> InteractionAnswer:
        opener = EARLIER.get(door.name, door.name)
        message = self.show(Post(body=("Something.",), buttons=(Button(opener, REF, "Open"),)))
        self.become("owner")
        opened = await self.person.click(message, "Open")
        parts = (await opened.opened())["components"]
        fields = [part["component"] for part in parts if "component" in part]
        assert opened.modal is not None
        opened.modal["custom_id"] = opened.modal["custom_id"].replace(f":{opener}:", f":{door.name}:")
        self.become(role)
        filled = next((field for field in fields if field["custom_id"] == "text"), fields[0])
        return await self.person.submit(opened, {filled["custom_id"]: _typed(filled)})

    def _options(self, name: str) -> dict[str, Any]:
        """Something for every option that a command must have."""
        top, *words = name.split()
        (known,) = [found for found in self.town.olivia.commands(self.town.lobby) if found["name"] == top]
        for word in words:
            (known,) = [option for option in known["options"] if option["name"] == word]
        options = known.get("options") or ()
        return {option["name"]: self._value(option) for option in options if option.get("required")}

    def _value(self, option: dict[str, Any]) -> Any:
        if option.get("choices"):
            return option["choices"][0]["value"]
        assert self.guild is not None, "commands are not offered in private messages"
        home = self.guild is self.town.guild
        return {
            STRING: "something",
            INTEGER: option.get("min_value", 1),
            BOOLEAN: True,
            USER: self.me,
            CHANNEL: self.town.lobby.id if home else self.place,
            ROLE: max(self.guild.roles),
            MENTIONABLE: self.me,
            NUMBER: 1.0,
            FILE: ("picture.jpg", b"not one"),
        }[option["type"]]


def _typed(field: dict[str, Any]) -> Any:
    """Return something that this field of a window takes."""
    if field["type"] == FILE_UPLOAD:
        return ("photo.jpg", b"a photo")
    return field["options"][0]["value"] if "options" in field else "hello"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage() -> AsyncIterator[EntryPointScenario]:
    """One Discord for all doors: to connect takes much longer than to knock at one."""
    async with open_town() as there:
        scene = EntryPointScenario(there)
        await scene.open()
        yield scene


@pytest.fixture
def scene(stage: EntryPointScenario) -> Iterator[EntryPointScenario]:
    """The same, as if nothing had happened there."""
    stage.begin()
    yield stage
    assert stage.town.server.contract_errors == []


@pytest.mark.parametrize("door", DOORS, ids=str)
async def test_a_door(scene: EntryPointScenario, door: EntryPoint) -> None:
    found = {role: await scene.go_through(door, role) for role in ROLES}

    assert found == {role: may(door.action, role, "own") for role in ROLES}


@pytest.mark.parametrize("door", [door for door in DOORS if door.surface != "window"], ids=str)
async def test_a_door_on_another_server(scene: EntryPointScenario, door: EntryPoint) -> None:
    scene.go_elsewhere()

    found = {role: await scene.go_through(door, role) for role in ROLES}

    in_threads = {role for role in ROLES if door.name in IN_THREADS}  # there are no fans' threads there
    assert found == {
        role: role not in in_threads and may(door.action, role, "other server") for role in ROLES
    }


@pytest.mark.parametrize("door", [door for door in DOORS if door.surface in {"button", "list"}], ids=str)
async def test_a_door_in_private_messages(scene: EntryPointScenario, door: EntryPoint) -> None:
    scene.go_private()

    found = {role: await scene.go_through(door, role) for role in ROLES}

    assert found == {role: may(door.action, role, "private messages") for role in ROLES}


async def test_a_try_about_somebody_elses_creator_is_noted_and_one_about_nobody_is_not(
    scene: EntryPointScenario,
) -> None:
    town, guild, place = scene.town, scene.guild, scene.place
    scene.become("outsider")

    by_id = await town.victor.slash(guild, place, "money earnings", creator=REF)
    by_name = await town.victor.slash(guild, place, "mass new", to="x", creator="@mila")
    nobody = await town.victor.slash(guild, place, "money earnings", creator="@nobody")
    in_thread = await town.victor.slash(guild, place, "reply", text="hello")
    for answer in (by_id, by_name, nobody, in_thread):
        await answer.says(NOT_HERE)
    await town.desk.until_denied(3)

    assert sorted(town.desk.denied) == sorted(
        (scene.me, what, MILA) for what in ("earnings", "mass", "reply")
    )
