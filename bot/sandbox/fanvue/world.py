"""Sets a Fanvue up: apps, creators, fans, agency members, media, grants."""

import random
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from bot.sandbox import patience, witness
from bot.sandbox.fanvue import chat_actions, money, publishing
from bot.sandbox.fanvue.events import EVENT_SCOPES
from bot.sandbox.fanvue.people import StandInFan
from bot.sandbox.fanvue.post_surroundings import CollectionRecord
from bot.sandbox.fanvue.records import (
    AccountRecord,
    CustomListRecord,
    DeveloperApp,
    FanBond,
    ListId,
    MediaId,
    MediaRecord,
    MessageRecord,
    PostId,
    PostRecord,
    UserId,
)
from bot.sandbox.fanvue.state import FanvueState
from bot.sandbox.fanvue.switches import FanvueSwitches
from bot.sandbox.fanvue.tokens import IssuedTokens, TokenOffice
from bot.sandbox.fanvue.vault import VaultFolder

# What README section 3 says this bot needs.
DEFAULT_SCOPES = (
    "openid",
    "offline_access",
    "offline",
    "read:self",
    "read:chat",
    "write:chat",
    "read:fan",
    "read:creator",
    "read:media",
    "write:media",
    "read:post",
    "write:post",
    "read:insights",
)
_MONTHS = timedelta(days=90)


