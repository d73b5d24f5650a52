"""A small night is played to its end and counted; what is written is repeatable."""

from pathlib import Path

from benchmarks.night.night_run import night
from benchmarks.night.night_script import NightSize, script
from tests.progress import silent

_SMALL = NightSize(fans=60, share=1.0, creators=3, chats=40, hours=0.1, whole=0.1, active=20, seed=4)


async def test_a_small_night_loses_nothing_is_refused_nothing_and_keeps_few_threads_open(
    tmp_path: Path,
) -> None:
    figures, findings = await night(tmp_path, _SMALL, silent)

    assert list(findings.sentences()) == []
    assert (figures["lost"], figures["http_429"]) == (0, 0)
    assert figures["messages"] >= 60
    assert figures["replies"] >= 20
    # Whoever waits is not archived, so on a slow machine more may be open for a while.
    assert figures["threads_archived"] > 0
    assert figures["active_threads_end"] <= _SMALL.active < figures["active_threads_max"] + 10
    assert figures["discord_calls_per_message"] < 6


def test_a_night_is_the_same_for_the_same_seed_and_a_shorter_one_as_busy() -> None:
    whole, half = script(NightSize(fans=4000)), script(NightSize(fans=4000, hours=4.0))
    everybody = script(NightSize(fans=4000, share=1.0))

    assert whole == script(NightSize(fans=4000))
    assert whole != script(NightSize(fans=4000, seed=2))
    assert {(deed.house, deed.fan) for deed in everybody} == {
        (number % 50, number // 50) for number in range(4000)
    }
    assert len({(deed.house, deed.fan) for deed in whole}) == 2400
    assert 0.4 < len(half) / len(whole) < 0.6
    assert max(deed.at for deed in half) <= 4 * 3600
    assert [deed.at for deed in whole] == sorted(deed.at for deed in whole)
