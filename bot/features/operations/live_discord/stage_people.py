"""Stages 2 to 4: what a person must press, see or say."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from bot.features.operations.live_check.record import LiveStep, Look
from bot.features.operations.live_discord import texts
from bot.features.operations.live_discord.operator import NO, UNSURE, YES, LiveOperator, Tell
from bot.features.operations.live_discord.steps import found, plain, unsure
from bot.features.operations.live_discord.trial_forum import FORUM_NAME, TrialForum
from bot.features.operations.live_discord.window_facts import WindowFacts, facts_in
from bot.model.ports import Post
from bot.settings.value_rules import SNOWFLAKE_DIGITS
from storage.records import DiscordId

EVERY: Final = 2.0  # seconds between two looks
LOOKS: Final = 150  # five minutes of them
_PRESS: Final = (
    f"Open #{FORUM_NAME} in Discord and its only post. Press [Open the window], choose one, add a small "
    "picture, send it. The bridge must run. This waits five minutes; Ctrl+C stops."
)
_RANG: Final = "is there now. Did your phone show a notification?"
_WHO: Final = "Your Discord user ID, to be mentioned (Enter: you own this server): "
_NOT_SURE: Final = "the person at the phone was not sure"
_WORDS: Final = "Did it show the words of the message?"
_MEMBER: Final = (
    f"Let a member into #{FORUM_NAME} (Edit Channel → Permissions) who has not verified their age. What do "
    "they see? 1 nothing of it, 2 the forum and a question about their age, 3 all of it, u not sure: "
)
_SEES: Final = {
    "1": "nothing of it",
    "2": "the forum, and a question about their age",
    "3": "all of it",
    "u": UNSURE,
}


@dataclass(frozen=True)
class WindowTrial:
    """A person presses; the running bridge answers, and writes under the button what arrived."""

    forum: TrialForum
    tell: Tell

    def steps(self) -> Mapping[str, Look]:
        return {"window": self._window}

    async def _window(self) -> LiveStep:
        facts = await self._arrived()
        if facts is None:
            said = "nobody sent the window within five minutes"
            return unsure(said, "Does the bridge run? Then run this again.")
        parts = {"list": facts.chosen, "name": facts.name, "size": facts.size, "type": facts.kind}
        lacking = [name for name, there in parts.items() if not there]
        said = (
            f"not as expected: {', '.join(lacking)}"
            if lacking
            else "the value, and the file's name, size and type"
        )
        where = "yes" if facts.store else "no: another host"
        if lacking or not facts.store or facts.files != 1:
            step = found("window", said, good=False, seen={**parts, "files": facts.files})
        else:
            step = found("window", said, seen={**parts, "files": facts.files})
        return LiveStep(step.verdict, step.says, step.do, step.seen, {**step.answers, "file_host": where})

    async def _arrived(self) -> WindowFacts | None:
        opened, trial = await self.forum.post(), self.forum.trial
        self.tell(_PRESS)
        for _ in range(LOOKS):
            card = await self.forum.patiently(lambda: trial.message(opened.thread, opened.card))
            if (facts := facts_in(card)) is not None:
                return facts
            await self.forum.sleep(EVERY)
        return None


@dataclass
class NotificationTrial:
    """Writes lines, and asks what a phone showed of each."""

    forum: TrialForum
    operator: LiveOperator
    owner: DiscordId  # who owns the server
    _known: DiscordId | None = None  # who is mentioned

    def steps(self) -> Mapping[str, Look]:
        # The mention is first: only who is in a post can be notified of anything in it.
        return {
            "mention": self._mention,
            "names everyone": self._silent,
            "edit": self._edit,
            "mention in a box": self._boxed,
        }

    async def _mention(self) -> LiveStep:
        opened, trial, nonce = await self.forum.post(), self.forum.trial, self.forum.nonce()
        member = await self._member()
        post = texts.for_one(member)
        await self.forum.patiently(
            lambda: trial.mentions.call(opened.thread, post, members=[member], roles=[], nonce=nonce)
        )
        step = _judged("mention", await self.operator.saw(f"A line that mentions you {_RANG}"), expected=YES)
        if step.answers.get("mention") != YES:
            return step
        words = await self.operator.saw(_WORDS)
        later = _judged("words", words, expected=YES)
        return replace(later, says=f"yes; its words: {words}", answers={**step.answers, **later.answers})

    async def _silent(self) -> LiveStep:
        await self._line(texts.for_everyone())
        said = await self.operator.saw(f"A line that names everyone {_RANG}")
        return _judged("silent", said, expected=NO)

    async def _edit(self) -> LiveStep:
        member, message = await self._member(), await self._line(texts.line())
        opened, trial, post = await self.forum.post(), self.forum.trial, texts.edited_for_one(member)
        await self.forum.patiently(lambda: trial.threads.edit(opened.thread, message, post))
        said = await self.operator.saw(f"An edited line that names you {_RANG}")
        return _judged("edited", said, expected=NO)

    async def _boxed(self) -> LiveStep:
        opened, trial, nonce = await self.forum.post(), self.forum.trial, self.forum.nonce()
        member = await self._member()
        post = texts.boxed_for_one(member)
        await self.forum.patiently(lambda: trial.mention_in_box(opened.thread, post, member, nonce))
        rang = await self.operator.saw(f"A box that mentions you {_RANG}")
        words = await self.operator.saw(_WORDS) if rang == YES else NO
        if UNSURE in (rang, words):
            return unsure(_NOT_SURE)
        if rang == NO:
            return found("boxed", "no notification")
        return found("boxed", "a notification with its words" if words == YES else "an empty notification")

    async def _member(self) -> DiscordId:
        while self._known is None:
            typed = (await self.operator.ask(_WHO)).strip()
            if not typed:
                self._known = self.owner
            elif typed.isascii() and typed.isdigit() and len(typed) <= SNOWFLAKE_DIGITS:
                self._known = DiscordId(int(typed))
        return self._known

    async def _line(self, post: Post) -> DiscordId:
        opened, nonce = await self.forum.post(), self.forum.nonce()
        post_it = self.forum.trial.threads.post
        return await self.forum.patiently(lambda: post_it(opened.thread, post, nonce=nonce))


@dataclass(frozen=True)
class AgeTrial:
    """Reads the mark back, and asks what a member sees whose age is not verified."""

    forum: TrialForum
    operator: LiveOperator

    def steps(self) -> Mapping[str, Look]:
        return {"age-restricted": self._marked, "member without verified age": self._seen}

    async def _marked(self) -> LiveStep:
        forum, trial = await self.forum.forum_id(), self.forum.trial
        read = await self.forum.patiently(lambda: trial.channel(forum))
        marked = read.get("nsfw") is True
        said = "the forum is marked" if marked else "the mark is gone"
        return plain(said, bad="" if marked else "Please send the report to the project.")

    async def _seen(self) -> LiveStep:
        await self.forum.post()
        said = await self.operator.picks(_MEMBER, _SEES)
        return unsure("nobody was sure") if said == UNSURE else found("age", said, good=said != _SEES["3"])


def _judged(question: str, said: str, *, expected: str) -> LiveStep:
    if said == UNSURE:
        return unsure(_NOT_SURE)
    return found(question, said, good=said == expected)
