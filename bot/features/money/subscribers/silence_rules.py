"""Times when the bridge could not hear, within a given span (pure)."""

from collections.abc import Iterable
from dataclasses import dataclass

from storage.operations.gaps import EventGap
from storage.records import Millis

SHORTEST: Millis = 5 * 60_000  # Fanvue repeats an event for longer than that


@dataclass(frozen=True)
class SubscriptionSilence:
    """One such time. `until` None: it goes on."""

    since: Millis
    until: Millis | None


def silences(
    gaps: Iterable[EventGap], *, since: Millis, until: Millis, now: Millis
) -> list[SubscriptionSilence]:
    """Those that touch this time, the longest first; overlaps are one."""
    merged: list[SubscriptionSilence] = []
    for gap in sorted(gaps, key=lambda one: one.began):
        if gap.began >= until or (gap.ended is not None and gap.ended <= since):
            continue
        last = merged[-1] if merged else None
        if last is not None and (last.until is None or gap.began <= last.until):
            ends = None if last.until is None or gap.ended is None else max(last.until, gap.ended)
            merged[-1] = SubscriptionSilence(last.since, ends)
        else:
            merged.append(SubscriptionSilence(gap.began, gap.ended))
    long = [one for one in merged if _length(one, now) >= SHORTEST]
    return sorted(long, key=lambda one: (-_length(one, now), one.since))


def _length(one: SubscriptionSilence, now: Millis) -> Millis:
    return (now if one.until is None else one.until) - one.since
