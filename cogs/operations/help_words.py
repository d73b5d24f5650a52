"""The words of the tasks of /help, and those that find them (data)."""

from collections.abc import Mapping

from bot.model.language import msgid
from cogs.operations.help_tasks import HelpWords

WORDS: Mapping[str, HelpWords] = {
    "link": HelpWords(
        msgid("Connect a Fanvue account"),
        msgid("Run /link and sign in with Fanvue. /account show shows what is connected."),
        # Translators: words that somebody may type to find this; as many as you like.
        msgid("sign in login start add creator"),
    ),
    "setup": HelpWords(
        msgid("Set up a creator's channels"),
        msgid("Run /setup. It makes the private forum and the alerts channel, and repairs them later."),
        # Translators: words that somebody may type to find this; as many as you like.
        msgid("server channel forum install repair begin"),
    ),
    "home": HelpWords(
        msgid("See what waits for me"),
        msgid("Run /home: who waits, what needs you, and buttons to go on."),
        # Translators: words that somebody may type to find this; as many as you like.
        msgid("today start overview panel work"),
    ),
    "reply": HelpWords(
        msgid("Answer a fan"),
        msgid("Open the fan's thread and press **Reply**, or use /reply there."),
        # Translators: words that somebody may type to find this; as many as you like.
        msgid("write send message text chat respond"),
    ),
    "waiting": HelpWords(
        msgid("See which fans wait"),
        msgid("/inbox waiting lists them, the most urgent first. /fan find finds one fan."),
        # Translators: words that somebody may type to find this; as many as you like.
        msgid("unanswered queue list open urgent search fan"),
    ),
    "pings": HelpWords(
        msgid("Get a ping when a fan writes"),
        msgid(
            "/inbox pings: choose every conversation, every message, only yours, or nothing. Set "
            "quiet hours too."
        ),
        # Translators: words that somebody may type to find this; as many as you like.
        msgid("notification notify phone ring sound alert push quiet sleep"),
    ),
    "later": HelpWords(
        msgid("Send a reply later"),
        msgid(
            "Press **Reply** and fill in **Send later**, or use /reply with `when:`. /inbox "
            "scheduled cancels it."
        ),
        # Translators: words that somebody may type to find this; as many as you like.
        msgid("schedule time tomorrow plan delay"),
    ),
    "unsend": HelpWords(
        msgid("Take a message back"),
        msgid("Press **Unsend** on your line in the fan's thread. It works until the fan has bought it."),
        # Translators: words that somebody may type to find this; as many as you like.
        msgid("delete undo remove recall mistake wrong"),
    ),
    "snooze": HelpWords(
        msgid("Put a fan off, or mark them done"),
        msgid(
            "In the fan's thread: /fan snooze until a time, /fan close when nothing is to answer, "
            "/fan reopen to undo."
        ),
        # Translators: words that somebody may type to find this; as many as you like.
        msgid("later remind done finished close"),
    ),
    "claim": HelpWords(
        msgid("Take over or hand over a fan"),
        msgid(
            "In the fan's thread: /fan claim makes the fan yours for a few minutes, /fan handover "
            "gives them to a colleague."
        ),
        # Translators: words that somebody may type to find this; as many as you like.
        msgid("mine colleague release assign shift"),
    ),
    "note": HelpWords(
        msgid("Remember something about a fan"),
        msgid(
            "In the fan's thread: /fan note add, /fan tag add for a word such as vip, /fan promise "
            "add for a promise."
        ),
        # Translators: words that somebody may type to find this; as many as you like.
        msgid("write down birthday vip tag promise"),
    ),
    "paid": HelpWords(
        msgid("Send a paid picture"),
        msgid(
            "In the fan's thread press **Reply**, then **Add media**: choose from the vault, set a "
            "price, look at the preview and press **Send**."
        ),
        # Translators: words that somebody may type to find this; as many as you like.
        msgid("photo video ppv bundle price sell media lock vault"),
    ),
    "upload": HelpWords(
        msgid("Put files into the vault"),
        msgid("/media upload takes a file. Or hold a message with files, then Apps → Add to vault."),
        # Translators: words that somebody may type to find this; as many as you like.
        msgid("photo video file add media library"),
    ),
    "prices": HelpWords(
        msgid("Limit what a role may charge"),
        msgid(
            "/money price limits sets the lowest and the highest price of a role. /money price show "
            "shows them."
        ),
        # Translators: words that somebody may type to find this; as many as you like.
        msgid("price cheap expensive floor ceiling chatter"),
    ),
    "template": HelpWords(
        msgid("Answer with a template"),
        msgid("In the fan's thread: /template use, or press **Templates** on the fan's line."),
        # Translators: words that somebody may type to find this; as many as you like.
        msgid("script snippet saved text reuse"),
    ),
    "mass": HelpWords(
        msgid("Plan a mass message"),
        msgid("/mass new: choose the lists, write, and set `when:`. You see a preview and confirm it."),
        # Translators: words that somebody may type to find this; as many as you like.
        msgid("bulk broadcast campaign everyone schedule send all"),
    ),
    "recall": HelpWords(
        msgid("Take a mass message back, or cancel one"),
        msgid("/mass recall takes a sent one back, /mass cancel a planned one. Buyers keep what they have."),
        # Translators: words that somebody may type to find this; as many as you like.
        msgid("undo delete unsend mistake wrong stop"),
    ),
    "lists": HelpWords(
        msgid("Make a list of fans"),
        msgid(
            "/mass list build fills a list by what fans spent or bought, /mass list add adds one "
            "fan, /mass list show shows all."
        ),
        # Translators: words that somebody may type to find this; as many as you like.
        msgid("audience group segment spenders whales"),
    ),
    "post": HelpWords(
        msgid("Publish a post, or suggest one"),
        msgid("/post new: write, choose media and a time. You confirm the preview, or a manager decides."),
        # Translators: words that somebody may type to find this; as many as you like.
        msgid("feed publish schedule suggest"),
    ),
    "earnings": HelpWords(
        msgid("See earnings"),
        msgid("/money earnings shows today, `period:` any other days. /money top shows who spent most."),
        # Translators: words that somebody may type to find this; as many as you like.
        msgid("money income revenue sales today month top spender"),
    ),
    "digest": HelpWords(
        msgid("Get a daily or weekly report"),
        msgid("/money digest set chooses the hour and the channel. /money digest now shows a preview."),
        # Translators: words that somebody may type to find this; as many as you like.
        msgid("summary report email figures morning"),
    ),
    "goal": HelpWords(
        msgid("Set an earnings goal"),
        msgid("/money goal set for each week or month. /money goal show says how it goes."),
        # Translators: words that somebody may type to find this; as many as you like.
        msgid("target plan money"),
    ),
    "credit": HelpWords(
        msgid("See my sales"),
        msgid("/money credit statement shows privately what you sold."),
        # Translators: words that somebody may type to find this; as many as you like.
        msgid("commission pay salary bonus statement"),
    ),
    "grant": HelpWords(
        msgid("Let someone work in the team"),
        msgid("/team grant gives a member or a Discord role access. /team show lists who has it."),
        # Translators: words that somebody may type to find this; as many as you like.
        msgid("add invite new chatter manager permission role access hire"),
    ),
    "left": HelpWords(
        msgid("Someone left the team"),
        msgid("/team remove takes away their rights, drafts, waiting messages and channels at once."),
        # Translators: words that somebody may type to find this; as many as you like.
        msgid("fire quit leave remove revoke access offboard"),
    ),
    "review": HelpWords(
        msgid("Approve a reply"),
        msgid("/inbox review shows replies that wait for you. /team sent shows what was sent."),
        # Translators: words that somebody may type to find this; as many as you like.
        msgid("approve check trainee lead quality"),
    ),
    "pause": HelpWords(
        msgid("Stop everything at once"),
        msgid(
            "/pause creator holds all that is sent for a creator, /pause member what one person "
            "sends. /pause off ends it."
        ),
        # Translators: words that somebody may type to find this; as many as you like.
        msgid("emergency stop halt freeze panic"),
    ),
    "settings": HelpWords(
        msgid("Change a setting"),
        msgid("/settings show has all of them, the time zone first. **Change** opens each."),
        # Translators: words that somebody may type to find this; as many as you like.
        msgid("time zone language quiet hours configure option alerts"),
    ),
    "problems": HelpWords(
        msgid("Something was not sent"),
        msgid(
            "/inbox problems lists what needs you, with buttons to settle it. /inbox status shows "
            "whether all works."
        ),
        # Translators: words that somebody may type to find this; as many as you like.
        msgid("error failed broken not working stuck unknown"),
    ),
    "guard": HelpWords(
        msgid("Forbid words, or check messages first"),
        msgid(
            "/settings guard add forbids a word, /settings guard set says how strict the checks are, "
            "/settings guard test tries a text."
        ),
        # Translators: words that somebody may type to find this; as many as you like.
        msgid("block filter words rules safety"),
    ),
    "privacy": HelpWords(
        msgid("Decide what Discord shows and keeps"),
        msgid(
            "/settings privacy mode chooses how texts are shown, /settings privacy retention how "
            "long they are kept, /settings privacy forget forgets a fan."
        ),
        # Translators: words that somebody may type to find this; as many as you like.
        msgid("gdpr delete data erase hide export"),
    ),
}
