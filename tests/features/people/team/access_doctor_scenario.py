"""Luna's channels on the server of the quarters, for the access doctor."""

import asyncio
from dataclasses import dataclass

from bot.discord.channel_visibility import ChannelVisibility
from bot.engine.outbox import unpack_post
from bot.features.people.team.access_doctor import AccessDoctor
from bot.model.ports import Post
from bot.sandbox.discord.model import FORUM, StandInChannel, StandInOverwrite
from bot.sandbox.discord.permissions import VIEW_CHANNEL
from bot.sandbox.discord.standalone import BOT_RIGHTS
from storage.database import Transaction
from storage.engine import outbox
from storage.inbox import forums
from storage.records import DiscordId, Effect, Forum
from tests.discord.discord_test_server import APPLICATION
from tests.features.people.team.team_scenario import LUNA, TeamScenario


@dataclass
class AccessDoctorScenario:
    """Luna's channels, in which everything fits: the team's role reads and holds a grant."""

    there: TeamScenario
    forum: StandInChannel
    alerts: StandInChannel

    async def sees(self, **options: int) -> str:
        """What /team doctor tells the owner, without escapes."""
        return (await self.there.use(self.there.victor, "team doctor", **options)).text.replace("\\", "")

    async def lines(self, **options: int) -> list[str]:
        """Its findings."""
        said = await self.sees(**options)
        return [line.removeprefix("- ") for line in said.splitlines() if line[:2] == "- "]

    def newcomers(self, number: int) -> list[int]:
        """So many people whom somebody let into the forum by name."""
        world, guild = self.there.town.server.world, self.there.town.guild
        people = [world.add_user(f"guest{one}") for one in range(number)]
        for person in people:
            world.add_member(guild, person)
            self.forum.overwrites[person.id] = StandInOverwrite(person.id, 1, VIEW_CHANNEL, 0)
        return [person.id for person in people]

    async def look(self, *, most: int = 300) -> list[Post]:
        """What the weekly look does, about `most` members; all reports that were ever made."""
        town = self.there.town
        await town.bot.services.get(AccessDoctor).look(ChannelVisibility(town.bot, most=most).see)
        return await self.reports()

    async def reports(self) -> list[Post]:
        """All that were ever made."""
        return [unpack_post(self.there.effects.body(one)["post"]) for one in await self._alerts()]

    async def _alerts(self) -> list[Effect]:
        rows = await self.there.database.read(
            lambda tx: tx.all("SELECT * FROM outbox WHERE kind = 'alert' ORDER BY seq")
        )
        return [outbox.effect_of(row) for row in rows]


async def opened(quarters: TeamScenario) -> AccessDoctorScenario:
    there, world = quarters.town, quarters.town.server.world
    bot = world.applications[APPLICATION].user.id

    def channel(name: str, kind: int) -> StandInChannel:
        rules = [
            StandInOverwrite(there.guild.id, 0, 0, VIEW_CHANNEL),
            StandInOverwrite(there.team.id, 0, VIEW_CHANNEL, 0),
            StandInOverwrite(bot, 1, BOT_RIGHTS, 0),
        ]
        return world.add_channel(there.guild, name, kind, overwrites={r.id: r for r in rules}, nsfw=True)

    made = AccessDoctorScenario(quarters, channel("luna-fans", FORUM), channel("luna-alerts", 0))
    place = Forum(
        DiscordId(made.forum.id), quarters.guild, DiscordId(1), DiscordId(made.alerts.id), LUNA, "{}"
    )

    async def work(tx: Transaction) -> None:
        await forums.add(tx, place, 0)

    await quarters.database.write(work)
    await quarters.let_in(there.team.id, "chatter", kind="role")
    return made


def another_role_reads(ward: AccessDoctorScenario) -> str:
    role = ward.there.town.server.world.add_role(ward.there.town.guild, "Friends")
    for channel in (ward.forum, ward.alerts):
        channel.overwrites[role.id] = StandInOverwrite(role.id, 0, VIEW_CHANNEL, 0)
    return (
        f"<@&{role.id}> can read <#{ward.forum.id}> and <#{ward.alerts.id}> but has no grant: "
        "add one, or remove it there."
    )


def not_age_restricted(ward: AccessDoctorScenario) -> str:
    ward.alerts.nsfw = False
    return f"<#{ward.alerts.id}> is not age-restricted: fix that with /setup."


class HeldTaskPauses:
    """The pauses of a task: it waits in each until the test lets it go on."""

    def __init__(self) -> None:
        self.over, self.next = asyncio.Semaphore(0), asyncio.Semaphore(0)

    async def sleep(self, _seconds: float) -> None:
        self.over.release()
        await self.next.acquire()

    async def pass_by(self, number: int) -> None:
        """So many pauses later."""
        for _ in range(number):
            self.next.release()
            await self.over.acquire()
