"""From an event to whoever is told of it, over the real relay."""

import pytest

from bot.access.roles import MoneyView
from bot.model.ports import Button
from bot.relay.alerts import AlertChoice
from storage.money import digests
from storage.operations import alert_rules
from storage.people import grants
from storage.records import DiscordId
from tests.features.inbox.claims.claims_scenario import NINA, OTTO, VERA
from tests.features.operations.alerts.alerts_scenario import OTHER, AlertsScenario
from tests.relay.fault_switchboard import LostAnswer
from tests.relay.relay_scenario import ALERTS, CREATOR, EMMA, GUILD, MAYA, NOAH

MANAGERS = DiscordId(1_300_000_000_000_000_072)


async def test_without_rules_it_is_told_in_the_alerts_channel_as_it_always_was(bell: AlertsScenario) -> None:
    await bell.comes(bell.tip())

    (post,) = bell.discord.channels[ALERTS].posts.values()
    assert (post.title, post.body) == ("A tip", ("**$5.00** from Emma @quiet\\-otter",))
    assert [button.label for button in post.buttons] == ["Open the chat", "Why did I get this?"]
    assert bell.calls == {}


async def test_a_member_is_told_privately_what_they_chose_with_figures_as_they_see_them(
    bell: AlertsScenario,
) -> None:
    await bell.greeted()
    for member, money in ((NINA, MoneyView.HIDDEN), (OTTO, MoneyView.BANDED), (VERA, MoneyView.EXACT)):
        await bell.sees(member, money)
        await bell.chooses(member, "mine", AlertChoice("tip"))

    await bell.comes(bell.tip(1_234), bell.follow())

    thread = await bell.thread()
    at = f"<t:{bell.clock.now() // 1000}:f>"
    assert bell.reads(NINA) == [f"A tip\nEmma @quiet-otter\n<#{thread}>\n{at}"]
    assert bell.reads(OTTO) == [f"A tip\n**$10 to $25** from Emma @quiet-otter\n<#{thread}>\n{at}"]
    assert bell.reads(VERA) == [f"A tip\n**$12.34** from Emma @quiet-otter\n<#{thread}>\n{at}"]


async def test_a_creators_rule_goes_before_the_teams_and_both_before_nothing(bell: AlertsScenario) -> None:
    await bell.chooses(MAYA, "team", AlertChoice("follower", state="off"))
    await bell.comes(bell.follow())
    by_team = bell.posts()
    await bell.chooses(MAYA, "creator", AlertChoice("follower"))
    await bell.comes(bell.follow(NOAH))
    by_creator = len(bell.posts())
    await bell.chooses(MAYA, "creator", AlertChoice("follower", state="usual"))
    await bell.comes(bell.follow())

    assert by_team == []
    assert (by_creator, len(bell.posts())) == (1, 1)


async def test_a_threshold_and_a_mention_hold_for_the_chosen_channel(bell: AlertsScenario) -> None:
    said = await bell.chooses(
        MAYA, "creator", AlertChoice("tip", channel=OTHER, cents=5_000, mention=("role", MANAGERS))
    )

    await bell.comes(bell.tip(4_999))
    await bell.comes(bell.tip(5_000))

    (post,) = bell.posts(OTHER)
    assert post.splitlines()[:3] == ["A tip", f"<@&{MANAGERS}>", "**$50.00** from Emma @quiet-otter"]
    assert bell.posts() == []
    assert list(bell.calls.values()) == [((), (MANAGERS,))]
    assert said == f"**Tips**: sent in <#{OTHER}>, from $50.00 on, mentions <@&{MANAGERS}>."


async def test_a_chosen_channel_tells_figures_as_whoever_chose_it_saw_them(bell: AlertsScenario) -> None:
    await bell.chooses(OTTO, "creator", AlertChoice("tip", channel=OTHER))

    await bell.comes(bell.tip(1_234))

    (post,) = bell.posts(OTHER)
    assert "$10 to $25" in post
    assert "12.34" not in post


@pytest.mark.parametrize("vip", [False, True])
async def test_quiet_hours_hold_all_back_until_they_end_but_a_vip_comes_through(
    bell: AlertsScenario, *, vip: bool
) -> None:
    await bell.database.write(lambda tx: digests.choose_zone(tx, CREATOR, "UTC"))
    begin = bell.clock.at // 60_000 % 1440
    await bell.put(member=NINA, kind="tip", quiet_from=begin, quiet_to=(begin + 60) % 1440)
    if vip:
        bell.vips.add(EMMA.id)

    await bell.comes(bell.tip(100))
    await bell.pass_time(5 * 60_000)
    await bell.comes(bell.tip(200, NOAH))
    during = bell.reads(NINA)
    await bell.pass_time(60 * 60_000)

    assert len(during) == int(vip)
    assert len(bell.reads(NINA)) == 1 + int(vip)
    if not vip:
        assert bell.reads(NINA)[0].startswith("2 tips\n")