class FanvueWorld(FanvueState):
    """A Fanvue that tests and the demo can furnish; people in it act through `StandInFan`."""

    def __init__(self, now: Callable[[], datetime], rng: random.Random, switches: FanvueSwitches) -> None:
        super().__init__(now, rng, switches)
        self.tokens = TokenOffice(self)
        self.fans: dict[tuple[UserId, UserId], StandInFan] = {}
        self._handles: dict[str, AccountRecord] = {}

    async def until(self, predicate: Callable[[], object], within: float = patience.SECONDS) -> None:
        """Wait for something to become true; wakes on every change and raises TimeoutError."""
        await self.pulse.until(predicate, within)

    def add_app(
        self,
        client_id: str,
        client_secret: str,
        redirect_uris: Iterable[str],
        scopes: Iterable[str] = DEFAULT_SCOPES,
        webhook_url: str | None = None,
        webhook_secret: str = "whsec_stand_in",  # noqa: S107 - an invented secret of an invented app
        events: Iterable[str] = tuple(EVENT_SCOPES),
    ) -> DeveloperApp:
        """Fill in the Developer Area: the app's possible scopes and the events it ticked."""
        app = DeveloperApp(
            client_id,
            client_secret,
            tuple(redirect_uris),
            frozenset(scopes),
            f"App {client_id}",
            webhook_url,
            webhook_secret,
            frozenset(events),
        )
        self.apps[client_id] = app
        return app

    def add_creator(self, handle: str, display_name: str) -> AccountRecord:
        return self._add_account(handle, display_name, is_creator=True)

    def add_member(
        self, handle: str, display_name: str, creators: Iterable[AccountRecord], role: str = "CHATTER"
    ) -> AccountRecord:
        """Someone of an agency who works for these creators through `/creators/...`."""
        member = self._add_account(handle, display_name, is_creator=False)
        member.manages = {creator.uuid for creator in creators}
        member.role = role
        return member

    def add_fan(
        self,
        handle: str,
        display_name: str,
        creator: AccountRecord,
        subscribed: bool = True,  # noqa: FBT001, FBT002 - the brief's signature
    ) -> StandInFan:
        """A fan of this creator; the same handle again is the same person at another creator."""
        account = self._handles.get(handle) or self._add_account(handle, display_name, is_creator=False)
        bond = FanBond(creator, account)
        self.bonds[creator.uuid, account.uuid] = bond
        if subscribed:
            money.start_subscription(self, bond, 999)
        fan = StandInFan(self, bond)
        self.fans[creator.uuid, account.uuid] = fan
        self.pulse.beat()
        return fan

    def add_crowd(
        self, creator: AccountRecord, number: int, named: str, *, subscribed: bool
    ) -> list[StandInFan]:
        """So many who subscribed months ago, and still are or are not subscribed; nobody is told of it."""
        long_ago = self.now() - _MONTHS
        crowd = []
        for which in range(number):
            fan = self.add_fan(f"{named}{which:06d}", f"{named} {which}", creator, subscribed=False)
            fan.bond.first_subscribed_at = long_ago
            if subscribed:
                fan.bond.subscription = money.running_since(self, long_ago, 999)
            crowd.append(fan)
        return crowd

    def fan(self, uuid: str, creator: str | None = None) -> StandInFan | None:
        """The fan of this uuid (at this creator)."""
        for (owner, fan), person in self.fans.items():
            if fan == uuid and creator in {None, owner}:
                return person
        return None

    def add_media(
        self, owner: AccountRecord, kind: str = "image", status: str = "ready", name: str | None = None
    ) -> MediaRecord:
        return chat_actions.put_in_vault(self, owner, kind, status, name)

    def add_folder(self, owner: AccountRecord, name: str, media: Iterable[MediaRecord] = ()) -> VaultFolder:
        """A folder of the vault, as a creator keeps it by hand."""
        made = VaultFolder(owner.uuid, name, self.now(), [item.uuid for item in media])
        self.folders[owner.uuid, name] = made
        return made

    def add_list(
        self, creator: AccountRecord, name: str, members: Iterable[StandInFan] = ()
    ) -> CustomListRecord:
        """A custom list, as a creator keeps it by hand."""
        fans = [fan.uuid for fan in members]
        made = CustomListRecord(ListId(self.new_id()), creator.uuid, name, self.now(), fans)
        self.lists[made.uuid] = made
        return made

    def add_collection(self, creator: AccountRecord, label: str) -> CollectionRecord:
        """A collection of posts, as a creator keeps it by hand."""
        made = CollectionRecord(self.new_id(), creator.uuid, label, self.now())
        self.below.collections[made.uuid] = made
        return made

    def automated(self, fan: StandInFan, kind: str, text: str) -> MessageRecord:
        """The platform writes for the creator, such as `AUTOMATED_NEW_SUBSCRIBER`."""
        return chat_actions.creator_says(
            self, fan.bond, chat_actions.ChatWords(text, type=kind, automated=True)
        )

    def write_as_creator(
        self,
        fan: StandInFan,
        text: str,
        media: Iterable[MediaId] = (),
        price: int | None = None,
        kind: str | None = None,
    ) -> MessageRecord:
        """The creator writes on Fanvue's own site, past the bridge; `kind`: or Fanvue does, by this type."""
        words = chat_actions.ChatWords(text, tuple(media), price, type=kind or self.switches.hand_type)
        return chat_actions.creator_says(self, fan.bond, words)

    def post_as_creator(self, creator: AccountRecord, text: str, audience: str = "subscribers") -> PostRecord:
        """The creator publishes on Fanvue's own site, past the bridge."""
        now = self.now()
        post = PostRecord(PostId(self.new_id()), creator.uuid, audience, now, text, published_at=now)
        return publishing.publish(self, post)

    def grant(
        self, account: AccountRecord, client_id: str | None = None, scopes: Iterable[str] = DEFAULT_SCOPES
    ) -> IssuedTokens:
        """Tokens for this account, without the browser dance; the only app is the default."""
        chosen = next(iter(self.apps)) if client_id is None else client_id
        return self.tokens.grant(chosen, account.uuid, tuple(scopes))

    def _add_account(self, handle: str, display_name: str, *, is_creator: bool) -> AccountRecord:
        witness.note("name", handle, display_name)
        account = AccountRecord(UserId(self.new_id()), handle, display_name, is_creator, self.now())
        self.accounts[account.uuid] = account
        self._handles.setdefault(handle, account)
        self.pulse.beat()
        return account
