"""The deeds whose taps are counted, from the page as somebody has it open."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.sandbox.discord.model import StandInChannel, walk
from tests.proofs.album.album_scenario import AlbumScenario
from tests.taps.thumb import BUTTON, Thumb

FAN, OTHER, TIPPER = "sam_k", "kai.surf", "marco92"
BUNDLE, PRICE = "Beach three", "12.50"
_ASKS = "hey Luna! finally off work, is there more?"
_SHOWS = "look where I am"
_TIPS = "that was worth staying up for"
_OFFER = "Three from tonight, only for you"
_THREE = "Three that nobody has seen"
_SLIP = "sent too early, sorry"
_TO_ALL = "Good night everybody"

Deed = Callable[[AlbumScenario, Thumb], Awaitable[None]]


async def furnish(town: AlbumScenario) -> None:
    """Luna has set up and linked; two fans have written, one with a photo; a bundle of three is saved."""
    stage = town.stage
    await town.slash(town.luna, town.lobby, "setup", team=stage.team.id, **{"creator-name": "Luna"})
    await town.play.link()
    shelf = await town.slash(town.luna, town.lobby, "media browse", folder="Beach")
    picking = next(
        one for one in walk(shelf.there.components) if one.get("placeholder", "").startswith("Pick")
    )
    values = [option["value"] for option in picking["options"]][:3]
    picked = await town.choose(shelf, picking["placeholder"], *values)
    opened, _ = await town.form(picked, "Save as bundle")
    await town.submit(town.luna, opened, name=BUNDLE, text=_OFFER, price=PRICE)
    await town.writes(FAN, _ASKS)
    await town.writes(OTHER, _SHOWS, media=1)


async def _thread(town: AlbumScenario, handle: str, words: str) -> StandInChannel:
    return (await town.line(handle, words)).where


async def reply_text(town: AlbumScenario, thumb: Thumb) -> None:
    """A fan's message is answered with a text."""
    await thumb.begin(town.url, town.mara, await _thread(town, FAN, _ASKS))
    await thumb.tap("Reply")
    await thumb.type("There is, made tonight")
    await thumb.sent()
    await thumb.sees("made tonight")
    await town.says(await town.line(FAN, "made tonight"), "✓ Sent")


async def reply_priced_bundle(town: AlbumScenario, thumb: Thumb) -> None:
    """A fan's message is answered with a saved bundle of three at its price."""
    before = len(town.stage.fans[FAN].inbox())
    await thumb.begin(town.url, town.mara, await _thread(town, FAN, _ASKS))
    await thumb.tap("Reply")
    await thumb.type(_OFFER)
    await thumb.tick("vault")
    await thumb.sent()
    await thumb.tap(BUNDLE)
    await thumb.sees("3 items")
    await thumb.tap("Send")
    inbox = town.stage.fans[FAN].inbox
    (offer,) = await town.until(lambda: inbox()[before:] or None, "the fan has the offer")
    assert (offer.text, offer.price, len(offer.media)) == (_OFFER, 1250, 3), "another offer was sent"


async def show_photo(town: AlbumScenario, thumb: Thumb) -> None:
    """A fan's photo is on the screen, for this member alone, covered as everything of fans is."""
    await thumb.begin(town.url, town.mara, await _thread(town, OTHER, _SHOWS))
    await thumb.tap("Show")
    await thumb.sees("Covered picture", ".message .lid")


async def unsend(town: AlbumScenario, thumb: Thumb) -> None:
    """A reply that was just sent is taken back."""
    thread = await _thread(town, FAN, _ASKS)
    await town.slash(town.mara, thread, "reply", text=_SLIP)
    await town.says(await town.line(FAN, _SLIP), "✓ Sent")
    await thumb.begin(town.url, town.mara, thread)
    await thumb.tap("Unsend")
    await thumb.sees("Take this back?")
    await thumb.tap("Unsend")
    gone = town.stage.fans[FAN]
    await town.until(lambda: all(one.text != _SLIP for one in gone.inbox()) or None, "it is taken back")


async def recall_mass(town: AlbumScenario, thumb: Thumb) -> None:
    """A mass message that was just confirmed is taken back by the creator's owner."""
    shot = await town.slash(town.luna, town.lobby, "mass new", to="subscribers", text=_TO_ALL)
    await town.press(shot, "Send to")
    await thumb.begin(town.url, town.luna, town.lobby)
    await thumb.tap("Take it back")
    await thumb.sees("Take back a mass message")
    await thumb.tap("Take it back")
    fan = town.stage.fans[FAN]
    await town.until(lambda: all(one.text != _TO_ALL for one in fan.inbox()) or None, "it is taken back")


async def reply_three_priced(town: AlbumScenario, thumb: Thumb) -> None:
    """A fan's message is answered with three single items and a price: a price is typed, so media follow."""
    before = len(town.stage.fans[OTHER].inbox())
    await thumb.begin(town.url, town.mara, await _thread(town, OTHER, _SHOWS))
    await thumb.tap("Reply")
    await thumb.type(_THREE)
    await thumb.type(PRICE, "dialog[open] input[name=price]")
    await thumb.sent()
    for number in (2, 3, 4):  # the first is still being processed
        await thumb.number(number)
        await thumb.sees(f"✓ {number}", BUTTON)
    await thumb.tap("Send")
    inbox = town.stage.fans[OTHER].inbox
    (offer,) = await town.until(lambda: inbox()[before:] or None, "the fan has the offer")
    assert (offer.text, offer.price, len(offer.media)) == (_THREE, 1250, 3), "another offer was sent"


async def fan_card(town: AlbumScenario, thumb: Thumb) -> None:
    """Who a fan is, what they bought and what time it is for them, before they are answered."""
    await town.writes(TIPPER, _TIPS)
    fan, thread = town.stage.fans[TIPPER], await _thread(town, TIPPER, _TIPS)
    await fan.tip(2500)
    await town.post(town.alerts, "A tip")
    for tag in ("vip", "america/los_angeles"):
        await town.slash(town.luna, thread, "fan tag add", tag=tag)
    await town.slash(town.luna, thread, "fan promise add", what="the sunset set", until="tomorrow")
    await town.card(TIPPER, "the sunset set")
    await thumb.begin(town.url, town.mara, thread)
    await thumb.looks_at("first seen here")
    await thumb.tap("More")
    await thumb.looks_at("Last purchases")


@dataclass(frozen=True)
class TapGoal:
    """One deed, and the most taps that it may take."""

    deed: Deed
    most: int

    @property
    def name(self) -> str:
        """The key under which it is reported."""
        return self.deed.__name__


GOALS = (
    TapGoal(reply_text, 3),
    TapGoal(reply_priced_bundle, 5),
    TapGoal(show_photo, 1),
    TapGoal(unsend, 2),
    TapGoal(recall_mass, 2),
    TapGoal(reply_three_priced, 6),
    TapGoal(fan_card, 1),
)
