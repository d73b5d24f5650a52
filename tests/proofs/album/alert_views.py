"""Views of alerts: who is told of what, what comes of it, and why."""

from typing import Any

from bot.sandbox.discord.model import StandInChannel
from bot.sandbox.discord.people import DiscordPerson
from tests.proofs.album.album_scenario import AlbumScenario, AlbumView
from tests.proofs.album.answer_views import answer

LONG = 60.0  # seconds: what joins a message waits for its next edit
KIND = "top-spender-online"
TIP = "**$120.00** from Kai"  # the last of three


async def _rule(town: AlbumScenario, who: DiscordPerson, level: str, **options: Any) -> AlbumView:
    return await town.slash(who, town.lobby, f"settings alerts {level}", **options)


alerts_show_none = answer("alerts_show_none", "mara", "settings alerts show")  # nobody has made a rule


async def alerts_mine(town: AlbumScenario) -> AlbumView:
    """A member has tips told privately, at night only of fans with the tag vip."""
    hours = {"quiet_from": "1:00", "quiet_to": "1:01", "zone": "Europe/Berlin"}
    return await _rule(town, town.theo, "mine", kind="tip", from_amount="10", **hours)


async def alerts_mine_refused(town: AlbumScenario) -> AlbumView:
    """Whoever sees ranges chooses where one begins."""
    return await _rule(town, town.theo, "mine", kind="tip", from_amount="12.34")


async def alerts_mine_wrong(town: AlbumScenario) -> AlbumView:
    """Half of the quiet hours."""
    return await _rule(town, town.theo, "mine", kind="purchase", quiet_from="22:00")


async def alerts_mine_online(town: AlbumScenario) -> AlbumView:
    """What needs an event that never came."""
    return await _rule(town, town.theo, "mine", kind=KIND)


async def alerts_creator(town: AlbumScenario) -> AlbumView:
    """A lead has a creator's refunds told, and somebody notified."""
    return await _rule(town, town.luna, "creator", kind="refund", member=town.theo.user.id)


async def alerts_creator_online(town: AlbumScenario) -> AlbumView:
    """The channel is told of whoever has spent so much."""
    return await _rule(town, town.luna, "creator", kind=KIND, from_amount="50")


async def alerts_team(town: AlbumScenario) -> AlbumView:
    """Followers are told nowhere."""
    return await _rule(town, town.luna, "team", kind="follower", state="off")


async def alerts_team_refused(town: AlbumScenario) -> AlbumView:
    """It is not a chatter's to say."""
    return await _rule(town, town.mara, "team", kind="follower", state="off")


alerts_show = answer("alerts_show", "theo", "settings alerts show")  # which rules hold, and his own
alerts_show_owner = answer("alerts_show_owner", "luna", "settings alerts show")  # which rules hold


async def alert_folded(town: AlbumScenario) -> AlbumView:
    """Three tips of a few seconds."""
    for handle, cents in (("chef_tom", 2_500), ("sam_k", 1_000), ("kai.surf", 12_000)):
        await town.stage.fans[handle].tip(cents)
    return await town.post(town.alerts, TIP, within=LONG)


async def alert_private(town: AlbumScenario) -> AlbumView:
    """The same for whoever asked for it, in ranges."""
    return await town.post(await _direct(town, town.theo), "tip", town.theo, within=LONG)


async def alert_why(town: AlbumScenario) -> AlbumView:
    """Why it stands in the channel."""
    return await town.press(await town.post(town.alerts, TIP), "Why did I get this?")


async def alert_why_private(town: AlbumScenario) -> AlbumView:
    """Why he got one privately."""
    return await town.press(await alert_private(town), "Why did I get this?")


async def alert_mentions(town: AlbumScenario) -> AlbumView:
    """A refund, which notifies somebody."""
    fan = town.stage.fans["kai.surf"]
    await fan.refunded((await fan.tip(4_000)).id)
    return await town.post(town.alerts, "refunded", within=LONG)


async def alert_online(town: AlbumScenario) -> AlbumView:
    """Somebody who has spent much is there."""
    await town.stage.fans["kai.surf"].come_online()
    return await town.post(town.alerts, "came online", within=LONG)


async def alerts_show_heard(town: AlbumScenario) -> AlbumView:
    """Once such an event has come, nothing is missing any more."""
    return await alerts_show_owner(town)


async def alerts_usual(town: AlbumScenario) -> AlbumView:
    """A rule is taken away."""
    return await _rule(town, town.luna, "team", kind="follower", state="usual")


async def _direct(town: AlbumScenario, who: DiscordPerson) -> StandInChannel:
    def there() -> StandInChannel | None:
        channels = town.stage.discord.world.channels.values()
        mine = (one for one in channels if who.user.id in {user.id for user in one.recipients})
        return next(mine, None)

    return await town.until(there, "private messages", LONG)


VIEWS = (
    alerts_show_none,
    alerts_mine,
    alerts_mine_refused,
    alerts_mine_wrong,
    alerts_mine_online,
    alerts_creator,
    alerts_creator_online,
    alerts_team,
    alerts_team_refused,
    alerts_show,
    alerts_show_owner,
    alert_folded,
    alert_private,
    alert_why,
    alert_why_private,
    alert_mentions,
    alert_online,
    alerts_show_heard,
    alerts_usual,
)
