"""Phrases about money outside of Fanvue (data)."""

from bot.features.inbox.guard.phrases import rules

PAYMENT = rules(
    """
    <names>
    #card
    #iban
    #wallet
    pay|send|tip|take|accept|by|via|through|with|use|have|got|do ~2 zelle
    zelle me|us|works|is|or
    pay|send|accept|take|tip|transfer|buy ~4 <coins>
    <coins> ~1 wallet|address
    <coins> ~1 to|2 my
    pay|paying|paid ~3 directly|direct|elsewhere|externally|outside
    pay|payment|payments|cheaper|tip|deal ~4 off|outside ~2 app|site|platform|here|fanvue
    payment|payments outside|elsewhere
    off|outside ~1 app|site|platform|fanvue ~6 pay|wire|money|cheaper|cash|payment
    skip|avoid|dodge|save|without ~2 fee|fees|commission
    fanvue takes|keeps #percent|half|percent|commission
    fanvue takes|keeps ~1 percent|cut
    bank transfer|transfers|details|account
    account|routing number
    sort code
    pp me
    via|by|thru|through pp
    <coins> works|ok|okay|fine|accepted
    wallet address
    send|transfer ~2 money|cash ~3 account|bank
    my|your|ur card number
    throne ~3 buy|gift|gifts|link|wishlist
    wire me|it|money|transfer
    ~0 apple|google|samsung pay me|us|directly|direct|number
    pay|paying|accept|take ~3 apple|google pay ~1 directly|outside
    send|buy|get|amazon|steam|itunes|google|apple|gift|me ~4 giftcard|giftcards
    send|buy|get|amazon|steam|itunes|google|apple ~4 gift card|cards
    amazon|throne|link ~3 wishlist
    wishlist ~3 amazon|throne|link
    tip|gift|buy|send|spoil ~2 on|via|through throne
    send|as|pay|via|use ~3 friends and|n|& family
    transfiere|transfiereme|deposita|paga|pagame|manda|mandame ~5 cuenta|tarjeta|transferencia
    auf mein|meine ~1 konto|bankkonto
    uberweis|uberweise|uberweisung|bankverbindung|kontonummer
    virement|rib|lydia|paylib
    paga|pagar|faz|manda|por|via|aceito|chave|meu ~1 pix
    """,
    """
    <deny>|no <names>|zelle
    <names> ~1 isnt|not ~1 allowed|possible
    <deny> <take> <names>|zelle or|and <names>|zelle
    pay|paying|payment|payments ~3 outside ~2 fanvue|here|app ~1 isnt|not ~1 allowed|possible
    pay|paying|payment|payments ~3 outside ~2 fanvue|here|app ~2 against
    <deny> pay ~1 outside ~2 fanvue|here|app
    <deny> <take> <names>|zelle|<coins>
    <deny> <take> a|any|your|my|the|to <names>|<coins>
    """,
    deny="dont cant cannot never wont not",
    take="do use take accept have allow like",
    names=(
        "paypal cashapp kashapp cashap venmo cashtag moneygram westernunion mercadopago paysafecard revolut "
        "skrill payoneer gcash bizum iban xoom"
    ),
    coins="bitcoin btc ethereum eth usdt crypto litecoin ltc solana xmr monero doge",
)
