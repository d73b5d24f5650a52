"""Lets what the bridge would do hours later be due at once."""

import sqlite3
from contextlib import closing
from datetime import timedelta

from bot.sandbox.fanvue.records import MassMessageRecord
from tests.proofs.album.album_scenario import AlbumScenario

_BUSY = 20.0  # seconds: the bridge writes to the same file
_HOUR = 3_600_000


def posts_due(town: AlbumScenario) -> None:
    """Followed posts and what stands below them are looked at now."""
    _write(town, "UPDATE post_cards SET due_at = due_at - :span WHERE due_at IS NOT NULL", span=_HOUR)
    _write(town, "UPDATE post_follows SET look_at = look_at - :span", span=_HOUR)


def digests_due(town: AlbumScenario) -> None:
    """Every digest comes now, as if none had come yet."""
    _write(town, "DELETE FROM outbox WHERE kind IN ('digest.read', 'digest', 'digest.private')")
    _write(town, "DELETE FROM digests_told")
    town.stage.discord.world.nonces.clear()  # Discord forgets them within minutes
    _write(town, "UPDATE digests SET told = '2000-01-02'")


def ledger_due(town: AlbumScenario) -> None:
    """The ledger is compared anew, though it was just now."""
    _write(town, "UPDATE earnings_checks SET checked_at = checked_at - :span", span=_HOUR)


def links_asked_before(town: AlbumScenario) -> None:
    """Links were asked for over an hour ago: only so many are given within one."""
    _write(town, "UPDATE tickets SET created_at = created_at - :span", span=_HOUR)


def events_expected(town: AlbumScenario) -> None:
    """Live events are taken to have come for two days."""
    _write(town, "UPDATE watermarks SET floor_at = floor_at - :span", span=48 * _HOUR)


def mass_older(town: AlbumScenario, text: str, hours: int) -> None:
    """A mass message went out so this long before, and what came of it is asked now."""
    one = _mass(town, text)
    assert one.published_at is not None
    one.published_at -= timedelta(hours=hours)
    # Whether the bridge follows it by now or not yet: it counts from when the press was done.
    _write(
        town,
        "UPDATE outbox SET settled_at = settled_at - :span WHERE external_id = :one",
        span=hours * _HOUR,
        one=one.uuid,
    )
    _write(
        town,
        """UPDATE campaigns SET launched_at = launched_at - :span, due_at = due_at - :span
           WHERE message_uuid = :one""",
        span=hours * _HOUR,
        one=one.uuid,
    )


def _mass(town: AlbumScenario, text: str) -> MassMessageRecord:
    return next(one for one in town.stage.fanvue.world.mass_messages.values() if one.text == text)


def _write(town: AlbumScenario, statement: str, **values: int | str) -> None:
    with closing(sqlite3.connect(town.database, timeout=_BUSY)) as known, known:
        known.execute(statement, values)
