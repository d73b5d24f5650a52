"""Views of a creator's office: the team's figures, money, privacy, pauses, timers."""

from tests.proofs.album.album_scenario import AlbumScenario, AlbumView
from tests.proofs.album.answer_views import answer

team_figures = answer("team_figures", "luna", "team figures")  # how the team does
team_show = answer("team_show", "luna", "team show")  # who is in the team


async def team_explain(town: AlbumScenario) -> AlbumView:
    """What somebody may do, and why."""
    return await town.slash(town.luna, town.lobby, "team explain", member=town.mara.user.id)


team_doctor = answer("team_doctor", "luna", "team doctor")  # what does not fit together


async def mass_preview(town: AlbumScenario) -> AlbumView:
    """A mass message, before it leaves."""
    text = "For all of you: the first picture of the new set 🧡"
    item = town.stage.media[0]
    return await town.slash(
        town.luna, town.lobby, "mass new", to="subscribers", text=text, price="4.50", media=item
    )


async def mass_sent(town: AlbumScenario) -> AlbumView:
    """It was sent."""
    shown = await mass_preview(town)
    await town.press(shown, "Send to")
    return await town.says(shown, "Mass message sent")


async def post_preview(town: AlbumScenario) -> AlbumView:
    """A post, before it is published."""
    return await town.slash(
        town.luna,
        town.lobby,
        "post new",
        text="The long version of tonight, for those who could not be here",
        price="9.99",
        when="tomorrow 18:00",
        media=" ".join(town.stage.media[:2]),
    )


async def post_done(town: AlbumScenario) -> AlbumView:
    """It is scheduled."""
    shown = await post_preview(town)
    await town.press(shown, "Schedule it")
    return await town.says(shown, "Post scheduled")


media = answer("media", "mara", "media browse")  # the vault
media_shelf = answer(
    "media_shelf", "mara", "media browse", search="beach"
)  # the vault, looked through by a word
earnings = answer("earnings", "luna", "money earnings", period="7")  # what came in
earnings_lead = answer("earnings_lead", "theo", "money earnings", period="7")  # the same, in ranges
# Days that were typed, compared with those before; when most comes in; all creators whose figures she sees.
earnings_typed = answer("earnings_typed", "luna", "money earnings", period="last 30 days")
earnings_hours = answer("earnings_hours", "luna", "money earnings", period="last 30 days", show="hours")
earnings_all = answer("earnings_all", "luna", "money earnings", period="this month", creator="all")
earnings_refused = answer("earnings_refused", "luna", "money earnings", period="01/02")  # it can be two days
fans_top = answer("fans_top", "luna", "money top")  # who gave most
subscribers = answer("subscribers", "luna", "money subscribers show")  # how many there are


async def digest_set(town: AlbumScenario) -> AlbumView:
    """Figures every morning."""
    where = town.alerts.id
    return await town.slash(
        town.luna, town.lobby, "money digest set", channel=where, hour=9, zone="Europe/Berlin"
    )


digest_show = answer("digest_show", "luna", "money digest show")  # when they come
help_all = answer("help_all", "mara", "help")  # the first tasks of a chatter


async def help_in_thread(town: AlbumScenario) -> AlbumView:
    """The same in a fan's thread."""
    return await town.slash(town.mara, (await town.line("kai.surf", "waves")).where, "help")


help_one = answer("help_one", "mara", "help", command="fan snooze")  # one command
help_found = answer("help_found", "mara", "help", search="send a paid picture")  # a task
help_owner = answer("help_owner", "luna", "help")  # the first tasks of an owner
status = answer("status", "luna", "inbox status")  # how the bridge is
account = answer("account", "luna", "account show")  # which account is connected
privacy_show = answer("privacy_show", "luna", "settings privacy show")  # what holds about texts
privacy_mode = answer(
    "privacy_mode", "luna", "settings privacy mode", mode="covered"
)  # texts are to be covered from now on
privacy_retention = answer(
    "privacy_retention", "luna", "settings privacy retention", texts=90
)  # how long texts are kept


