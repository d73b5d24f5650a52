"""A Fanvue to develop against: OAuth, API, webhooks, and fans who write."""

from bot.sandbox.fanvue.people import Fan
from bot.sandbox.fanvue.server import FanvueServer, serve
from bot.sandbox.fanvue.world import DEFAULT_SCOPES, World

__all__ = ["DEFAULT_SCOPES", "Fan", "FanvueServer", "World", "serve"]
