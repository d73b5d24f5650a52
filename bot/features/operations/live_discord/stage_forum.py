"""Stage 1: a forum as /setup makes it, and all that the bridge does in one."""

from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.discord.message_bodies import COMPONENTS_V2, TEXT_LIMIT
from bot.features.operations.live_check.record import LiveStep, Look
from bot.features.operations.live_discord import texts
from bot.features.operations.live_discord.steps import found, plain
from bot.features.operations.live_discord.trial_forum import LONGEST_NAME, MOST_TAGS, TrialForum, component_of
from bot.model.errors import DeliveryRefused
from bot.model.ports import Picture, Post
from storage.records import DiscordId, Reference

_SECTION, _BUTTON = 9, 2  # Discord's kinds of components
_VIEW: Final = 1 << 10
_ARCHIVES: Final = 10080  # minutes
_REPORT: Final = "Please send the report to the project."
_PICTURE: Final = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPj/HwADBwIAMCbHYQAAAABJRU5ErkJggg=="
)


@dataclass(frozen=True)
class ForumTrial:
    """Writes into the test forum alone."""

    forum: TrialForum
    community: bool | None  # whether the server has it; None: not known

    def steps(self) -> Mapping[str, Look]:
        return {
            "forum": self._forum,
            "post": self._post,
            "section": self._section,
            "longest message": self._longest,
            "same nonce": self._nonce,
            "edit": self._edit,
            "file": self._file,
            "closed and found": self._found,
            "opened again": self._wakes,
            "limits": self._limits,
        }

    async def _forum(self) -> LiveStep:
        try:
            made = await self.forum.forum()
        except DeliveryRefused as refused:
            if self.community is not False:
                raise
            said = "no: it was refused, and Community is off"
            do = "Server Settings → Enable Community; then run it again."
            return LiveStep(
                plain("", bad=do).verdict,
                f"{said}. {refused.reason}".rstrip("."),
                do,
                {},
                {"community": said},
            )
        place = self.forum.place
        rules = {one["id"]: one for one in made.get("permission_overwrites") or ()}
        everyone = int((rules.get(str(place.server)) or {}).get("deny", 0))
        tags = made.get("available_tags") or ()
        as_asked = {
            "age_restricted": made.get("nsfw") is True,
            "private": bool(everyone & _VIEW),
            "tags": len(tags),
            "tags_moderated": all(one.get("moderated") for one in tags),
            "archives_after": made.get("default_auto_archive_duration") == _ARCHIVES,
            "topic": place.mark in (made.get("topic") or ""),
        }
        said = "yes" if self.community is False else "Community is on here, so this is not told"
        wrong = [name for name, right in as_asked.items() if not right]
        if wrong:
            return plain(f"made, but not as asked: {', '.join(wrong)}", bad=_REPORT, seen=as_asked)
        return LiveStep(
            plain("").verdict, "private, age-restricted, with its tags", "", as_asked, {"community": said}
        )

    async def _post(self) -> LiveStep:
        opened, trial = await self.forum.post(), self.forum.trial
        thread = await self.forum.patiently(lambda: trial.channel(opened.thread))
        first = await self.forum.patiently(lambda: trial.message(opened.thread, opened.thread))
        seen = {"name": len(str(thread.get("name"))), "tags": len(thread.get("applied_tags") or ())}
        if first.get("id") != str(opened.thread):
            return found("card", "no", good=False, seen=seen)
        said = f"its name has {seen['name']} letters, and its first message has its id"
        as_asked = seen == {"name": LONGEST_NAME, "tags": MOST_TAGS}
        return found("card", "yes", said, good=as_asked, seen=seen)

    async def _section(self) -> LiveStep:
        """The card's button stands beside its words."""
        opened, trial = await self.forum.post(), self.forum.trial
        card = await self.forum.patiently(lambda: trial.message(opened.thread, opened.card))
        beside = (component_of(card, _SECTION) or {}).get("accessory") or {}
        good = beside.get("type") == _BUTTON and self.forum.ref in str(beside.get("custom_id"))
        said = "a section came back with its button" if good else "no section with its button came back"
        return plain(said, bad="" if good else _REPORT)

    async def _longest(self) -> LiveStep:
        longest = Post((("a test " * TEXT_LIMIT)[: TEXT_LIMIT - 1] + ".",), accent=texts.ACCENT)
        read = await self._posted(longest)
        part = component_of(read, 10) or {}
        length = len(part.get("content") or "")
        whole = length == TEXT_LIMIT
        said = f"{length} of {TEXT_LIMIT} letters came back"
        return found("box", "yes" if whole else "no: it is cut", said, good=whole, seen={"letters": length})

    async def _nonce(self) -> LiveStep:
        opened, nonce = await self.forum.post(), self.forum.nonce()
        ids = {await self._line(opened.thread, texts.line(), nonce) for _ in range(2)}
        one = len(ids) == 1
        return found(
            "nonce",
            "yes" if one else "no: it was posted twice",
            f"posted twice, it is there {'once' if one else 'twice'}",
            good=one,
        )

    async def _edit(self) -> LiveStep:
        opened, trial = await self.forum.post(), self.forum.trial
        message = await self._line(opened.thread, texts.line(), self.forum.nonce())
        boxed = texts.boxed_line()
        await self.forum.patiently(lambda: trial.threads.edit(opened.thread, message, boxed))
        read = await self.forum.patiently(lambda: trial.message(opened.thread, message))
        good = bool(int(read.get("flags", 0)) & COMPONENTS_V2) and not read.get("content")
        said = "an ordinary message became a box" if good else "the message stayed as it was"
        return found("edit", "yes" if good else "no", said, good=good)

    async def _file(self) -> LiveStep:
        opened, trial = await self.forum.post(), self.forum.trial
        picture = Picture("test.png", _PICTURE, "A single dot")
        nonce = self.forum.nonce()
        message = await self.forum.patiently(
            lambda: trial.pictures.post(opened.thread, texts.line(), picture, nonce=nonce)
        )
        read = await self.forum.patiently(lambda: trial.message(opened.thread, message))
        files = read.get("attachments") or ()
        sizes = [one.get("size") for one in files]
        good = sizes == [len(_PICTURE)]
        return plain(
            "a picture came back whole" if good else "the picture is not there",
            bad="" if good else _REPORT,
            seen={"sizes": sizes},
        )

    async def _found(self) -> LiveStep:
        opened, trial, forum = await self.forum.post(), self.forum.trial, await self.forum.forum_id()
        closed = await self.forum.patiently(lambda: trial.close(opened.thread))
        there = await self.forum.patiently(
            lambda: trial.threads.find_threads(forum, Reference(self.forum.ref), since=self.forum.since)
        )
        good = closed and [one.thread for one in there] == [opened.thread]
        seen = {"closed": closed, "found": len(there)}
        said = (
            "found by its button among the closed ones" if good else f"closed: {closed}, found: {len(there)}"
        )
        return found("found", "yes" if good else "no", said, good=good, seen=seen)

    async def _wakes(self) -> LiveStep:
        opened, trial = await self.forum.post(), self.forum.trial
        if not await self._is_closed():
            await self.forum.patiently(lambda: trial.close(opened.thread))
        words = texts.line().body[0]
        by_itself = await self.forum.patiently(lambda: trial.opens_by_itself(opened.thread, words))
        await self._line(opened.thread, texts.line(), self.forum.nonce())
        awake = not await self._is_closed()
        said = "yes" if by_itself else "no: it is refused, and the bridge opens it first"
        told = said if awake else "it stays closed"
        return found("wakes", told, good=awake, seen={"by_itself": by_itself, "awake": awake})

    async def _is_closed(self) -> bool:
        opened, trial = await self.forum.post(), self.forum.trial
        read = await self.forum.patiently(lambda: trial.channel(opened.thread))
        return bool((read.get("thread_metadata") or {}).get("archived"))

    async def _limits(self) -> LiveStep:
        heard = self.forum.trial.heard
        said = "; ".join(f"{route}: {told}" for route, told in sorted(heard.told.items()))
        seen: dict[str, Any] = {
            "headers": sorted(heard.names),
            "limits": dict(heard.told),
            "refused": dict(heard.refused),
        }
        return found("limits", said or "no answer tells one", seen=seen)

    async def _posted(self, post: Post) -> Mapping[str, Any]:
        opened, trial = await self.forum.post(), self.forum.trial
        message = await self._line(opened.thread, post, self.forum.nonce())
        return await self.forum.patiently(lambda: trial.message(opened.thread, message))

    async def _line(self, thread: DiscordId, post: Post, nonce: str) -> DiscordId:
        """Post it as lines are posted, whose words mention nobody."""
        post_it = self.forum.trial.threads.post
        return await self.forum.patiently(lambda: post_it(thread, post, nonce=nonce))
