"""A Fanvue to develop against: OAuth, API, webhooks, and fans who write."""

from bot.sandbox.fanvue.people import StandInFan
from bot.sandbox.fanvue.server import FanvueServer, serve
from bot.sandbox.fanvue.world import DEFAULT_SCOPES, FanvueWorld

__all__ = ["DEFAULT_SCOPES", "FanvueServer", "FanvueWorld", "StandInFan", "serve"]
