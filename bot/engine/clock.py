"""The real clock and the real randomness."""

import secrets
import time

from storage.records import Millis


class SystemClock:
    """Wall time of this machine."""

    def now(self) -> Millis:
        """Milliseconds since 1970, UTC."""
        return time.time_ns() // 1_000_000


class SystemIds:
    """128 random bits from the operating system."""

    def new(self) -> str:
        """22 characters of base64url."""
        return secrets.token_urlsafe(16)
