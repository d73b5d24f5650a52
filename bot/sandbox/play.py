"""Plays the evening: linking, fans, the team's answers, a power cut."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial

from bot.sandbox import mass_message_scene, media_scene, patience, post_scene, tally
from bot.sandbox.browser import Browser
from bot.sandbox.discord.answers import InteractionAnswer as Shown
from bot.sandbox.discord.model import StandInChannel, StandInMessage, walk
from bot.sandbox.discord.oauth import COOKIE as DISCORD_COOKIE
from bot.sandbox.discord.people import DiscordPerson
from bot.sandbox.evening import ANSWERS, BLASTS, GUESTS, LATE, POSTS, EveningAnswer
from bot.sandbox.fanvue.oauth import COOKIE as FANVUE_COOKIE
from bot.sandbox.stage import DemoStage

Pause = Callable[[float], Awaitable[None]]
Say = Callable[[str], None]
ROUNDS = 6
REPEATS = 24  # how many webhooks Fanvue delivers twice


class PlayFailed(AssertionError):
    """Raised when somebody on the stage did not see what they should have seen."""


@dataclass
class EveningPlay:
    """One evening. `pause` takes seconds of the story; a fast evening makes them short."""

    stage: DemoStage
    pause: Pause
    say: Say
    answered: list[EveningAnswer] = field(default_factory=list)
    told: list[str] = field(default_factory=list)  # what /earnings said

    async def perform(self) -> None:
        """The whole evening, from an empty server to the last good night."""
        await self.open_house()
        self.repeat_webhooks()
        for number in range(ROUNDS):
            await self.round(number)
        await self.owner_posts()
        await self.owner_writes_to_all()
        await self.owner_looks()

    def repeat_webhooks(self) -> None:
        """From here on Fanvue tells some things twice."""
        self.stage.fanvue.faults.webhooks.duplicate_next = REPEATS

    async def round(self, number: int) -> None:
        """Every fan writes once, life goes on, the team answers; in the middle one there is a power cut."""
        await asyncio.gather(self._fans_write(number), self._life(number))
        if number == ROUNDS // 2:
            await self._power_cut()
        await self._team_answers(number)
        await self._fans_look(number)

    async def open_house(self) -> None:
        """Luna makes her channels and connects her account; from here on fans arrive."""
        await self.set_up()
        await self.link()

    # ── the owner sets up ──

    async def set_up(self) -> None:
        """The owner makes the channels."""
        self.say("Luna runs /setup on her Discord server.")
        answer = await self.stage.owner.slash(
            self.stage.guild, self.stage.lobby, "setup", team=self.stage.team.id, **{"creator-name": "Luna"}
        )
        await answer.done(patience.SECONDS)
        self._expect("Fans will write in" in answer.text, f"/setup answered: {answer.text or answer.state}")
        await self.pause(2)

    async def link(self) -> None:
        """The owner connects the creator's account in a browser, and says yes."""
        self.say("Luna runs /link, signs in with Discord and Fanvue in her browser, and says yes.")
        owner, stage = self.stage.owner, self.stage
        answer = await owner.slash(stage.guild, stage.lobby, "link")
        await answer.done(patience.SECONDS)
        url = address_in(answer.message)
        async with Browser() as browser:
            browser.remember(stage.discord.url, DISCORD_COOKIE, str(owner.user.id))
            browser.remember(stage.fanvue.url, FANVUE_COOKIE, stage.creator.uuid)
            page = await browser.visit(url)
            self._expect("luna" in page.text.lower(), f"the link page says: {page.text[:200]}")
            page = await browser.press(page, "Continue")
            page = await browser.press(page, "Authorize")
            page = await browser.press(page, "Continue to Fanvue")
            page = await browser.press(page, "Allow")
            self._expect("?" not in page.url, "the last page shows what it should hide in its address")
        await answer.until(lambda now: "Yes, connect" in _labels(now.message), patience.SECONDS)
        pressed = await owner.click(answer.message, "Yes, connect")
        await pressed.until(lambda now: "is connected" in now.text, patience.SECONDS)
        await self.pause(2)

    # ── fans ──

    async def _fans_write(self, number: int) -> None:
        for guest in GUESTS:
            line = guest.lines[number]
            message = await self.stage.fans[guest.handle].write(line, media=1 if line.endswith("🎨") else 0)
            self.say(f"{guest.name} (@{guest.handle}) writes: {message.text}")
            await self.pause(0.6 if number else 1.5)  # the first round makes every thread

    async def _life(self, number: int) -> None:
        """Play the other events while people write."""
        fans = self.stage.fans
        if number == 0:
            await fans["j_doe"].follow()
        if number == 1:
            await fans["ines.art"].subscribe()
            self.say("Inês subscribes.")
        if number == 2:  # noqa: PLR2004 - the third round
            await fans["kai.surf"].tip(2500)
            self.say("Kai sends a tip of $25.00.")
        if number == 3:  # noqa: PLR2004 - the fourth
            await fans["bluebird"].renew()
            await fans["max_power"].tip(1000)
        if number == 4:  # noqa: PLR2004 - the fifth
            await fans["dee.dee"].tip(500)

    async def _power_cut(self) -> None:
        """The bridge is killed; people go on as if nothing had happened; it comes back."""
        await self.pause(2)  # what was written before the cut is there; what comes now meets a dead bridge
        self.say("The bridge is killed in the middle of it (SIGKILL).")
        await self.stage.bridge.kill()
        starting = asyncio.create_task(self.stage.bridge.start())
        for guest, line in zip(GUESTS, LATE, strict=False):
            dark = " into the dark" if self.stage.bridge.state != "running" else ""
            await self.stage.fans[guest.handle].write(line)
            self.say(f"{guest.name} writes{dark}: {line}")
            await self.pause(3)
        await self.stage.fans["chef_tom"].tip(700)
        await starting
        self.say("The bridge is back.")

    async def _fans_look(self, number: int) -> None:
        """Fans open their chats, and buy what they were offered."""
        for guest in GUESTS[number % 2 :: 2]:
            fan = self.stage.fans[guest.handle]
            for message in fan.inbox():
                if message.price and message.purchased_at is None:
                    await fan.buy(message.uuid)
                    self.say(f"{guest.name} buys what was offered.")
            await fan.read()
        await self.pause(0.5)

    # ── the owner, at the end ──

    async def owner_posts(self) -> None:
        """Luna publishes one post now and schedules another, after a look at each."""
        for post in POSTS:
            shown = await post_scene.preview(self.stage, post)
            self._expect(post.button in _labels(shown.message), f"/post answered: {shown.text}")
            await self.pause(2)
            told = await post_scene.publish(self.stage, post, shown)
            self._expect("### Post " in told, f"the post ended so: {told}")
            ended = told.splitlines()[0].removeprefix("### ").split(", for you")[0]
            self.say(f"Luna presses “{post.button}”: {ended}.")

    async def owner_writes_to_all(self) -> None:
        """Luna writes to all her subscribers at once, after a look at whom that means."""
        for blast in BLASTS:
            shown = await mass_message_scene.preview(self.stage, blast)
            label = mass_message_scene.button(shown)
            self._expect(bool(label), f"/mass answered: {shown.text}")
            await self.pause(2)
            told = await mass_message_scene.send(self.stage, shown)
            self._expect("### Mass message sent" in told, f"the mass message ended so: {told}")
            self.say(f"Luna presses “{label}”: {told.splitlines()[0].removeprefix('### ')}.")

    async def owner_looks(self) -> None:
        """Luna looks at what the evening brought, in a way that a midnight in between does not change."""
        await tally.until_alerted(self.stage, patience.SECONDS)
        owner, guild, lobby = self.stage.owner, self.stage.guild, self.stage.lobby
        answer = await owner.slash(guild, lobby, "money earnings", period="7")
        await answer.done(patience.SECONDS)
        self.told.append(answer.text)
        gross = next((line for line in answer.text.splitlines() if line.startswith("Gross")), answer.text)
        self.say(f"Luna looks at /earnings: {gross.replace('*', '')}")

    # ── the team ──

    async def _team_answers(self, number: int) -> None:
        share = len(ANSWERS) // ROUNDS
        mine = ANSWERS[number * share : (number + 1) * share]
        await asyncio.gather(*(self._answer(answer, index) for index, answer in enumerate(mine)))
        await self.pause(1)

    async def _answer(self, answer: EveningAnswer, index: int) -> None:
        await self.pause(0.4 * index)
        member = list(self.stage.members.values())[index % len(self.stage.members)]
        thread = await self.stage.discord.world.until(lambda: self.thread_of(answer.to), patience.SECONDS)
        assert thread is not None
        values = {"text": answer.text} | ({} if answer.price is None else {"price": answer.price})
        media = {} if answer.price is None else {"media": self.stage.media[index % len(self.stage.media)]}
        if answer.by == "command":
            given = await member.slash(self.stage.guild, thread, "reply", **values, **media)
        else:
            opened = await media_scene.reply_window(member, thread)
            given = await media_scene.submitted(self.stage, member, opened, values, media=bool(media))
        await given.done(patience.SECONDS)
        fan = self.stage.fans[answer.to]
        await self.stage.discord.world.until(
            lambda: tally.is_answered(given, fan, answer.text), patience.SECONDS
        )
        await self._insist(member, given)
        taken = given.is_silent or "On its way" in given.text
        self._expect(taken, f"the reply was answered: {given.text or given.state}")
        self.answered.append(answer)
        price = f" for ${answer.price}" if answer.price else ""
        self.say(f"{member.user.global_name} answers @{answer.to}{price}: {answer.text}")

    async def _insist(self, member: DiscordPerson, given: Shown) -> None:
        """Press Send when asked because somebody wrote meanwhile, having read it."""
        while "Send" in _labels(given.message) and given.message is not None:
            before = given.text
            await member.click(given.message, "Send")
            await self.stage.discord.world.until(partial(_differs, given, before), patience.SECONDS)

    def thread_of(self, handle: str) -> StandInChannel | None:
        """The thread that a member would open for this fan: the one whose name says so."""
        for thread in self.stage.discord.world.threads(self.stage.guild.id):
            # A member opens a thread because something is in it besides the card.
            if tally.is_thread_of(thread, handle) and len(self.stage.discord.world.messages[thread.id]) > 1:
                return thread
        return None

    def _expect(self, true: bool, otherwise: str) -> None:  # noqa: FBT001 - it reads as a sentence
        if not true:
            raise PlayFailed(f"{otherwise}\n{self.stage.bridge.last_words()}")


def _differs(given: Shown, before: str) -> bool:
    return given.text != before


def _labels(message: StandInMessage | None) -> list[str]:
    return [str(component.get("label")) for component in walk(message.components if message else [])]


def address_in(message: StandInMessage | None) -> str:
    """The address of the link in an answer."""
    for component in walk(message.components if message else []):
        if component.get("url"):
            return str(component["url"])
    raise PlayFailed("the answer to /link has no link")
