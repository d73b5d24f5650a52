"""One person's commands are counted: a minute's worth, then one by one."""

from bot.discord.command_quota import CommandQuota
from storage.records import DiscordId
from tests.discord.discord_test_server import DiscordTestServer

MAYA, VICTOR = DiscordId(1), DiscordId(2)


class CommandQuotaClock:
    """Seconds that pass when they are told to."""

    at = 1000.0

    def __call__(self) -> float:
        return self.at


def test_a_minutes_worth_at_once_then_one_after_the_other_and_each_person_for_themselves() -> None:
    watch = CommandQuotaClock()
    quota = CommandQuota(3, watch)

    assert [quota.spend(MAYA) for _ in range(5)] == [0, 0, 0, 20, 20]
    assert quota.spend(VICTOR) == 0
    watch.at += 19.5
    assert quota.spend(MAYA) == 1
    watch.at += 0.5
    assert [quota.spend(MAYA) for _ in range(2)] == [0, 20]
    watch.at += 3600
    assert [quota.spend(MAYA) for _ in range(4)] == [0, 0, 0, 20]


def test_zero_is_no_limit() -> None:
    quota = CommandQuota(0, CommandQuotaClock())

    assert {quota.spend(MAYA) for _ in range(1000)} == {0}


async def test_who_gives_too_many_commands_reads_when_to_go_on_and_nothing_is_done(
    town: DiscordTestServer,
) -> None:
    town.desk.quota = CommandQuota(2, CommandQuotaClock())

    said = [await town.maya.slash(town.guild, town.lobby, "help") for _ in range(3)]
    texts = [(await answer.done()).text for answer in said]
    other = await (await town.victor.slash(town.guild, town.lobby, "help")).done()
    suggested = await town.maya.autocomplete(town.guild, town.lobby, "help", "command", "re")

    late = "Too many commands in a minute, so we skipped this one. Try again in 30 s."
    assert texts.count(late) == 1
    assert all(answer.ephemeral for answer in said)
    assert other.text not in {"", late}
    assert suggested
