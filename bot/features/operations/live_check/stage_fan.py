"""Stage 2: messages to a test fan, who has proven to be one."""

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.fanvue.operations import ApiSurface, OperationRoute, PagingStyle
from bot.fanvue.transport import HttpAnswer
from bot.features.operations.doctor.findings import DoctorVerdict
from bot.features.operations.live_check.calls import LiveCalls, ReadNotSeen, body_of, road_on, went
from bot.features.operations.live_check.notes import NoteKeeper, TraceKind
from bot.features.operations.live_check.record import LiveStep, Look, found, open_step
from bot.features.operations.live_check.traces import TraceRemover

PROOF: Final = "test fan"
_LOOKS, _BETWEEN = 60, 10.0  # how often the code is looked for, and the seconds between
_NEWEST: Final = 20
_ONE_TOO_LONG: Final = 31  # letters; 30 is what documents say
_STAYS: Final = "Remove it on Fanvue by hand: the API does not take it back there."


@dataclass(frozen=True)
class TestFanStage:
    """Writes to one fan only, and only after this fan wrote a code that nobody else can know."""

    __test__ = False  # no test of pytest's
    calls: LiveCalls
    keeper: NoteKeeper
    handle: str
    random: Callable[[int], bytes]
    tell: Callable[[str], None]

    def steps(self) -> Mapping[str, Look]:
        return {
            "one key twice": self._keys,
            "a long nickname": self._nickname,
            "typing": self._typing,
            "unsending": self._unsend,
        }

    async def proof(self) -> LiveStep:
        """Wait for the code. Nothing is written to anybody before it came."""
        code = self.random(3).hex().upper()
        self.tell(f"Now have @{self.handle} write {code} to this creator on Fanvue. Waiting for ten minutes.")
        for number in range(_LOOKS):
            try:
                fan = await self._who_wrote(code)
            except ReadNotSeen as why:
                return open_step(str(why), "Run it again later.")
            if fan is not None:
                self.keeper.fan_is(fan)
                said = f"wrote the code, which was seen after {int(number * _BETWEEN)} s at most"
                return LiveStep(DoctorVerdict.OK, said)
            await self.calls.sleep(_BETWEEN)
        said = "no message of theirs with the code came in ten minutes, so nothing was written to anybody"
        do = "Look at the handle, and whether the line “messages” misses the sender. Each run has a new code."
        return open_step(said, do)

    async def _who_wrote(self, code: str) -> str | None:
        """The fan with this handle, if the code is one of their newest messages."""
        for chat in await self.calls.rows("chats", _NEWEST):
            user = chat.get("user")
            if not isinstance(user, dict) or not isinstance(user.get("uuid"), str):
                continue
            if str(user.get("handle", "")).casefold() != self.handle.casefold():
                continue
            for row in await self.calls.rows("messages", _NEWEST, userUuid=user["uuid"]):
                sender = row.get("sender")
                wrote = isinstance(sender, dict) and sender.get("uuid") == user["uuid"]
                text = row.get("text")
                words = text.strip().upper() if isinstance(text, str) else ""
                if wrote and hmac.compare_digest(words.encode(), code.encode()):
                    return str(user["uuid"])
        return None

    async def _keys(self) -> LiveStep:
        """The same message twice under one key, then other words under it."""
        mark, key = self.keeper.notes.mark, self.random(16).hex()
        words = [f"{mark}: one", f"{mark}: one", f"{mark}: other words"]
        try:
            answers = [await self._send(text, key) for text in words]
            rows = await TraceRemover(self.calls, self.keeper).marked(TraceKind.MESSAGE)
        except ReadNotSeen as why:
            return open_step(f"it is not clear what was sent: {why}", "Run it again later.")
        if not went(answers[0]):
            return LiveStep(
                DoctorVerdict.BAD,
                f"a message to the test fan is refused with status {answers[0].status}",
                "See whether this account may write to them on Fanvue.",
            )
        came = [sum(row.get("text") == text for row in rows) for text in dict.fromkeys(words)]
        if not came[0]:
            return open_step("the message is not in the chat yet", "Run it again later.")
        said = "yes: one message" if came[0] == 1 else f"no: {came[0]} messages"
        other = "sent, too" if came[1] else "not sent"
        said += f"; other words under it: status {answers[2].status}, {other}"
        seen = {"statuses": [answer.status for answer in answers], "came": came}
        return found("idempotency", said, seen, good=True)

    async def _send(self, text: str, key: str) -> HttpAnswer:
        way = self.calls.road("send")
        if way is None:
            raise ReadNotSeen("send has no road there")
        parts = {"userUuid": self.keeper.notes.fan}
        self.keeper.begins(TraceKind.MESSAGE)
        answer = await self.calls.answer(way, parts=parts, body={"text": text}, key=key)
        self.keeper.made(TraceKind.MESSAGE, body_of(answer))
        return answer

    async def _nickname(self) -> LiveStep:
        """One letter more than documents allow; the nickname of before is given back."""
        way, remover = self.calls.road("change_chat"), TraceRemover(self.calls, self.keeper)
        if way is None:
            return open_step("change_chat has no road there", "")
        parts = {"userUuid": self.keeper.notes.fan}
        try:
            was = await self._called()
            if was is None:
                return open_step("the chat does not tell the nickname, so none was changed", "")
            self.keeper.had_nickname(was)
            self.keeper.begins(TraceKind.NICKNAME)
            answer = await self.calls.answer(way, parts=parts, body={"nickname": "n" * _ONE_TOO_LONG})
            now = await self._called() if went(answer) else None
            await remover.remove(TraceKind.NICKNAME)
        except ReadNotSeen as why:
            return open_step(str(why), "Run it again: it gives the nickname of before back.")
        if not went(answer):
            said = f"31 letters are refused with status {answer.status}"
        else:
            said = f"31 letters are taken, and {len(now or '')} are kept"
        return found("nickname", said, {"status": answer.status}, good=True)

    async def _called(self) -> str | None:
        """The test fan's nickname; "" for none, None where Fanvue does not tell it."""
        way = self.calls.road("chat", ApiSurface.V1)
        if way is None:
            return None
        chat = body_of(await self.calls.answer(way, parts={"userUuid": self.keeper.notes.fan}))
        user = chat.get("user") if isinstance(chat, dict) else None
        for row in (chat, user):
            if isinstance(row, dict) and "nickname" in row:
                return row["nickname"] if isinstance(row["nickname"], str) else ""
        return None

    async def _typing(self) -> LiveStep:
        """Whether a fan can be shown that somebody types; the bridge does not do it yet."""
        statuses = {}
        for surface in self.calls.surfaces:
            send = road_on("send", surface)
            if send is None:
                continue
            path = send.path.removesuffix("/message") + "/typing"
            way = OperationRoute("typing", "POST", path, surface, PagingStyle.NONE, send.scopes)
            parts = {"userUuid": self.keeper.notes.fan}
            try:
                answer = await self.calls.answer(way, parts=parts, body={"isTyping": True})
            except ReadNotSeen as why:
                return open_step(str(why), "Run it again later.")
            statuses[surface.value] = answer.status
        said = ", ".join(f"{name}: status {status}" for name, status in statuses.items())
        return found("typing", said, {"statuses": statuses}, good=True)

    async def _unsend(self) -> LiveStep:
        """What was written is taken back, and the chat is read once more.

        A check that was stopped has taken its messages back already, and writes one more.
        """
        if self.calls.road("delete_message") is None:
            self.keeper.gone(TraceKind.MESSAGE)
            said = "the API unsends no messages there"
            return LiveStep(DoctorVerdict.WARN, said, _STAYS, {}, {"unsending": said})
        try:
            if TraceKind.MESSAGE not in self.keeper.notes.traces:
                answer = await self._send(f"{self.keeper.notes.mark}: once more", self.random(16).hex())
                if not went(answer):
                    return open_step(f"a message to the test fan is refused ({answer.status})", "")
            left = await TraceRemover(self.calls, self.keeper).remove(TraceKind.MESSAGE)
        except ReadNotSeen as why:
            return open_step(str(why), "Run it again: it takes back what it wrote.")
        if left:
            said = f"still there after it was unsent: {left}"
            return LiveStep(DoctorVerdict.WARN, said, _STAYS, {"left": left}, {"unsending": said})
        return found("unsending", "they are gone from the chat", {}, good=True)
