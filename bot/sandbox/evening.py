"""A scripted evening: who the fans are, and what everybody says (pure)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class EveningFan:
    """One fan of the evening."""

    handle: str
    name: str
    lines: tuple[str, ...]
    subscribed: bool = True


@dataclass(frozen=True)
class EveningAnswer:
    """The team's answer to a fan; `price` in dollars as a member types it, with an item of the vault."""

    to: str
    text: str
    price: str | None = None
    by: str = "command"  # command or button


@dataclass(frozen=True)
class EveningPost:
    """The owner's post for everybody; with a price it has two items of the vault."""

    text: str
    audience: str = "subscribers"
    price: str | None = None
    when: str | None = None

    @property
    def button(self) -> str:
        """The button she presses under the preview."""
        return "Publish now" if self.when is None else "Schedule it"


@dataclass(frozen=True)
class EveningMassMessage:
    """The owner's message to everybody on a list; it has an item of the vault."""

    to: str
    text: str
    price: str

    @property
    def cents(self) -> int:
        """The price as Fanvue keeps it."""
        dollars, _, rest = self.price.partition(".")
        return int(dollars) * 100 + int(rest.ljust(2, "0") or 0)


CREATOR = ("luna.rivers", "Luna Rivers")
TEAM = (("mara", "Mara"), ("theo", "Theo"))
LATE = ("still here? no rush, just curious how your evening was", "sorry, me again 🙈")

GUESTS = (
    EveningFan(
        "sam_k",
        "Sam",
        (
            "hey Luna! finally off work 😅",
            "saw the new beach set, wow",
            "is there more of it somewhere?",
            "ok I am sold, how do I get it?",
            "you made my week",
            "thank you 🧡",
        ),
    ),
    EveningFan(
        "night.owl",
        "Nightowl",
        (
            "can't sleep again",
            "what are you up to?",
            "haha same here",
            "that sounds cosy",
            "ok last question: tea or wine?",
            "knew it",
        ),
    ),
    EveningFan(
        "marco92",
        "Marco",
        (
            "Ciao bella!",
            "did you see my message from Friday?",
            "no worries :)",
            "what does the *special* one cost?",
            "@everyone says hi haha",
            "deal",
        ),
    ),
    EveningFan(
        "j_doe",
        "Jordan",
        (
            "first time here, not sure how this works",
            "so I just write to you?",
            "that is easier than I thought",
            "cool, I like your style",
            "will you post tomorrow?",
            "great",
        ),
    ),
    EveningFan(
        "kai.surf",
        "Kai",
        (
            "the waves were insane today",
            "you would have loved it",
            "sent you a tip for the board fund 🏄",
            "next time I film it",
            "promise!",
            "good night from the coast",
        ),
    ),
    EveningFan(
        "bluebird",
        "Robin",
        (
            "hi there",
            "I renewed for another month",
            "happy to be here",
            "you answer so quickly!",
            "what is your favourite song right now?",
            "adding it to my list",
        ),
    ),
    EveningFan(
        "chef_tom",
        "Tom",
        (
            "made the pasta you mentioned",
            "it was [really](https://example.org) good",
            "10/10 would burn again",
            "do you cook in your videos?",
            "please do",
            "looking forward to it",
        ),
    ),
    EveningFan(
        "alexis_r",
        "Alexis",
        (
            "love the new haircut",
            "looks great on you",
            "is the red dress video still available?",
            "perfect, sending it now",
            "watching it later tonight",
            "wow.",
        ),
    ),
    EveningFan(
        "the_real_sam",
        "Sam",
        (
            "hello! another Sam here 👋",
            "hope you are not mixing us up",
            "phew",
            "do you ship merch?",
            "put me on the list please",
            "you are the best",
        ),
    ),
    EveningFan(
        "dee.dee",
        "Dee",
        (
            "long day…",
            "thanks for asking",
            "better now",
            "tell me something nice",
            "aww",
            "sleep well 💤",
        ),
    ),
    EveningFan(
        "max_power",
        "Max",
        (
            "YO",
            "big fan since last year",
            "any live stream this week?",
            "I'll be there",
            "setting an alarm",
            "see you!",
        ),
    ),
    EveningFan(
        "ines.art",
        "Inês",
        (
            "olá! I drew you 🎨",
            "can I show it to you?",
            "took me three evenings",
            "so glad you like it",
            "next one in colour",
            "até logo!",
        ),
        subscribed=False,
    ),
)

ANSWERS = (
    EveningAnswer("sam_k", "Hey Sam! Glad you made it 🧡", by="button"),
    EveningAnswer("night.owl", "Wide awake and editing. You?"),
    EveningAnswer("marco92", "Ciao Marco! I did, and it made me smile."),
    EveningAnswer("j_doe", "Exactly, just write. I read everything."),
    EveningAnswer("kai.surf", "I am so jealous of those waves"),
    EveningAnswer("bluebird", "Thank you for staying, that means a lot!"),
    EveningAnswer("chef_tom", "Burnt pasta is a love language"),
    EveningAnswer("alexis_r", "Thank you! I was so nervous about it"),
    EveningAnswer("the_real_sam", "No mixing up, I promise 😄"),
    EveningAnswer("dee.dee", "Tell me all about it", by="button"),
    EveningAnswer("max_power", "MAX! Thursday, nine o'clock"),
    EveningAnswer("ines.art", "Yes please, show me!"),
    EveningAnswer("sam_k", "The long version, just for you", price="9.99"),
    EveningAnswer("night.owl", "Tea. Always tea."),
    EveningAnswer("marco92", "Here is the special one", price="15", by="button"),
    EveningAnswer("j_doe", "Tomorrow at six!"),
    EveningAnswer("kai.surf", "You are sweet, thank you!"),
    EveningAnswer("bluebird", "A slow one. I'll send it to you"),
    EveningAnswer("chef_tom", "Only if you taste it first"),
    EveningAnswer("alexis_r", "Still here. It suits the haircut", price="12.50"),
    EveningAnswer("the_real_sam", "Not yet, but you are on the list"),
    EveningAnswer("dee.dee", "You made today nicer. There."),
    EveningAnswer("max_power", "Front row for you", price="5"),
    EveningAnswer("ines.art", "Three evenings! It is beautiful."),
    EveningAnswer("sam_k", "Enjoy, and tell me what you think"),
    EveningAnswer("night.owl", "A little something for the night", price="4.99"),
    EveningAnswer("kai.surf", "Film it, or it did not happen"),
    EveningAnswer("j_doe", "You will like it"),
    EveningAnswer("bluebird", "Behind the scenes, for my best listener", price="7.25", by="button"),
    EveningAnswer("ines.art", "Até logo, and thank you 🎨", by="button"),
)

POSTS = (
    EveningPost("Good night, everybody. What an evening 🧡", audience="followers-and-subscribers"),
    EveningPost(
        "The long version of tonight, for those who could not be here", price="9.99", when="tomorrow 18:00"
    ),
)

BLASTS = (EveningMassMessage("subscribers", "For all of you: the first picture of the new set 🧡", "4.50"),)