async def privacy_forget(town: AlbumScenario) -> AlbumView:
    """A fan is to be forgotten."""
    return await town.slash(
        town.luna, (await town.line("alexis_r", "haircut")).where, "settings privacy forget"
    )


privacy_export = answer("privacy_export", "luna", "settings privacy export")  # a file with everything
privacy_erase = answer("privacy_erase", "luna", "settings privacy erase")  # everything is to go
audit = answer("audit", "luna", "team audit")  # who did what
price_limits = answer(
    "price_limits", "theo", "money price limits", role="chatter", floor="5", ceiling="50"
)  # what a role may ask
price_show = answer("price_show", "mara", "money price show")  # what holds


async def pause_member(town: AlbumScenario) -> AlbumView:
    """Somebody is paused."""
    return await town.slash(town.luna, town.lobby, "pause member", member=town.tess.user.id)


pause_show = answer("pause_show", "luna", "pause show")  # what went out today
pause_off = answer("pause_off", "luna", "pause off")  # it ends
timers_show = answer("timers_show", "theo", "inbox timers")  # when somebody is pinged: nobody
timers_set = answer("timers_set", "theo", "inbox timers", first=1, second=20)  # when somebody is pinged


async def ping(town: AlbumScenario) -> AlbumView:
    """Somebody has waited too long."""
    return await town.until(
        lambda: next(iter(_pings(town)), None), "a ping in the alerts channel", within=150
    )


def _pings(town: AlbumScenario) -> list[AlbumView]:
    said = town.mara.read(town.alerts)
    found = [one for one in said if "<@" in one.text and "wait" in one.text and "Who waits" not in one.text]
    return [AlbumView(town.mara, town.alerts, one) for one in found]


async def promise_due(town: AlbumScenario) -> AlbumView:
    """Something promised is due."""
    return await town.post(town.alerts, "A promise is due", within=120)


hold_set = answer("hold_set", "theo", "inbox hold", seconds=20)  # some seconds to cancel


async def hold_reply(town: AlbumScenario) -> AlbumView:
    """A reply that can still be cancelled."""
    thread = (await town.line("the_real_sam", "another Sam")).where
    shown = await town.slash(town.mara, thread, "reply", text="You are on the list!")
    await town.slash(town.theo, town.lobby, "inbox hold", seconds=0)
    return shown


typing_on = answer("typing_on", "luna", "inbox typing", state="on")  # what is typed goes to fans


async def typed_question(town: AlbumScenario) -> AlbumView:
    """A member's first typed message."""
    thread = await town.writes("bluebird", "hi there, happy to be here")
    await town.mara.say(thread, "Welcome back! How was your week?")
    return await town.line("bluebird", "goes to the fan. Send this")


async def team_remove(town: AlbumScenario) -> AlbumView:
    """Somebody leaves."""
    return await town.slash(town.luna, town.lobby, "team remove", member=town.tess.user.id)


team_leave = answer("team_leave", "luna", "account leave")  # the creator is to leave the server
unlink = answer("unlink", "luna", "account unlink")  # the account is to be disconnected


VIEWS = (
    team_figures,
    team_show,
    team_explain,
    team_doctor,
    mass_preview,
    mass_sent,
    post_preview,
    post_done,
    media,
    media_shelf,
    earnings,
    earnings_lead,
    earnings_typed,
    earnings_hours,
    earnings_all,
    earnings_refused,
    fans_top,
    subscribers,
    digest_set,
    digest_show,
    help_all,
    help_in_thread,
    help_one,
    help_found,
    help_owner,
    status,
    account,
    privacy_show,
    privacy_mode,
    privacy_retention,
    privacy_forget,
    privacy_export,
    privacy_erase,
    audit,
    price_limits,
    price_show,
    pause_member,
    pause_show,
    pause_off,
    timers_show,
    timers_set,
    ping,
    promise_due,
    hold_set,
    hold_reply,
    typing_on,
    typed_question,
    team_remove,
    team_leave,
    unlink,
)
