"""An application's answer as a person sees it, and how to wait for it."""

from collections.abc import Callable
from typing import Any

from bot.sandbox import patience
from bot.sandbox.discord.callbacks import DEFER, SHOW_MODAL
from bot.sandbox.discord.interactions import StandInInteraction
from bot.sandbox.discord.model import StandInMessage
from bot.sandbox.discord.snowflakes import iso
from bot.sandbox.discord.world import DiscordWorld


class InteractionAnswer:
    """The answer to one thing that a person did; it changes while the application works.

    `state` is: waiting (nothing yet), thinking (deferred), shown (a message), updated (the message that had
    the button was changed or kept), modal (a form was opened), choices (autocomplete), deleted, and failed
    (nothing came in time: "The application did not respond").
    """

    def __init__(self, world: DiscordWorld, interaction: StandInInteraction) -> None:
        """The answer to this interaction."""
        self._world = world
        self.interaction = interaction

    @property
    def id(self) -> int:
        return self.interaction.id

    @property
    def state(self) -> str:
        """The person's present view, in one word."""
        made = self.interaction
        if made.callback is None:
            return "failed" if made.failed else "waiting"
        if made.modal is not None:
            return "modal"
        if made.choices is not None:
            return "choices"
        if made.original is not None and made.original.deleted:
            return "deleted"
        if made.original is not None and made.original.loading:
            return "thinking"
        return "shown" if made.callback in {4, DEFER} else "updated"

    @property
    def message(self) -> StandInMessage | None:
        """The answer's own message, or the message that the button belongs to; then what stands beside it.

        What stands beside it stays when the message with the button is deleted.
        """
        kept = self.interaction.callback not in {4, DEFER} and self.state in {"updated", "deleted"}
        beside = self.followups if kept else []
        return beside[-1] if beside else self.interaction.original

    @property
    def followups(self) -> list[StandInMessage]:
        return [message for message in self.interaction.followups if not message.deleted]

    @property
    def is_silent(self) -> bool:
        """Whether the message with the button stays as it was, and nothing stands beside it."""
        return self.state == "updated" and not self.followups

    @property
    def text(self) -> str:
        """The text of the message; empty while there is none."""
        return "" if self.message is None else self.message.text

    @property
    def ephemeral(self) -> bool:
        """Whether only this person sees the answer."""
        return self.message is not None and self.message.ephemeral

    @property
    def modal(self) -> dict[str, Any] | None:
        """The form that was opened."""
        return self.interaction.modal

    @property
    def choices(self) -> list[dict[str, Any]]:
        """The suggestions of an autocomplete."""
        return self.interaction.choices or []

    async def until(
        self,
        predicate: Callable[["InteractionAnswer"], bool],
        timeout: float = patience.SECONDS,  # noqa: ASYNC109 - the limit is part of the question
    ) -> "InteractionAnswer":
        """Return itself when the predicate holds; a TimeoutError tells what the person sees instead."""
        try:
            await self._world.until(lambda: predicate(self), timeout)
        except TimeoutError:
            raise TimeoutError(f"after {timeout:g} s the answer is {self.state}: {self.text!r}") from None
        return self

    async def first(self, timeout: float = patience.SECONDS) -> "InteractionAnswer":  # noqa: ASYNC109 - the limit is part of the question
        """Return itself when the application has reacted in any way, or has failed to."""
        return await self.until(lambda answer: answer.state != "waiting", timeout)

    async def done(self, timeout: float = patience.SECONDS) -> "InteractionAnswer":  # noqa: ASYNC109 - the limit is part of the question
        """Return itself when it is neither waiting nor thinking."""
        return await self.until(lambda answer: answer.state not in {"waiting", "thinking"}, timeout)

    async def told(self, timeout: float = patience.SECONDS) -> "InteractionAnswer":  # noqa: ASYNC109 - the limit is part of the question
        """Return itself when there is a message for this person alone."""
        return await self.until(lambda answer: answer.state != "thinking" and answer.ephemeral, timeout)

    async def opened(self, timeout: float = patience.SECONDS) -> dict[str, Any]:  # noqa: ASYNC109 - the limit is part of the question
        """The form, when it has been opened; anything else that comes is an AssertionError."""
        await self.first(timeout)
        assert self.interaction.callback == SHOW_MODAL, f"no form was opened: {self.state}"
        assert self.interaction.modal is not None
        return self.interaction.modal

    async def says(self, words: str, timeout: float = patience.SECONDS) -> "InteractionAnswer":  # noqa: ASYNC109 - the limit is part of the question
        """Return itself when the message, or a further one, has these words in it."""
        return await self.until(
            lambda a: any(words in t for t in [a.text, *(m.text for m in a.followups)]), timeout
        )

    def json(self) -> dict[str, Any]:
        """The answer for the control page."""
        made = self.interaction
        return {
            "id": str(made.id),
            "state": self.state,
            "ephemeral": self.ephemeral,
            "text": self.text,
            "message_id": None if self.message is None else str(self.message.id),
            "components": [] if self.message is None else self.message.components,
            "followups": [
                {"id": str(m.id), "text": m.text, "ephemeral": m.ephemeral} for m in self.followups
            ],
            "modal": made.modal,
            "choices": made.choices,
            "answered_at": iso(made.answered_at),
        }
