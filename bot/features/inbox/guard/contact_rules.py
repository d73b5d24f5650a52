"""Phrases about reaching each other outside of Fanvue (data)."""

from bot.features.inbox.guard.phrases import rules

# Names that are talked about, and short ones: only where somebody is to be found there.
_SOCIAL = (
    "instagram insta snap tiktok twitter facebook messenger discord reddit tumblr kik ig tg tele sc fb wa "
    "zap whats dc gram ghostsign"
)

CONTACTS = rules(
    """
    #phone
    #mail
    #link
    <strong>
    HIDDEN
    my|mi|mein|meine|mon|meu ~1 <social> is|es|ist|est|END|#handle|#colon|name|handle|user|username
    <reach> ~3 on|to|over|via|at|through|auf|al|en|sur|no|in ~2 <social>|signal
    add|follow|dm|text|msg|message|check ~1 me|my|us ~2 <social>
    snap|kik|insta|discord|ig me END|at|#handle
    you|u have|use|got|on ~1 <social> END
    what|whats|wats ~1 your|ur|is ~1 <social> END
    #handle ~1 on|in ~1 <social>|signal
    im|me|user|username ~2 on ~1 <social> END
    instagram|insta|ig|snap|kik|tg|ghostsign #colon
    instagram|insta|ig|snap|kik|tg|discord|dc|fb|twitter #at
    instagram|insta|ig|snap|sc|kik|tg|discord|dc|fb|twitter|tiktok ~1 #handle
    me|passa|manda ~2 seu|teu|meu zap|whats
    ghost|yellow|green|plane|bird app
    switch|move|talk|chat|go|text|continue|write|meet ~3 another|other|different app|platform|site
    my ~1 number|cell|mobile is|#colon ~1 #digit
    heres|here my|mine ~1 number|cell|email
    here is my ~1 number|cell|email
    <give> ~2 <yours> ~1 <number> END|so|and|to|for|please|pls|babe|baby|or|here|now|first
    have ~1 your|ur ~1 <number> END|so|and|to|for|please|pls|babe|baby|or
    what|whats|wats ~1 your|ur number|cell|digits|email|phonenumber
    phone|cell|mobile number
    email|mail|e-mail me
    my|mine email is|#colon
    text|call|ring ~1 me ~1 on|at ~1 #digit
    #at|at|arroba gmail|hotmail|yahoo|outlook|icloud|proton
    gmail|hotmail|yahoo|outlook|icloud|proton ~1 com
    dot|punto|punkt|point|ponto com|net|org|io|me|xyz|gg|link|app|co
    fb messenger
    messenger me
    google me|my
    www ~2 com|net|org
    my of page|account|acc|link
    take|continue|move|talk|chat ~2 off ~1 app|site|platform|fanvue|here
    continue|talk|chat|move|write ~2 somewhere else
    on ig|kik|tg END
    my only fans page|account|acc|link|is|END|profile
    on only fans
    numero de telefono|telephone|celular|telefone
    tu|ton|seu|teu|mi|mon|meu numero END|es|est|e|por|pra
    dime|dame|donne|gib|passa|manda ~2 numero|nummer|handynummer|telefono
    handynummer
    deine nummer
    meine nummer ist|#colon
    """,
    """
    not on <strong>|<social>
    number of
    dont|cant|cannot|never|wont|no|not <strong>|<social>|email
    <deny> <do> <strong>|<social>|<object>
    <deny> <do> <between> <strong>|<social>|<object>
    <deny> <do> <between> <between> <strong>|<social>|<object>
    <deny> <do> <between> <between> <between> <strong>|<social>|<object>
    <deny> <do> ~2 phone number
    <deny> allowed to <do> <between> <object>
    <deny> allowed to <do> <between> <between> <object>
    number one|1
    favorite|favourite|lucky number
    fanvue dot com
    www fanvue com
    the|my|a dot com
    """,
    strong=(
        "whatsapp whatsap watsapp watsap whatsp telegrm telgram instagrm telegram snapchat onlyfans fansly "
        "facetime linktree linktr protonmail gmail hotmail viber wechat skype imessage chaturbate manyvids "
        "loyalfans allmylinks patreon"
    ),
    social=_SOCIAL,
    reach=(
        "add find dm message text write hit contact reach msg call catch talk chat come move switch continue "
        "ping follow go schreib escribeme"
    ),
    give="give gimme send drop tell share want get trade exchange swap take need",
    yours="your ur my mine u yours",
    number="number digits phonenumber cell email mail contact contacts whats insta snap",
    deny="dont cant cannot never wont not",
    do="do use have give share accept allow got send tell",
    between="me you u my a an any out your the to it",
    object="number digits phonenumber email mail",
)
