"""The doctor says which programs take no events, and what to do."""

from bot.features.operations.doctor.snapshot import DoctorSnapshot, WebhookSnapshot
from bot.features.operations.doctor.webhook_checks import programs
from storage.people.program_webhooks import WebhookBacklog
from storage.records import CreatorId

NOW = 1_800_000_000_000
MINUTE = 60_000


def seen(
    waiting: int = 0, oldest: int | None = None, aside: int = 0, key_until: int | None = NOW + 1
) -> tuple[str, str, str]:
    """The verdict on one webhook, its words, and what to do."""
    backlog = WebhookBacklog(
        waiting, oldest, "The program's address takes no events: it answered 503.", aside
    )
    hook = WebhookSnapshot("w1", CreatorId("c1"), backlog, key_until)
    (group,) = programs(DoctorSnapshot(webhooks=(hook,)), NOW)
    (found,) = group.findings
    assert (group.title, found.name) == ("Programs", "webhook w1")
    return found.verdict, found.says, found.do


def test_without_webhooks_nothing_is_said() -> None:
    assert programs(DoctorSnapshot(), NOW) == []
    assert programs(None, NOW) == []


def test_what_waits_for_a_moment_is_well() -> None:
    assert seen() == ("ok", "its program takes its events", "")
    assert seen(3, NOW - 14 * MINUTE)[0] == "ok"


def test_what_waits_for_long_is_named_with_its_reason() -> None:
    verdict, says, do = seen(1_234, NOW - 15 * MINUTE, aside=2)

    assert verdict == "warn"
    assert says == (
        "events that wait since 2027-01-15 07:45 UTC: 1,234. "
        "The program's address takes no events: it answered 503."
    )
    assert "fanvue-bridge webhooks remove w1 --creator c1" in do


def test_what_was_set_aside_can_be_told_again() -> None:
    assert seen(aside=2) == (
        "warn",
        "events that nobody took, and that were set aside: 2",
        "Send them again: fanvue-bridge webhooks replay w1 --creator c1",
    )


def test_one_whose_key_ended_is_named_with_the_day_and_not_as_well() -> None:
    verdict, says, do = seen(key_until=NOW)

    assert (verdict, says) == ("warn", "its program's key ended on 2027-01-15: it takes no events")
    assert "fanvue-bridge webhooks remove w1 --creator c1" in do
    assert seen(key_until=None)[1] == "its program has no key, so it takes no events"
