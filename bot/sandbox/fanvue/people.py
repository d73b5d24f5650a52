"""The fans: people who write, read, pay, subscribe, follow and block."""

from bot.sandbox.fanvue import chat_actions, feed, money
from bot.sandbox.fanvue.chat_actions import ChatWords
from bot.sandbox.fanvue.post_surroundings import CommentRecord
from bot.sandbox.fanvue.records import (
    AccountRecord,
    FanBond,
    MessageId,
    MessageRecord,
    PaymentId,
    PaymentRecord,
    PostId,
    UserId,
)
from bot.sandbox.fanvue.state import FanvueState


class StandInFan:
    """One fan as seen from one creator's page; every deed happens at once and tells its webhooks."""

    def __init__(self, state: FanvueState, bond: FanBond) -> None:
        self._state = state
        self.bond = bond

    @property
    def uuid(self) -> UserId:
        return self.bond.fan.uuid

    @property
    def handle(self) -> str:
        return self.bond.fan.handle

    @property
    def display_name(self) -> str:
        return self.bond.fan.display_name

    @property
    def creator(self) -> AccountRecord:
        return self.bond.creator

    async def write(self, text: str | None, media: int = 0, kind: str = "image") -> MessageRecord:
        """Send a message with this many own files."""
        self._may_write()
        files = [chat_actions.put_in_vault(self._state, self.bond.fan, kind) for _ in range(media)]
        return chat_actions.fan_says(
            self._state, self.bond, ChatWords(text, tuple(file.uuid for file in files))
        )

    async def read(self) -> int:
        """Open the chat: everything that the creator wrote is read now."""
        return chat_actions.fan_reads(self._state, self.bond)

    async def react(self, message: MessageId, emoji: str) -> None:
        chat_actions.react(self._state, self.bond, self._message(message), emoji)

    async def take_back(self, message: MessageId) -> None:
        """Delete a message of one's own."""
        chat_actions.unsend(self._state, self.bond, self._message(message))

    async def tip(self, cents: int) -> PaymentRecord:
        return money.tip(self._state, self.bond, cents)

    async def give(self) -> MessageRecord:
        """Send a gift: which one, no message tells."""
        self._may_write()
        return chat_actions.fan_says(self._state, self.bond, ChatWords(type=self._state.switches.gift_type))

    async def buy(self, message: MessageId) -> PaymentRecord:
        return money.buy_message(self._state, self.bond, self._message(message))

    async def buy_post(self, post: PostId) -> PaymentRecord:
        return money.buy_post(self._state, self.bond, self._state.posts[post])

    async def tip_post(self, post: PostId, cents: int) -> PaymentRecord:
        return money.tip_post(self._state, self.bond, cents, self._state.posts[post])

    async def comment(self, post: PostId, text: str) -> CommentRecord:
        return feed.comment(self._state, self._state.posts[post], self.uuid, text)

    async def like(self, post: PostId) -> None:
        feed.like(self._state, self._state.posts[post], self.uuid)

    async def subscribe(self, price: int = 999) -> PaymentRecord:
        return money.subscribe(self._state, self.bond, price)

    async def renew(self) -> PaymentRecord:
        return money.renew(self._state, self.bond)

    async def cancel(self) -> None:
        """Switch automatic renewal off; the subscription runs to its end."""
        money.cancel(self._state, self.bond)

    async def change_mind(self) -> None:
        """Switch automatic renewal on again."""
        money.cancel(self._state, self.bond, at_period_end=False)

    async def lapse(self, reason: str = "not_renewed") -> None:
        money.lapse(self._state, self.bond, reason)

    async def refunded(self, payment: PaymentId) -> PaymentRecord:
        return money.take_back(self._state, self.bond, self._state.payments[payment], "refund")

    async def dispute(self, payment: PaymentId) -> PaymentRecord:
        return money.take_back(self._state, self.bond, self._state.payments[payment], "chargeback")

    async def follow(self) -> None:
        money.follow(self._state, self.bond)

    async def come_online(self) -> None:
        chat_actions.change_presence(self._state, self.bond, online=True)

    async def go_offline(self) -> None:
        chat_actions.change_presence(self._state, self.bond, online=False)

    def block(self) -> None:
        """From now on nobody can write to this fan; the chat still lists and reads."""
        self.bond.blocked = True
        self._state.pulse.beat()

    def unblock(self) -> None:
        self.bond.blocked = False
        self._state.pulse.beat()

    def inbox(self) -> list[MessageRecord]:
        """The creator side's messages that this fan can see, oldest first, each once."""
        return [message for message in self.bond.visible if not message.from_fan]

    def chat(self) -> list[MessageRecord]:
        """Both sides of the conversation as this fan sees it, oldest first."""
        return list(self.bond.visible)

    def _message(self, uuid: MessageId) -> MessageRecord:
        for message in self.bond.visible:
            if message.uuid == uuid:
                return message
        raise money.NotPossibleError("There is no such message in this fan's chat.")

    def _may_write(self) -> None:
        if self.bond.blocked:
            raise money.NotPossibleError("A fan who blocked the creator does not write.")
