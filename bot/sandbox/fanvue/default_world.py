"""A small world to start with, and how to point a bridge at it."""

from bot.sandbox.fanvue.world import FanvueWorld

CLIENT_ID = "sandbox-client"
CLIENT_SECRET = "sandbox-secret"  # noqa: S105 - invented, and known to everyone on purpose
WEBHOOK_SECRET = "whsec_sandbox"  # noqa: S105 - invented, and known to everyone on purpose
BRIDGE_URL = "http://127.0.0.1:8080"
_FANS = (("quiet-otter", "Quiet Otter"), ("night-train", "Night Train"), ("paper-kite", "Paper Kite"))


def furnish(world: FanvueWorld, bridge_url: str = BRIDGE_URL) -> None:
    """One app with known credentials, one creator, three fans and something in the vault."""
    world.add_app(
        CLIENT_ID,
        CLIENT_SECRET,
        [f"{bridge_url}/oauth/fanvue/callback"],
        webhook_url=f"{bridge_url}/webhooks/fanvue",
        webhook_secret=WEBHOOK_SECRET,
    )
    creator = world.add_creator("example-creator", "Example Creator")
    world.add_media(creator, name="A picture for sale")
    for handle, name in _FANS:
        world.add_fan(handle, name, creator)


def settings(url: str, bridge_url: str = BRIDGE_URL) -> dict[str, str]:
    """The settings of a bridge that uses this stand-in."""
    return {
        "FANVUE_API_URL": url,
        "FANVUE_AUTH_URL": url,
        "FANVUE_CLIENT_ID": CLIENT_ID,
        "FANVUE_CLIENT_SECRET": CLIENT_SECRET,
        "FANVUE_REDIRECT_URI": f"{bridge_url}/oauth/fanvue/callback",
        "FANVUE_WEBHOOK_SECRETS": WEBHOOK_SECRET,
    }
