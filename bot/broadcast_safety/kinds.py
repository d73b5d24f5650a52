"""The two groups of limits that /mass-limits sets by the same way."""

from bot.broadcast_safety import left_out_wording, reading, reading_cap, wording
from bot.broadcast_safety.setting import Kind
from storage.publishing import mass_caps, mass_limits
from storage.publishing.mass_caps import MassCap
from storage.publishing.mass_limits import MassLimits

LIMITS: Kind[MassLimits] = Kind(
    "mass_limits.set", mass_limits, reading.read, wording.shown, wording.target, wording.done
)
CAP: Kind[MassCap] = Kind(
    "mass_limits.cap",
    mass_caps,
    reading_cap.read,
    left_out_wording.shown,
    left_out_wording.target,
    left_out_wording.done,
)
