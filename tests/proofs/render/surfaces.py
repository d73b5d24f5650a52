"""Where a stranger's words reach Discord, each as the bridge fills it (pure)."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from zoneinfo import ZoneInfo

from bot.discord.message_bodies import message_of
from bot.fanvue.figures import MediaRow
from bot.features.inbox.fan_card.loader import FanCardFacts
from bot.features.inbox.fan_card.texts import face
from bot.features.money.periods.bands import EXACT
from bot.features.money.periods.range_rules import read_range
from bot.features.money.reports import texts as income
from bot.features.operations.alerts.announcement_texts import announce
from bot.features.publishing.media import texts as vault
from bot.features.publishing.media.item_service import MediaItemView
from bot.model.events import GIFT, TIP, CreatorWrote, FanWrote, Paid, Person, Subscribed
from bot.model.ports import MessageToFan, Post
from bot.relay.lines import lines_of
from bot.text import render
from storage.inbox.conversations import Conversation
from storage.money.earning_answers import Spender
from storage.records import (
    CreatorId,
    DiscordId,
    Fan,
    FanId,
    FanvueMessageId,
    Link,
    LinkId,
    LinkState,
    MediaId,
    Pseudonym,
)
from tests.relay.test_render import SEND, THREAD

_SHORT = 1_000  # characters that are never shortened
AT = 1_795_460_400_000
CREATOR = CreatorId("5b0c9f3e-7d21-4a63-9f0a-0c6d2c1e8a10")
FAN = FanId("3b6a2c9e-54c1-4b7a-9c3e-000000000001")


@dataclass(frozen=True)
class RenderedText:
    """What was made of a text: posts, and names of threads.

    `theirs`: the plain parts are the stranger's words and nothing else. Else the text is a name, which
    stands among words of the bridge's.
    """

    posts: list[Post]
    theirs: bool
    names: tuple[str, ...] = ()  # names of threads, where no formatting counts

    @property
    def bodies(self) -> Iterator[dict[str, object]]:
        """The messages as they go over the wire."""
        return (message_of(post) for post in self.posts)


Surface = Callable[[str, random.Random], RenderedText]


def refs() -> Iterator[str]:
    """References for buttons, never the same."""
    return (f"{number:022}" for number in count())


def fan_message(text: str, rng: random.Random) -> RenderedText:
    """A fan writes, with or without media, a price, a tip, long ago or just now."""
    kind, price = rng.choice(((None, None), (None, None), (None, 500), (TIP, 500), (TIP, None), (GIFT, None)))
    person = Person(FAN, "quiet-otter", "Emma")
    event = FanWrote(CREATOR, person, FanvueMessageId("m"), AT, text)
    event = replace(event, media=rng.choice((0, 0, 1, 7)), price=price, kind=kind, late=rng.random() < 0.2)
    return RenderedText(lines_of(event, refs()), theirs=True)


def from_elsewhere(text: str, rng: random.Random) -> RenderedText:
    """The creator's side writes on Fanvue, or an automation does."""
    person = Person(FAN, "quiet-otter", "Emma")
    event = CreatorWrote(CREATOR, person, FanvueMessageId("m"), AT, text, automated=rng.random() < 0.5)
    return RenderedText(lines_of(event, refs()), theirs=True)


def reply(text: str, rng: random.Random) -> RenderedText:
    """A member answers; what is long is shortened in the thread, so only what is short is answered."""
    if len(text) > _SHORT:
        return fan_message(text, rng)
    media = (MediaId("one"),) * rng.choice((0, 3))
    message = MessageToFan(text, media, 500 if media else None)
    post = render.reply(
        SEND, message, author=text, fan=render.fan_label(_fan(text)), paired=None, ref=SEND.id
    )
    return RenderedText([post], theirs=True)


def card(text: str, _rng: random.Random) -> RenderedText:
    """A fan calls themselves so, and the creator too."""
    fan = _fan(text)
    known = FanCardFacts(fan, THREAD, text, Conversation(CREATOR, FAN), AT, marks=(text, text[::-1]))
    posts = [render.card(fan, THREAD, creator=text), face(known)]
    return RenderedText(posts, theirs=False, names=(render.thread_name(fan),))


def alert(text: str, rng: random.Random) -> RenderedText:
    """Somebody with such a name subscribes or pays."""
    person = Person(FAN, text, text[::-1])
    paid = Paid(CREATOR, person, "tip", 500, AT, currency=rng.choice((None, text)))
    event = rng.choice((Subscribed(CREATOR, person, "activated", AT, AT), paid))
    post = announce(event, f"{0:022}")
    assert post is not None
    return RenderedText([post], theirs=False)


def top_fans(text: str, _rng: random.Random) -> RenderedText:
    """Who spent most, each called so, of a creator who is called so."""
    link = Link(LinkId("l"), CREATOR, DiscordId(1), DiscordId(2), 1, LinkState.ACTIVE, "", text or "luna")
    spender = Spender(Pseudonym("p"), text, 500, 400, 3, 0)
    names = {Pseudonym("p"): render.person_label(FAN, text, text)}
    meant = read_range("last 7 days", AT, ZoneInfo("UTC"))
    post = income.top(meant, [spender] * 3, names, link=link, as_of=AT, show=EXACT, nameless=[spender])
    return RenderedText([post], theirs=False)


def vault_item(text: str, _rng: random.Random) -> RenderedText:
    """An item of a vault that somebody gave such a name."""
    uuid = "11111111-2222-4333-8444-555555555555"
    row = {"uuid": uuid, "status": "ready", "mediaType": "image", "name": f"x {text}", "caption": text}
    seen = MediaItemView(MediaRow.model_validate(row))
    return RenderedText([vault.items([seen, seen], adult=True)], theirs=False)


def _fan(name: str) -> Fan:
    return Fan(CREATOR, FAN, name, name, name or "subscriber", AT)


TEXTS: tuple[Surface, ...] = (fan_message, fan_message, fan_message, from_elsewhere, reply)
NAMES: tuple[Surface, ...] = (card, alert, top_fans, vault_item)
