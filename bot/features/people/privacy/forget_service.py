"""Forgets one fan: texts, names, threads; rows that must stay name nobody.

It is one transaction, at the press of the button. The ids of messages stay as keys without a body: a chat is
still on Fanvue, and its messages must not come back as new. If the fan writes again, they are somebody new.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from bot.access.policy import Action
from bot.engine import lasting_pseudonyms
from bot.engine.outbox import ERASED, EffectRequest
from bot.engine.streams import removal_stream
from bot.features.people.privacy import due_removals, texts
from bot.features.people.privacy.answer_service import PrivacyAnswer, PrivacyChangeBlocked
from bot.features.people.privacy.commenters import Commenters
from bot.features.people.privacy.due_removals import want_edit, want_removal
from bot.features.people.privacy.question_service import PrivacyQuestion, PrivacyQuestionService
from bot.features.people.privacy.text_eraser import SealedTextEraser
from bot.model.language import tr
from bot.model.ports import Post
from bot.relay.context import Context
from bot.relay.fact_bodies import body_place
from bot.relay.fan_labels import choices_of
from bot.relay.impostors import label_of
from bot.relay.lines import MESSAGE
from bot.text.render import fan_label
from storage.database import Transaction
from storage.engine import drafts, inbox, pseudonyms
from storage.inbox import fans, threads
from storage.money import credit_moves, earning_events
from storage.operations import alert_groups
from storage.people import data_export, fan_erasure, removals, text_erasure
from storage.records import CreatorId, DiscordId, FactId, FactState, Fan, FanId, Link, Millis

FORGET = "forget"
_BATCH = 200
CHOICES, CHOICE = 25, 100  # of suggestions, and characters of one: Discord shows no more
_LATE = 100_000  # facts that came in while the others were looked through


@dataclass(frozen=True)
class ForgottenFanFacts:
    """Facts that name a fan, of all that came in until then."""

    facts: tuple[FactId, ...]
    until: Millis


class ForgetFanService:
    def __init__(self, ctx: Context, *, asking: PrivacyQuestionService, erasing: SealedTextEraser) -> None:
        self._ctx = ctx
        self._commenters = Commenters(ctx.sealer)
        self._asking = asking
        self._erasing = erasing

    async def ask(self, link: Link, by: DiscordId, channel: DiscordId, fan: str | None = None) -> Post:
        """Ask whether somebody is to be forgotten.

        `fan`: their id or handle, as it was typed; None: the fan of this thread.
        """

        async def work(tx: Transaction) -> tuple[FanId, str] | None:
            found = await self._meant(tx, link.creator, channel, fan)
            return None if found is None else (found.id, await self._label(tx, found))

        found = await self._ctx.database.read(work)
        if found is None:
            return Post(body=(tr(texts.NO_FAN) if fan is None else tr(texts.NO_SUCH_FAN),))
        buttons = await self._asking.ask(link.creator, by, Action.FORGET, FORGET, {"fan": found[0]})
        return texts.ask_forget(found[1], buttons)

    async def fans(self, link: Link, typed: str) -> list[tuple[str, str]]:
        """Fans to offer while one is typed, also those who only commented: the text shown, and their id."""
        prefix = typed.strip().lstrip("@")

        async def work(tx: Transaction) -> list[tuple[str, str]]:
            known = await fans.search(tx, link.creator, prefix, CHOICES)
            found = [*known, *await self._commenters.like(tx, link.creator, prefix, CHOICES)][:CHOICES]
            words = await choices_of(tx, found, longest=CHOICE)
            return [(said, one.id) for said, one in zip(words, found, strict=True)]

        return await self._ctx.database.read(work)

    async def prepare(self, question: PrivacyQuestion) -> ForgottenFanFacts:
        """Look through all bodies of the creator for this fan: nothing else says whom a fact is about."""
        return await self.look_through(question.creator, FanId(question.given["fan"]))

    async def carry(
        self, tx: Transaction, question: PrivacyQuestion, prepared: ForgottenFanFacts
    ) -> PrivacyAnswer:
        """Forget the fan; return the answer."""
        fan = FanId(question.given["fan"])
        if not await fan_erasure.known(tx, question.creator, fan):
            return PrivacyAnswer(tr(texts.NO_FAN))
        await self.forget(tx, question.creator, fan, prepared, cause=question.draft)
        await self._ctx.effects.trail.write(  # who it was is forgotten here, too
            tx,
            "privacy.forget",
            "done",
            actor=question.owner,
            creator=question.creator,
            cause=question.draft,
        )
        await drafts.blank(tx, question.draft)  # the question names them, too
        return PrivacyAnswer(tr(texts.FORGOTTEN))

    async def look_through(self, creator: CreatorId, fan: FanId) -> ForgottenFanFacts:
        """The facts that name this fan, and from when on they must be looked through once more."""
        began, found, after = self._ctx.clock.now(), list[FactId](), FactId("")
        while True:
            batch = await self._ctx.database.read(
                partial(fan_erasure.bodies, creator=creator, since=0, after=after, limit=_BATCH)
            )
            found += self._naming(batch, creator, fan)
            if len(batch) < _BATCH:
                return ForgottenFanFacts(tuple(found), began)
            after = batch[-1][0]

    async def forget(
        self, tx: Transaction, creator: CreatorId, fan: FanId, seen: ForgottenFanFacts, *, cause: str
    ) -> None:
        """Take the fan out of everything; PrivacyChangeBlocked while something is on its way to them."""
        if await fan_erasure.under_way(tx, creator, fan):
            raise PrivacyChangeBlocked(tr(texts.UNDER_WAY))
        trace = await fan_erasure.trace(tx, creator, fan)
        await self._take_down(tx, creator, fan, trace.threads, cause)
        late = await fan_erasure.bodies(tx, creator, since=seen.until, after=FactId(""), limit=_LATE)
        facts = dict.fromkeys([*seen.facts, *self._naming(late, creator, fan)])
        commands = await fan_erasure.commands_in(tx, trace)
        await self._erasing.erase(
            tx, text_erasure.ExpiredTexts(tuple(facts), (), tuple(commands), ()), creator
        )
        for message in await fan_erasure.sent(tx, creator, fan):
            await self._keep_key(tx, creator, message)
        await lasting_pseudonyms.forget(
            tx, self._ctx.effects.trail.pseudonyms, creator, fan, now=self._ctx.clock.now()
        )
        name = await self._ctx.effects.trail.pseudonyms.known(tx, creator, fan)
        if name is not None:  # whoever gave a reason may have named them in it
            await credit_moves.forget(tx, creator, name)
            await earning_events.forget(tx, creator, name)
        await fan_erasure.take_out(tx, creator, fan)
        await pseudonyms.forget_fan(tx, creator, fan)

    async def _meant(
        self, tx: Transaction, creator: CreatorId, channel: DiscordId, typed: str | None
    ) -> Fan | None:
        if typed is not None:
            return await self._named(tx, creator, typed.strip().lstrip("@"))
        thread = await threads.by_discord(tx, channel)
        if thread is None or thread.creator != creator:
            return None
        return await fans.get(tx, creator, thread.fan)

    async def _label(self, tx: Transaction, fan: Fan) -> str:
        """With digits also of somebody who only commented: nobody compares the names of these."""
        known = await fans.get(tx, fan.creator, fan.id)
        return fan_label(fan) if known is None else await label_of(tx, known)

    async def _named(self, tx: Transaction, creator: CreatorId, named: str) -> Fan | None:
        """The only one who is called so."""
        found = await data_export.fans_named(tx, creator, named)
        if found:
            return await fans.get(tx, creator, found[0]) if len(found) == 1 else None
        commented = await self._commenters.named(tx, creator, named)
        return commented[0] if len(commented) == 1 else None

    def _naming(self, batch: Sequence[tuple[FactId, bytes]], creator: CreatorId, fan: FanId) -> list[FactId]:
        name = fan.casefold().encode()
        return [
            fact
            for fact, sealed in batch
            if name in self._ctx.sealer.open(body_place(fact, creator), sealed).lower()
        ]

    async def _take_down(
        self, tx: Transaction, creator: CreatorId, fan: FanId, channels: Sequence[DiscordId], cause: str
    ) -> None:
        """Have everything about the fan removed from Discord: threads whole, other lines one by one."""
        for number, channel in enumerate(channels):
            await self._ctx.effects.add(
                tx,
                EffectRequest(
                    network="discord",
                    kind=due_removals.DELETE,
                    stream=removal_stream(creator),
                    creator=creator,
                    cause=cause,
                    part=f"thread:{number}",
                    body={"channel": channel, "before": None},
                ),
            )
        for stream, place in await alert_groups.leave(tx, creator, fan):
            await want_edit(tx, self._ctx.effects, creator, stream, place, cause=f"{cause}:{place}")
        for channel in await removals.take_lines_about(tx, creator, fan):
            await want_removal(tx, self._ctx.effects, creator, channel, cause=f"{cause}:{channel}")

    async def _keep_key(self, tx: Transaction, creator: CreatorId, message: str) -> None:
        """Something the bridge sent: known as a message, so that the sweep does not show it as a new one."""
        now, fact = self._ctx.clock.now(), self._ctx.effects.ids.fact(creator, MESSAGE, message)
        await inbox.keep(
            tx,
            inbox.NewFact(
                id=fact,
                creator=creator,
                kind=MESSAGE,
                key=message,
                source="forgotten",
                source_at=now,
                received_at=now,
                state=FactState.DONE,
                reason=None,
                body=self._ctx.sealer.seal(body_place(fact, creator), ERASED),
            ),
        )
