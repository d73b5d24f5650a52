"""The tasks of /help: what people want to do, and who may do it (data)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.model.language import language, msgid


class HelpTopic(StrEnum):
    """A page of tasks, in the order of the pages."""

    BEGIN = "begin"
    FANS = "fans"
    SELL = "sell"
    MANY = "many"
    MONEY = "money"
    TEAM = "team"
    SAFE = "safe"


@dataclass(frozen=True)
class HelpWords:
    """A task in one language. `also`: words by which people look for it, besides those that are shown."""

    title: str
    steps: str
    also: str = ""


@dataclass(frozen=True)
class HelpTask:
    """One task. It is shown to those who may use `needs`; commands in its steps become clickable."""

    key: str
    topic: HelpTopic
    needs: str
    said: Mapping[str, HelpWords]  # by the language

    @property
    def words(self) -> HelpWords:
        """As it is said in the reader's language."""
        return self.said[language()]


TOPICS: Mapping[HelpTopic, str] = {
    HelpTopic.BEGIN: msgid("Start here"),
    HelpTopic.FANS: msgid("Answer fans"),
    HelpTopic.SELL: msgid("Sell media"),
    HelpTopic.MANY: msgid("Mass messages and posts"),
    HelpTopic.MONEY: msgid("Earnings"),
    HelpTopic.TEAM: msgid("The team"),
    HelpTopic.SAFE: msgid("Problems, privacy and settings"),
}
# Each with its page, and the command that somebody needs for it. Its words lie beside.
TASKS: Sequence[tuple[str, HelpTopic, str]] = (
    ("link", HelpTopic.BEGIN, "/link"),
    ("setup", HelpTopic.BEGIN, "/setup"),
    ("home", HelpTopic.BEGIN, "/home"),
    ("reply", HelpTopic.FANS, "/reply"),
    ("waiting", HelpTopic.FANS, "/inbox waiting"),
    ("pings", HelpTopic.FANS, "/inbox pings"),
    ("later", HelpTopic.FANS, "/reply"),
    ("unsend", HelpTopic.FANS, "/fan claim"),
    ("snooze", HelpTopic.FANS, "/fan snooze"),
    ("claim", HelpTopic.FANS, "/fan claim"),
    ("note", HelpTopic.FANS, "/fan note add"),
    ("paid", HelpTopic.SELL, "/media browse"),
    ("upload", HelpTopic.SELL, "/media upload"),
    ("prices", HelpTopic.SELL, "/money price limits"),
    ("template", HelpTopic.SELL, "/template use"),
    ("mass", HelpTopic.MANY, "/mass new"),
    ("recall", HelpTopic.MANY, "/mass recall"),
    ("lists", HelpTopic.MANY, "/mass list build"),
    ("post", HelpTopic.MANY, "/post new"),
    ("earnings", HelpTopic.MONEY, "/money earnings"),
    ("digest", HelpTopic.MONEY, "/money digest set"),
    ("goal", HelpTopic.MONEY, "/money goal set"),
    ("credit", HelpTopic.MONEY, "/money credit statement"),
    ("grant", HelpTopic.TEAM, "/team grant"),
    ("left", HelpTopic.TEAM, "/team remove"),
    ("review", HelpTopic.TEAM, "/inbox review"),
    ("pause", HelpTopic.TEAM, "/pause creator"),
    ("settings", HelpTopic.SAFE, "/settings show"),
    ("problems", HelpTopic.SAFE, "/inbox problems"),
    ("guard", HelpTopic.SAFE, "/settings guard set"),
    ("privacy", HelpTopic.SAFE, "/settings privacy mode"),
)
