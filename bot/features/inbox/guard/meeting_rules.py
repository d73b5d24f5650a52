"""Phrases about seeing each other in person (data)."""

from bot.features.inbox.guard.phrases import rules

MEETING = rules(
    """
    meet|meat|meeting up
    meetup
    meet|see|meat|met ~3 in person
    meet|see|link|hook|hang|fuck|date|meat|play ~4 in real life
    meet|see|link|hook|hang|fuck|date|meat ~4 irl
    lets|let's <meet>
    we ~2 <meet> END|in|at|for|tonight|tomorrow|somewhere|this|irl|up|soon|offline
    want|wanna|wait|dying|hope|love ~2 <meet> you|u
    meet|meat me END|at|in|tonight|tomorrow|somewhere|for|this|irl|there|outside|tmr
    come|cum|coming ~1 over ~1 to|2 my|mine|your|ur END|place|house|hotel|apartment|flat|city
    can|could|should|wanna|will|ill|you|u come over END|to|tonight|tomorrow|and
    come|coming ~2 to|2 my|your|ur place|hotel|apartment|house|flat|city
    place or yours
    what|whats|send|give|tell ~2 your|ur|my address
    lets ~1 hook up
    hook up ~2 irl|tonight|tomorrow|sometime|person
    fly ~1 me|you|u out|over
    im|am in town|ur city|your city
    im|am in your|ur city|area|town
    grab ~1 drink|drinks|coffee|dinner|lunch
    come|should|can|could|wanna|must|will ~1 visit me|you|u
    come visit me|us|END
    meet for|4 real
    book me|us|you ~1 flight|flights|hotel
    have|go|want ~3 real date
    vernos|verte|vemos|veros ~2 en persona
    wollen|konnen|lass|sollen|mal ~2 uns ~1 treffen
    voir|voit ~2 en vrai
    encontrar|encontramos|ver ~2 pessoalmente
    """,
    """
    <glad> ~2 to|2 ~1 <meet>
    <glad> ~1 meeting
    <deny> send|give|share|tell ~2 address
    <deny> <meet>
    <deny> <meet> ~1 in person
    <deny> want|allow|allowed|able|like to <meet>
    <deny> want|allow|allowed|able us|me|you to <meet> ~2 person|irl
    <deny> want|allow|allowed|able us|me|you to <meet>
    """,
    """
    be|would|so ~2 <glad> ~2 to|2 ~1 <meet> up|in|irl|for
    be ~1 <glad> ~1 to|2 <meet> you|u
    """,
    glad="nice glad good happy great pleased lovely pleasure",
    meet="meet meat meetup",
    deny="dont cant cannot never wont not doesnt",
)
