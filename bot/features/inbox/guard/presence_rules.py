"""Phrases that promise who is writing, or being there now (data)."""

from bot.features.inbox.guard.phrases import rules

PRESENCE = rules(
    """
    its <really> ~1 me END|<writing>|here|i|babe|baby|lol|not|behind|hun|daddy|and|you|so
    it is <really> me END|<writing>|here|i|babe|baby|lol|not|behind|hun|daddy|and|you|so
    this is ~1 <really> me
    this is the real me
    its #percent me
    its|is me for real
    nobody|noone manages this|my
    i personally <writes>|read|answer|write|reply|type
    swear|promise ~2 its me
    swear|promise ~2 this|it is me
    i|yes|yep|yeah really|actually am me
    its me ~1 <writing>
    really|actually ~1 talking|chatting|texting|speaking to|with|2 me
    im|am|its|this ~2 not a|an ~1 <others>
    im|am|its|this ~2 not a team END
    no <others> here|END|just|only|behind|on|involved|reading
    no team here|behind|on|involved|reading|just
    theres|there no ~1 team|<others>
    nobody|noone|one else ~1 <writes>
    nobody|noone|one else reads this|these|your|our|my
    i|ill ~1 write|answer|reply|type|read|text ~4 myself|personally
    typing|writing|answering|replying ~3 myself
    run ~2 account|page ~1 myself|alone
    typing|writing ~4 own hands
    just|only me behind|<writing>
    im|am online END
    im|am ~1 online ~1 now|right|rn|atm|live
    im|am really|actually online|live
    im|am really|actually here ~1 right|now|rn|live|typing
    im|am here live
    ich bin es|s wirklich
    bins wirklich
    wirklich ich END
    soy yo ~1 de verdad
    realmente soy yo
    cest vraiment moi
    sou eu mesma
    """,
    """
    is|are|if it|you ~1 <really>
    if|when|once|unless im|am ~1 online
    """,
    really="rly really actually truly genuinely honestly definitely literally totally",
    others="bot bots chatter chatters ai robot chatbot agency assistant assistants fake employee",
    writes="writes types answers replies runs uses texts writing typing answering replying",
    writing="typing writing replying answering texting talking chatting",
)
