"""The two groups of limits that /mass limits sets by the same way."""

from bot.features.publishing.safety import cap_rules, exclusion_texts, limit_rules, limit_texts
from bot.features.publishing.safety.limit_setting import LimitKind
from storage.publishing import mass_caps, mass_limits
from storage.publishing.mass_caps import MassCap
from storage.publishing.mass_limits import MassLimits

LIMITS: LimitKind[MassLimits] = LimitKind(
    "mass_limits.set", mass_limits, limit_rules.read, limit_texts.shown, limit_texts.target, limit_texts.done
)
CAP: LimitKind[MassCap] = LimitKind(
    "mass_limits.cap",
    mass_caps,
    cap_rules.read,
    exclusion_texts.shown,
    exclusion_texts.target,
    exclusion_texts.done,
)
