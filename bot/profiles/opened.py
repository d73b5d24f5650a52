"""Builds what shows a fan to whoever presses More."""

from bot.notes.opened import Knowing as Notebook
from bot.profiles.figures import Words
from bot.profiles.knowing import Knowing
from bot.profiles.showing import FansPort, Profiles, Told
from bot.relay.context import Context


def open_profiles(on: Context, there: FansPort, notebook: Notebook, words: Words, told: Told) -> Profiles:
    """`there`: fans on Fanvue; `notebook`: what the team wrote down; `told`: what Fanvue says a fan is."""
    knowing = Knowing(clock=on.clock, pseudonyms=on.effects.trail.pseudonyms, notebook=notebook)
    return Profiles(database=on.database, knowing=knowing, there=there, words=words, told=told)
