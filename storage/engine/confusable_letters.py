"""Letters that look like Latin letters and digits, by what they look like (data).

From the confusables of Unicode 16 (UTS 39), as ICU 76 has them: those that look like ASCII, once NFKC
has taken away styles and accents are gone. Copyright Unicode, Inc., under the Unicode License v3
(unicode.org/license.txt). Written as numbers, because some of them turn the direction of a line.
"""

from collections.abc import Mapping

LETTERS: Mapping[str, str] = {
    "2": "\u01bb\u14bf\ua6ef",
    "3": "\U000118ca\U00016f3b",
    "4": "\u13ce\u152f\u1530",
    "6": "\u0431\u13ee\U000118d5",
    "7": "\U000118c6",
    "8": "\u0223\u09ea\u0a6a\U0001031a\U0001e8cb",
    "9": "\u09ed\u0a67\u0b68\u0d6d\U000118cc\U000118d6",
    "a": "\u0251\u03b1\u0430\u13aa\u15c5\ua4ee\U000102a0\U00016f40",
    "aa": "\ua733",
    "ae": "\u00e6\u04d5",
    "ao": "\ua735",
    "au": "\ua737",
    "av": "\ua739\ua73b",
    "ay": "\ua73d",
    "b": (
        "\u0180\u0183\u0253\u0463\u048d\u13cf\u13f4\u1472\u1473\u147e\u147f\u1480\u1481\u1488\u15af\u15f7"
        "\ua4d0\U00010282\U000102a1\U00010301"
    ),
    "c": (
        "\u023c\u0441\u04ab\u13df\u1d04\u2ca5\ua4da\U000102a2\U00010302\U0001043d\U0001051c\U000118e9"
        "\U000118f2"
    ),
    "d": "\u0111\u018c\u0256\u0257\u0501\u13a0\u13e7\u146f\u147a\u147b\u1487\u15de\u15ea\ua4d2\ua4d3",
    "dz": "\u02a3",
    "e": "\u0247\u0435\u04bd\u04bf\u13ac\u2d39\ua4f0\uab32\U00010286",
    "f": "\u0192\u0584\u15b4\u1d6e\u1e9d\ua4dd\ua799\uab35\U00010287\U000102a5\U00010525\U000118c2",
    "g": "\u018d\u01e5\u0260\u0261\u0581\u13c0\u13f3\u1d83\ua4d6",
    "h": "\u0127\u0266\u045b\u04bb\u0570\u13bb\u13c2\u13f2\u157c\ua4e7\ua695\U000102cf",
    "i": "\u0131\u0268\u0269\u026a\u03b9\u0456\u04cf\u13a5\u1d7b\u1d7c\ua647\U000118c3",
    "j": "\u0249\u03f3\u0458\u13ab\u148d\u1498\u1499\ua4d9",
    "k": "\u0199\u13e6\u16d5\ua4d7\U00010518",
    "l": (
        "\u0142\u019a\u01c0\u026b\u026d\u05d5\u05df\u05f1\u0627\u0661\u0673\u06f1\u07ca\u13de\u14aa\u14b6"
        "\u14b7\u16c1\u2d4f\ua4e1\ua4f2\U0001028a\U00010309\U00010320\U00010526\U00016f16\U00016f28"
        "\U0001e8c7"
    ),
    "ll": "\u01c1\u05f0",
    "ls": "\u02aa",
    "lz": "\u02ab",
    "m": "\u13b7\u15f0\u16d6\ua4df\U000102b0\U00010311",
    "n": "\u019e\u0273\u03b7\u0578\u057c\u1d70\ua4e0\U00010513",
    "o": (
        "\u00f8\u0275\u03b8\u03bf\u03c3\u043e\u0473\u04e9\u0585\u05e1\u0647\u0665\u06be\u06c1\u06d5\u06f5"
        "\u06ff\u07c0\u0966\u09e6\u0a66\u0ae6\u0b20\u0b66\u0be6\u0c66\u0ce6\u0d20\u0d66\u0e50\u0ed0\u1010"
        "\u101d\u1040\u10ff\u12d0\u13a4\u13be\u13eb\u1d0f\u1d11\u2c9f\u2d31\u2d41\u2d54\u3007\ua4f3\ua74b"
        "\uab3d\uab3e\U00010292\U000102ab\U0001042c\U000104ea\U00010516\U000114d0\U000118c8\U000118d7"
        "\U000118e0"
    ),
    "oe": "\u0153",
    "oo": "\ua699\ua74f",
    "p": "\u01a5\u03c1\u0440\u13e2\u146d\u1476\u1477\u1486\u1d7d\u2ca3\ua4d1\U00010295",
    "q": "\u02a0\u051b\u0563\u0566\u2d55",
    "r": (
        "\u024d\u027c\u027d\u0433\u0491\u0493\u13a1\u13d2\u1587\u1d26\u1d72\u2c85\ua4e3\uab47\uab48\U00016f35"
    ),
    "rn": "\u0271\u1d6f\U00011700\U000118e3",
    "s": "\u01bd\u0282\u0455\u13d5\u13da\u1d74\ua4e2\ua731\U00010296\U00010448\U000118c1\U00016f3a",
    "ss": "\u03b2\u13f0\ua7b5",
    "t": "\u0167\u01ad\u13a2\u1d75\ua4d4\U00010297\U000102b1\U00010315\U00016f0a",
    "tf": "\ua777",
    "ts": "\u02a6",
    "u": (
        "\u028b\u03c5\u057d\u1200\u13cc\u144c\u1457\u1458\u1467\u1d1c\u1d7e\ua4f4\ua79f\uab4e\uab52"
        "\U000104f6\U000118d8\U00016f42"
    ),
    "ue": "\u1d6b",
    "uo": "\uab63",
    "v": (
        "\u03bd\u0475\u05d8\u0667\u06f7\u13d9\u142f\u143a\u143b\u1d20\u2d38\ua4e6\ua6df\U0001051d"
        "\U00011706\U000118c0\U00016f08"
    ),
    "w": (
        "\u026f\u0461\u047d\u051d\u0561\u13b3\u13d4\u1d21\ua4ea\ua761\U000114c5\U0001170a\U0001170e"
        "\U0001170f\U000118e6\U000118ef"
    ),
    "x": "\u0445\u1541\u157d\u16b7\u2d5d\ua4eb\U00010290\U000102b4\U00010317\U00010322\U00010527\U000118ec",
    "y": (
        "\u01b4\u024f\u0263\u028f\u03b3\u0443\u04af\u04b1\u10e7\u13a9\u13bd\u1d8c\u1eff\ua4ec\uab5a"
        "\U000102b2\U000118dc\U00016f43"
    ),
    "z": "\u01b6\u0225\u0290\u13c3\u1d22\u1d76\ua4dc\U000102f5\U000118c4\U000118e5",
}