async def test_who_has_left_the_team_or_the_server_is_told_nothing_more(bell: AlertsScenario) -> None:
    for member in (NINA, VERA):
        await bell.chooses(member, "mine", AlertChoice("tip"))
    now = bell.clock.now()
    await bell.database.write(lambda tx: grants.end(tx, CREATOR, GUILD, "member", NINA, by=MAYA, now=now))
    bell.gone.add(VERA)

    await bell.comes(bell.tip())

    assert (bell.reads(NINA), bell.reads(VERA)) == ([], [])
    assert len(bell.posts()) == 1
    left = await bell.database.read(lambda tx: alert_rules.of_guild(tx, GUILD))
    assert [rule.member for rule in left] == [NINA]


async def test_a_threshold_of_better_days_tells_nothing_once_figures_are_hidden(bell: AlertsScenario) -> None:
    await bell.sees(VERA, MoneyView.EXACT)
    await bell.chooses(VERA, "mine", AlertChoice("tip", cents=1_234))
    await bell.sees(VERA, MoneyView.HIDDEN)

    await bell.comes(bell.tip(2_000))

    assert bell.reads(VERA) == []


async def test_who_takes_no_private_messages_is_told_of_once_in_the_alerts_channel(
    bell: AlertsScenario,
) -> None:
    await bell.chooses(NINA, "mine", AlertChoice("tip"))
    bell.closed.add(NINA)

    await bell.comes(bell.tip())
    await bell.pass_time(60_000)
    await bell.comes(bell.tip())
    said = [post for post in bell.posts() if "doesn't accept private messages" in post]
    bell.closed.clear()
    await bell.chooses(NINA, "mine", AlertChoice("tip"))
    await bell.comes(bell.tip())

    assert len(said) == 1
    assert f"<@{NINA}>" in said[0]
    assert len(bell.reads(NINA)) == 1


async def test_a_chosen_channel_that_is_gone_is_said_once_and_all_goes_to_the_alerts_channel(
    bell: AlertsScenario,
) -> None:
    await bell.chooses(MAYA, "creator", AlertChoice("tip", channel=OTHER))
    bell.discord.delete(OTHER)

    await bell.comes(bell.tip())
    await bell.comes(bell.tip())
    await bell.pass_time(60_000)

    assert sum("Alerts come here again" in post for post in bell.posts()) == 1
    assert sum(post.startswith("A tip\n**$5.00**") for post in bell.posts()) == 2


async def test_why_names_the_rule_its_level_and_how_to_change_it_to_whom_it_concerns(
    bell: AlertsScenario,
) -> None:
    await bell.chooses(NINA, "mine here", AlertChoice("tip"))
    await bell.comes(bell.tip())
    (shared,), (own,) = bell.refs(), bell.refs(await bell.channel(NINA))

    usual, mine = await bell.why(VERA, shared), await bell.why(NINA, own, None)
    outside, others = await bell.why(DiscordId(5), shared), await bell.why(OTTO, own)

    assert usual.startswith("**Tips** of @lola. Default: shown in the alerts channel")
    assert (
        "Default: shown in the alerts channel. Change it with `/settings alerts creator kind:tip`." in usual
    )
    assert usual.count("alerts channel") == 1
    assert mine.startswith(
        "**Tips** of @lola. You chose this for yourself, about this creator: sent privately."
    )
    assert "Change it with `/settings alerts mine kind:tip`." in mine
    assert outside == others == "There is nothing here that you may see. " + outside.partition("see. ")[2]


async def test_an_alert_whose_answer_got_lost_is_one_message(bell: AlertsScenario) -> None:
    await bell.chooses(NINA, "mine", AlertChoice("tip"))
    bell.discord.faults.add("post", LostAnswer())
    bell.discord.faults.add("post", LostAnswer())

    await bell.comes(bell.tip())
    await bell.pass_time(300_000)

    assert (len(bell.posts()), len(bell.reads(NINA))) == (1, 1)
    assert await bell.ended() == ["done", "done"]


async def test_a_private_alert_leads_to_the_reason_and_to_no_button_that_works_only_on_a_server(
    bell: AlertsScenario,
) -> None:
    await bell.chooses(NINA, "mine", AlertChoice("tip"))

    await bell.comes(bell.tip())

    (post,) = bell.discord.channels[await bell.channel(NINA)].posts.values()
    assert [button.action for button in post.buttons] == ["alert.why"]
    assert isinstance(post.buttons[0], Button)
