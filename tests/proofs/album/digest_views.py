"""Views of digests: of a day, a week, a month, in ranges, privately, beforehand."""

from datetime import timedelta

from bot.sandbox.discord.model import StandInChannel
from tests.proofs.album.album_scenario import AlbumScenario, AlbumView
from tests.proofs.album.due_times import digests_due

LONG = 60.0  # seconds: the bridge looks twice a minute
_TIPS = (1200, 2500, 800, 5000, 1500, 3300, 900, 4200, 2600, 700)


async def digest_daily_of_nothing(town: AlbumScenario) -> AlbumView:
    """Of a day on which nothing came in, and nothing waits."""
    return await _posted(town, "daily", "No earnings")


async def digest_now(town: AlbumScenario) -> AlbumView:
    """What a daily one would say, for whoever asks alone."""
    await _earned(town)
    return await town.slash(town.luna, town.lobby, "money digest now")


async def digest_now_weekly(town: AlbumScenario) -> AlbumView:
    """The same of a week."""
    return await town.slash(town.luna, town.lobby, "money digest now", sort="weekly")


async def digest_now_monthly(town: AlbumScenario) -> AlbumView:
    """The same of a month."""
    return await town.slash(town.luna, town.lobby, "money digest now", sort="monthly")


async def digest_now_ranges(town: AlbumScenario) -> AlbumView:
    """What a channel reads that sees ranges."""
    await _set(town, town.alerts, "weekly", figures="ranges")
    return await digest_now_weekly(town)


async def digest_now_no_figures(town: AlbumScenario) -> AlbumView:
    """What a channel reads that sees no figures."""
    await _set(town, town.alerts, "weekly", figures="none")
    return await digest_now_weekly(town)


async def digest_daily(town: AlbumScenario) -> AlbumView:
    """It came, in a channel."""
    return await _posted(town, "daily", "day before")


async def digest_weekly(town: AlbumScenario) -> AlbumView:
    """A week's."""
    return await _posted(town, "weekly", "week before")


async def digest_monthly(town: AlbumScenario) -> AlbumView:
    """A month's."""
    return await _posted(town, "monthly", "month before")


async def digest_monthly_ranges(town: AlbumScenario) -> AlbumView:
    """The same, in a channel that sees ranges."""
    return await _posted(town, "monthly", "in ranges", figures="ranges")


async def digest_daily_no_figures(town: AlbumScenario) -> AlbumView:
    """A day's, in a channel that sees no figures."""
    return await _posted(town, "daily", "No figures are shown here", figures="none")


async def digest_private(town: AlbumScenario) -> AlbumView:
    """A week's, privately."""
    await _set(town, None, "weekly")
    digests_due(town)
    return await town.post(await _direct(town), "week before", town.luna, within=LONG)


async def digest_quiet(town: AlbumScenario) -> AlbumView:
    """One that comes only when there is something to say."""
    return await town.slash(town.luna, town.lobby, "money digest set", hour=9, sort="monthly", quiet="on")


async def digest_shown(town: AlbumScenario) -> AlbumView:
    """All of them."""
    return await town.slash(town.luna, town.lobby, "money digest show")


async def digest_off(town: AlbumScenario) -> AlbumView:
    """One that comes no more."""
    return await town.slash(town.luna, town.lobby, "money digest off", sort="weekly")


async def digest_closed(town: AlbumScenario) -> AlbumView:
    """Luna takes no private messages."""
    await _set(town, None, "monthly")
    user = town.stage.discord.world.users[town.luna.user.id]
    user.dms_open = False
    digests_due(town)
    shown = await town.post(
        town.alerts, "doesn't accept private messages from the bot", town.luna, within=LONG
    )
    user.dms_open = True
    return shown


async def _earned(town: AlbumScenario) -> None:
    """Tips of the last months, which the ledger has read and compared."""
    fans = list(town.stage.fans.values())
    town.stage.fanvue.faults.webhooks.off = True  # what happened then was told then
    for number in range(28):
        paid = await fans[number % len(fans)].tip(_TIPS[number * 7 % len(_TIPS)])
        # Over eleven weeks: the last month and the one before have some on any day of the calendar.
        paid.at -= timedelta(days=number // 2 * 6 + 1, hours=number * 5 % 18)
    town.stage.fanvue.faults.webhooks.off = False
    await town.slash(town.luna, town.lobby, "money check")


async def _posted(town: AlbumScenario, sort: str, words: str, **options: str) -> AlbumView:
    """The only one there is, once it came into the alerts channel."""
    await town.slash(town.luna, town.lobby, "money digest off")
    await _set(town, town.alerts, sort, **options)
    digests_due(town)
    return await town.post(town.alerts, words, town.luna, within=LONG)


async def _set(town: AlbumScenario, channel: StandInChannel | None, sort: str, **options: str) -> None:
    where = {} if channel is None else {"channel": channel.id}
    await town.slash(town.luna, town.lobby, "money digest set", hour=0, sort=sort, **where, **options)


async def _direct(town: AlbumScenario) -> StandInChannel:
    def there() -> StandInChannel | None:
        channels = town.stage.discord.world.channels.values()
        mine = [one for one in channels if town.luna.user.id in {user.id for user in one.recipients}]
        return mine[0] if mine else None

    return await town.until(there, "private messages of Luna's", LONG)


VIEWS = (
    digest_daily_of_nothing,
    digest_now,
    digest_now_weekly,
    digest_now_monthly,
    digest_now_ranges,
    digest_now_no_figures,
    digest_daily,
    digest_daily_no_figures,
    digest_weekly,
    digest_monthly,
    digest_monthly_ranges,
    digest_private,
    digest_closed,
    digest_quiet,
    digest_shown,
    digest_off,
)
