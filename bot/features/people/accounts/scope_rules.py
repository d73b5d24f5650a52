"""The features that Fanvue's permissions allow, and those off without one (pure)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.fanvue.hooks import EVENTS
from bot.fanvue.operations import OPERATIONS
from bot.model.language import msgid, tr


@dataclass(frozen=True)
class ScopedFeature:
    """A thing that people use; its scopes are those of the requests and live events that it is made of."""

    name: str  # in the plural, at the beginning of a sentence
    operations: tuple[str, ...]
    events: tuple[str, ...] = ()  # beginnings of the names of live events
    extra: bool = False  # off by default: where the operator asks for none of it, nobody misses it

    @property
    def scopes(self) -> frozenset[str]:
        """Everything that Fanvue must have allowed for it."""
        asked = frozenset().union(*(OPERATIONS[name].scopes for name in self.operations))
        heard = {scope for name, (_, scope) in EVENTS.items() if name.startswith(self.events or ("-",))}
        return asked | heard


# In the order of /account show.
FEATURES = (
    ScopedFeature(
        msgid("Fans' messages in the forum"),
        ("me", "chats", "messages", "message", "messages_batch", "message_media"),
        ("creator.message.",),
    ),
    ScopedFeature(msgid("Replies"), ("send", "delete_message", "open_chat")),
    ScopedFeature(msgid("Mass messages"), ("send_mass", "smart_lists", "custom_lists", "mass_messages")),
    ScopedFeature(
        msgid("Posts"),
        (
            "create_post",
            "posts",
            "collections",
            "comments",
            "comment",
            "post",
            "change_post",
            "delete_post",
            "pin_post",
            "unpin_post",
            "repost",
        ),
    ),
    ScopedFeature(
        msgid("Tracking links"), ("tracking_links", "create_link", "delete_link", "link_users"), extra=True
    ),
    ScopedFeature(
        msgid("Lists of fans"),
        (
            "smart_list",
            "custom_lists",
            "custom_list",
            "create_list",
            "rename_list",
            "delete_list",
            "add_to_list",
            "take_off_list",
        ),
    ),
    ScopedFeature(msgid("Files from the vault"), ("media", "media_item", "media_bulk", "vault_folders")),
    ScopedFeature(
        msgid("Uploads to the vault"),
        ("begin_upload", "part_address", "finish_upload", "put_in_folder", "media_item"),
    ),
    ScopedFeature(msgid("Earnings and daily digests"), ("earnings", "earnings_summary", "spending")),
    ScopedFeature(msgid("Subscriber numbers"), ("account", "subscriber_trend")),
    ScopedFeature(msgid("Top fans"), ("top_spenders",)),
    ScopedFeature(msgid("Figures and renewals behind More on fans' cards"), ("fan_insights",)),
    ScopedFeature(msgid("Subscribers that no live event reported"), ("subscribers",)),
    ScopedFeature(
        msgid("Live events of payments, subscriptions and followers"),
        (),
        (
            "creator.follow.",
            "creator.subscription.",
            "creator.payment.",
            "creator.refund.",
            "creator.dispute.",
        ),
    ),
)
AGAIN = msgid("Run /link again and allow what is missing on Fanvue's page to turn it on.")


def off(granted: Collection[str], asked: Collection[str]) -> Sequence[str]:
    """A sentence for each feature that the granted scopes do not allow, and how to change that.

    `asked`: the scopes this bridge asks for; a new sign-in brings no others.
    """
    lines, again = [], False
    for feature in FEATURES:
        lacking = sorted(feature.scopes - set(granted))
        refused = [scope for scope in lacking if scope in asked]
        if refused:
            again = True
            lines.append(
                tr(
                    "{name} are off: Fanvue did not allow {scopes}.",
                    name=tr(feature.name),
                    scopes=_and(refused),
                )
            )
        elif lacking and not feature.extra:
            lines.append(
                tr(
                    "{name} are off: this bridge's operator does not ask for {scopes}.",
                    name=tr(feature.name),
                    scopes=_and(lacking),
                )
            )
    return [*lines, tr(AGAIN)] if again else lines


def refused(granted: Collection[str], asked: Collection[str]) -> Sequence[str]:
    """The names of the features that are off because Fanvue granted less than it was asked for."""
    missing = set(asked) - set(granted)
    return [tr(feature.name) for feature in FEATURES if feature.scopes & missing]


def _and(scopes: Sequence[str]) -> str:
    return tr(" and ").join(scopes)
