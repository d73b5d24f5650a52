"""Phrases about minors, also in play (data)."""

from bot.features.inbox.guard.phrases import rules

_TEEN = "#teen eleven twelve thirteen fourteen fifteen sixteen seventeen"
_MINOR = "#minor " + _TEEN
_SEX = (
    "fucked fuck sex horny masturbate masturbated touched virgin virginity naked nude nudes orgasm cum came "
    "wet blowjob pussy cock dick"
)
_BODY = (
    "girl girls boy boys pussy slut sluts body ass tits boobs feet porn babe nudes roleplay fantasy virgin "
    "bitch whore princess schoolgirl babysitter cunt cock dick"
)

AGE = rules(
    """
    im|am <teen> <fin>
    im|am <only> <teen> years|yrs|year|yr|yo|END|and|but|so
    <be> ~4 <minor> years|yrs|year|yr|yo old|olds|END|<body>
    my|your|ur|her <teen> years|yrs|year|yr|yo ~1 <body>
    <teen> years|yrs|year|yr|yo ~1 <body>
    im|a|am|only|just #teenyo
    #teenyo here|and|f|<body>
    <scene> ~5 <teen> END|years|yrs|year|yr|yo|again
    when|since i was|were ~1 <teen> ~12 <sex>
    underage|jailbait|ageplay|ddlg|abdl|loli|lolita|preteen|minderjahrig
    menor de edad
    barely legal
    child|kid|kiddie|kids porn|pornography|nudes
    schoolgirl|schoolgirls roleplay|uniform|outfit|costume|skirt|fantasy|play|rp|slut|role|video|pussy
    virgin|naughty|horny|slutty|little|dirty|your schoolgirl
    junior|jr high
    hs student|girl|girls
    a|the|im|am minor here
    minor here END
    im|am ~1 not 18|legal yet|END
    im|am almost|nearly 18|eighteen
    i turn|turned 18 next|soon|in|tomorrow
    not 18|legal yet
    im|am|still ~2 in|at high|middle|elementary|primary school
    still in|at highschool
    high|middle school girl|girls|student|slut|cheerleader|pussy
    <adjectives> teen|teens
    teen|teens|teenage <body>
    im|am|be|your|ur ~1 teen|teenager
    im|am|be|still|pretend ~2 a minor END
    im|am|pretend|look|looks|be ~2 under|below 18|eighteen
    sweet sixteen|16 fantasy|roleplay|rp|girl|pussy|slut
    i|im ~1 turned|turning <teen> END|today|yesterday|last|this
    tengo|tenho <teen> anos
    ich bin|bins ~1 <teen> END|jahre
    bin ~1 <teen> jahre
    jai <teen> ans
    """,
    """
    nothing|no|not|never|isnt|dont|without|anything ~2 underage
    are|anyone|if|nobody ~2 underage
    dont|not|never do|like|want ageplay|ddlg|loli
    no ageplay|ddlg|loli
    """,
    only="only just still barely actually really like about nearly almost turning now",
    be="im am pretend imagine youre be being as roleplay look looks like",
    teen=_TEEN,
    minor=_MINOR,
    fin="END years yrs year yr yo and but lol so now still again haha daddy old hehe",
    scene="pretend imagine roleplay rp act acting playing play fantasy",
    sex=_SEX,
    body=_BODY,
    adjectives="little horny tight tiny slutty naughty petite young hot innocent sexy dirty",
)
