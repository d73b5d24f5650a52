"""A creator's owner decides about texts: how shown, and how long kept."""

from dataclasses import asdict

from bot.access.policy import Action
from bot.features.people.privacy import term_texts, texts
from bot.features.people.privacy.answer_service import PrivacyAnswer
from bot.features.people.privacy.question_service import PrivacyQuestion, PrivacyQuestionService
from bot.model.ports import Post
from bot.relay.context import Context
from storage.database import Transaction
from storage.people import privacy_modes, retention
from storage.people.privacy_modes import PrivacyMode
from storage.people.retention import RetentionTerms
from storage.records import DiscordId, Link

MODE, TERMS = "mode", "terms"


class PrivacyChoiceService:
    """Takes choices, each asked about once more. Who may choose is checked at every click."""

    def __init__(self, ctx: Context, *, asking: PrivacyQuestionService) -> None:
        self._ctx = ctx
        self._asking = asking

    async def mode(self, link: Link, by: DiscordId, mode: PrivacyMode) -> Post:
        """Ask whether texts are to be shown so from now on."""
        held = await self._ctx.database.read(lambda tx: privacy_modes.now(tx, link.creator))
        if held is mode:
            return Post(body=(texts.mode_held(link.handle, mode),))
        given = {"mode": mode.value, "handle": link.handle}
        buttons = await self._asking.ask(link.creator, by, Action.PRIVACY_SET, MODE, given)
        return texts.ask_mode(link.handle, held, mode, buttons)

    async def keep(
        self, link: Link, by: DiscordId, *, texts: int | None, records: int | None, money: int | None
    ) -> Post:
        """Ask whether to keep incoming content for so many days; None leaves a value as it is."""
        held = await self._ctx.database.read(lambda tx: retention.terms(tx, link.creator))
        wanted = RetentionTerms(
            held.texts if texts is None else texts,
            held.records if records is None else records,
            held.money if money is None else money,
        )
        if wanted == held:
            named = any(days is not None for days in (texts, records, money))
            return term_texts.shown(link.handle, held, already=named)
        if wanted.records < wanted.texts:
            return Post(body=(term_texts.too_short(wanted),))
        given = {**asdict(wanted), "handle": link.handle}
        buttons = await self._asking.ask(link.creator, by, Action.PRIVACY_SET, TERMS, given)
        return term_texts.ask(link.handle, held, wanted, buttons)

    async def show(self, link: Link) -> Post:
        """A creator's settings now."""

        async def work(tx: Transaction) -> tuple[PrivacyMode, RetentionTerms]:
            return await privacy_modes.now(tx, link.creator), await retention.terms(tx, link.creator)

        return texts.settings(link.handle, *await self._ctx.database.read(work))

    async def prepare(self, question: PrivacyQuestion) -> None:
        """A choice needs no preparation."""

    async def carry(self, tx: Transaction, question: PrivacyQuestion, prepared: None) -> PrivacyAnswer:  # noqa: ARG002 - the same for all
        """Carry out a question answered with Yes; return the answer."""
        given = question.given
        if question.what == MODE:
            mode = PrivacyMode(given["mode"])
            await privacy_modes.choose(tx, question.creator, mode, since=self._ctx.clock.now())
            await self._note(tx, question, "privacy.mode", mode)
            return PrivacyAnswer(texts.mode_chosen(given["handle"], mode))
        terms = RetentionTerms(given["texts"], given["records"], given["money"])
        await retention.choose(tx, question.creator, terms)
        await self._note(tx, question, "privacy.retention", f"{terms.texts}/{terms.records}/{terms.money}")
        return PrivacyAnswer(term_texts.chosen(given["handle"], terms))

    async def _note(self, tx: Transaction, question: PrivacyQuestion, action: str, target: str) -> None:
        await self._ctx.trail.write(
            tx,
            action,
            "done",
            target=target,
            actor=question.owner,
            creator=question.creator,
            cause=question.draft,
        )
