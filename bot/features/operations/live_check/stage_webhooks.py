"""Stage 4: how Fanvue calls an address, and when it calls again."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Final

from bot.features.operations.doctor.findings import DoctorVerdict
from bot.features.operations.live_check.calls import LiveCalls, ReadNotSeen, body_of, went
from bot.features.operations.live_check.event_catcher import QUERY, CaughtRequest, EventCatcher
from bot.features.operations.live_check.notes import NoteKeeper, TraceKind
from bot.features.operations.live_check.record import LiveStep, Look, found, open_step
from bot.features.operations.live_check.traces import TraceRemover
from bot.settings.model import Settings
from bot.settings.value_rules import WEBHOOK_PATH

Ask = Callable[[str], Awaitable[str]]
_EVENT: Final = "creator.message.received"
_OFTEN: Final = 2.0  # seconds between two looks at what came
_FOR_EVENT, _FOR_RETRY, _FOR_ROTATION = 600, 840, 300  # seconds
_TWICE: Final = 3  # deliveries of one event: the first, and two that came again
_SECOND: Final = 1000
_STOP: Final = "Stop the bridge for this stage, and run it again; it reads what it missed at its next start."


@dataclass
class WebhookStage:
    """One subscription of its own at the bridge's address, while the bridge is stopped."""

    calls: LiveCalls
    keeper: NoteKeeper
    settings: Settings
    catcher: EventCatcher
    ask: Ask
    tell: Callable[[str], None]
    _secret: str = field(default="", repr=False)
    _subscribed: bool = False  # in this run: a subscription of an earlier one is gone
    _waited_for_event: bool = False

    def steps(self) -> Mapping[str, Look]:
        return {
            "subscribing": self._subscribe,
            "an event": self._event,
            "an event again": self._again,
            "a rotated secret": self._rotated,
        }

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Mapping[str, Look]]:
        """The steps, while the check listens; one step that says why, where it cannot."""
        where = self.settings.listen
        try:
            async with self.catcher.listening(where.host, where.port):
                try:
                    yield self.steps()
                finally:
                    await self._unsubscribe()
        except OSError:
            yield {"subscribing": self._taken}

    async def _taken(self) -> LiveStep:
        where = self.settings.listen
        return open_step(f"something listens at {where.host}:{where.port} already, as the bridge does", _STOP)

    async def _unsubscribe(self) -> None:
        if TraceKind.SUBSCRIPTION in self.keeper.notes.traces:
            try:
                await TraceRemover(self.calls, self.keeper).remove(TraceKind.SUBSCRIPTION)
            except ReadNotSeen:
                return  # it stays in the notes

    async def _subscribe(self) -> LiveStep:
        """Make the subscription, and note what is asked of the address meanwhile."""
        way = self.calls.road("subscribe")
        if way is None:
            return open_step("subscribe has no road there", "")
        url = f"{self.settings.public_url}{WEBHOOK_PATH}?{QUERY}={self.keeper.notes.mark}"
        self.keeper.begins(TraceKind.SUBSCRIPTION)
        before = len(self.catcher.caught)
        try:
            answer = await self.calls.answer(way, body={"url": url, "events": [_EVENT]})
        except ReadNotSeen as why:
            return open_step(str(why), "Run it again later.")
        looks = [_called(one) for one in self.catcher.caught[before:]]
        said = ", then ".join(looks) or "nothing is asked of it"
        seen = {"status": answer.status, "looks": looks}
        told = body_of(answer)
        if not went(answer) or not isinstance(told, dict):
            said = f"refused with status {answer.status}; before that: {said}"
            return replace(found("address_probe", said, seen, good=False), do="Please send the report.")
        self.keeper.made(TraceKind.SUBSCRIPTION, told)
        self._subscribed, self._secret = True, str(told.get("signingSecret") or "")
        return found("address_probe", said, seen, good=True)

    async def _event(self) -> LiveStep:
        """One event of the test fan's, with a picture."""
        one = await self._first()
        if one is None and not self._subscribed:
            return open_step("there is no subscription", "")
        if one is None:
            return open_step("no event came in ten minutes", "See the line “webhook address”.")
        media = sorted(name for name in one.fields if "media" in name.lower())
        right = one.signed_by(self._secret) if self._secret else None
        seen: dict[str, Any] = {"fields": dict(one.fields), "headers": list(one.headers), "signed": right}
        said = f"yes: {', '.join(media)}" if media else "no: no field of it says so"
        signature = _SIGNED[right]
        good = right is not False
        verdict = DoctorVerdict.OK if good else DoctorVerdict.BAD
        return LiveStep(verdict, f"came, {signature}", "", seen, {"text_media": said})

    async def _first(self) -> CaughtRequest | None:
        """The first event since this start, for which the test fan is asked once."""
        if not self._subscribed:
            await self._subscribe()
        if self._subscribed and not self._ours() and not self._waited_for_event:
            self._waited_for_event = True
            handle = self.keeper.notes.handle
            self.tell(f"Now have @{handle} send a picture with some words. Waiting for ten minutes.")
            await self._waited(self._ours, _FOR_EVENT)
        return next(iter(self._ours()), None)

    async def _again(self) -> LiveStep:
        """Every event was answered 503: the seconds until the same one comes again."""
        first = await self._first()
        if first is None:
            return open_step("no event came that could come again", "")
        self.tell("It was answered 503. Waiting for up to 14 minutes for it to come again; Ctrl+C ends it.")

        def same() -> Sequence[CaughtRequest]:
            return [one for one in self._ours() if one.event == first.event]

        await self._waited(lambda: len(same()) >= _TWICE, _FOR_RETRY)
        came = [(one.at - first.at) // _SECOND for one in same()[1:]]
        said = f"after {' and '.join(map(str, came))} s" if came else "not within 14 minutes"
        return found("retries", said, {"seconds": came}, good=True)

    async def _rotated(self) -> LiveStep:
        """The header while the app has two secrets; only the operator can rotate one."""
        wanted = await self.ask(
            "To see a rotated secret: in Fanvue's Developer Area, under Events, rotate the webhook secret, "
            "then press the button for a test event. Done? [y/N] "
        )
        if not wanted.strip().lower().startswith("y"):
            return open_step("left out", "Run it again when you rotate the secret anyway.")

        before = len(self.catcher.caught)

        def values() -> Sequence[int]:
            return [one.values for one in self.catcher.caught[before:] if one.values and not one.mark]

        await self._waited(lambda: max(values(), default=0) > 1, _FOR_ROTATION)
        if not values():
            return open_step("no event came in five minutes", "Is the event ticked under Events?")
        most = max(values())
        said = f"{most} signatures in one header" if most > 1 else "one signature"
        return found("rotation", said, {"signatures": most}, good=True)

    def _ours(self) -> Sequence[CaughtRequest]:
        """The signed requests for the check's own subscription."""
        mark = self.keeper.notes.mark
        return [one for one in self.catcher.caught if one.mark == mark and one.header is not None]

    async def _waited(self, came: Callable[[], Any], seconds: int) -> bool:
        for _ in range(int(seconds / _OFTEN)):
            if came():
                return True
            await self.calls.sleep(_OFTEN)
        return bool(came())


_SIGNED: Final = {
    True: "signed with its own secret",
    False: "and its signature is not one of its own secret",
    None: "and no secret was told to compare its signature with",
}


def _called(one: CaughtRequest) -> str:
    return f"{one.method} {'with' if one.header is not None else 'without'} a signature"
