"""Token buckets that refill whole, and what the answer says about them."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass
class _TokenBucket:
    left: int
    refill_at: datetime


@dataclass(frozen=True)
class TokenBucketLevel:
    """The level of a bucket after one request asked for its token."""

    allowed: bool
    limit: int
    remaining: int
    refill_at: datetime
    wait: float

    @property
    def headers(self) -> dict[str, str]:
        shown = {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(self.remaining),
            "X-RateLimit-Reset": str(math.ceil(self.refill_at.timestamp())),
        }
        return shown if self.allowed else shown | {"Retry-After": str(max(1, math.ceil(self.wait)))}


class TokenBuckets:
    """One bucket for each key; a bucket is full again when its window is over."""

    def __init__(self) -> None:
        self._buckets: dict[tuple[str, ...], _TokenBucket] = {}

    def take(self, key: tuple[str, ...], limit: int, window: timedelta, now: datetime) -> TokenBucketLevel:
        bucket = self._buckets.get(key)
        if bucket is None or now >= bucket.refill_at:
            bucket = self._buckets[key] = _TokenBucket(limit, now + window)
        allowed = bucket.left > 0
        bucket.left -= allowed
        return TokenBucketLevel(
            allowed, limit, bucket.left, bucket.refill_at, (bucket.refill_at - now).total_seconds()
        )