# Capitals that look like another letter than their small form does.
CAPITALS: Mapping[str, str] = {
    "2": "\u01a7\u03e8\ua644\ua75a",
    "3": "\u01b7\u021c\u0417\u0498\u04e0\u2ccc\ua76a\ua7ab",
    "4": "\U000118af",
    "5": "\u01bc\U000118bb",
    "6": "\u2cd2",
    "7": "\U000104d2",
    "9": "\u2cca\ua76e",
    "b": "\u0184\u0392\u0411\u0412\u042c\ua7b4",
    "bl": "\u042b",
    "c": "\u0187",
    "d": "\u00d0",
    "e": "\u0395\U000118a6\U000118ae",
    "f": "\u03dc",
    "g": "\u050c",
    "h": "\u0397\u041d\u04a2\u04c7\u04c9\u2c67\u2c8e",
    "j": "\ua7b2",
    "k": "\u039a\u041a\u049a\u049e\u2c69\u2c94\ua740",
    "l": "\u0196\u0197\u0399\u0406\u04c0\u2c92\u2cd0\U0001041b\U000118a3\U000118b2",
    "lo": "\u042e",
    "m": "\u039c\u03fa\u041c\u04cd\u2c98",
    "n": "\u019d\u039d\u2c9a",
    "o": "\U000118b5",
    "r": "\u01a6\uab81\U000104b4",
    "s": "\u054f",
    "ss": "\ua7d6",
    "t": "\u01ae\u023e\u03a4\u0422\u04ac\u2ca6\U000118bc",
    "t3": "\ua728",
    "u": "\u0244",
    "x": "\u03a7\u04b2\u2cac\ua7b3",
    "y": "\u03a5\u2ca8\U000118a4",
    "z": "\u0396\U000118a9",
}
