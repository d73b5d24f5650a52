"""Names of services, as they are looked for in disguise (data)."""

# Name, whether it is found as two words (pay pal), and within a longer one (mypaypal).
PARTED_INSIDE = "paypal cashapp kashapp whatsapp snapchat linktree protonmail"
PARTED = (
    "cashap watsapp watsap venmo cashtag moneygram westernunion mercadopago paysafecard telegram "
    "instagram facetime tiktok facebook jailbait ageplay preteen underage schoolgirl schoolgirls "
    "chaturbate manyvids loyalfans allmylinks giftcard giftcards wishlist whatsap handynummer"
)
INSIDE = "gmail hotmail"
WHOLE = (
    "telegrm telgram whatsp instagrm revolut skrill payoneer gcash bizum fansly viber wechat skype "
    "bitcoin ethereum insta twitter discord messenger reddit tumblr patreon linktr iban usdt zelle xoom "
    "snap kik imessage"
)
# Also as two words, but only where something else is odd about it: "only fans who tip" is innocent.
PARTED_IF_ODD = "onlyfans"
# Two letters, in which a digit stands for itself: F8 is a seat.
SHORT = "ig tg sc fb wa dc hs"
