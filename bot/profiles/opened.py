"""Builds what shows a fan to whoever presses More."""

from bot.notes.opened import Knowing as Notebook
from bot.profiles.figures import Words
from bot.profiles.knowing import Knowing
from bot.profiles.showing import FansPort, Profiles
from bot.relay.ground import Ground


def open_profiles(on: Ground, there: FansPort, notebook: Notebook, words: Words) -> Profiles:
    """`there`: fans on Fanvue; `notebook`: what the team wrote down about them."""
    knowing = Knowing(clock=on.clock, pseudonyms=on.effects.trail.pseudonyms, notebook=notebook)
    return Profiles(database=on.database, knowing=knowing, there=there, words=words)
