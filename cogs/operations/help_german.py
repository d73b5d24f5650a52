"""The tasks of /help in German (data)."""

from collections.abc import Mapping

from cogs.operations.help_tasks import HelpWords

_W = HelpWords
GERMAN: Mapping[str, HelpWords] = {
    "link": _W(
        "Ein Fanvue-Konto verbinden",
        "Gib /link ein und melde dich bei Fanvue an. /account show zeigt, was verbunden ist.",
        "anmelden einloggen start creator",
    ),
    "setup": _W(
        "Die Kanäle eines Creators einrichten",
        "Gib /setup ein. Es legt das private Forum und den Alarmkanal an und repariert sie später.",
        "server kanal forum installieren reparieren anfangen",
    ),
    "home": _W(
        "Sehen, was auf mich wartet",
        "Gib /home ein: wer wartet, was dich braucht, und Knöpfe zum Weitermachen.",
        "heute start überblick arbeit",
    ),
    "reply": _W(
        "Einem Fan antworten",
        "Öffne den Thread des Fans und drücke **Reply**, oder nutze dort /reply.",
        "schreiben senden nachricht text chat antwort",
    ),
    "waiting": _W(
        "Sehen, welche Fans warten",
        "/inbox waiting zeigt sie, die dringendsten zuerst. /fan find findet einen Fan.",
        "unbeantwortet liste offen dringend suchen",
    ),
    "pings": _W(
        "Benachrichtigt werden, wenn ein Fan schreibt",
        "/inbox pings: jedes Gespräch, jede Nachricht, nur deine, oder nichts. Auch mit Ruhezeiten.",
        "benachrichtigung handy klingeln ton ruhe schlafen",
    ),
    "later": _W(
        "Eine Antwort später senden",
        "Drücke **Reply** und fülle **Send later** aus, oder nutze /reply mit `when:`. /inbox "
        "scheduled sagt sie ab.",
        "planen zeit morgen verzögern",
    ),
    "unsend": _W(
        "Eine Nachricht zurücknehmen",
        "Drücke **Unsend** an deiner Zeile im Thread des Fans. Das geht, bis der Fan sie gekauft hat.",
        "löschen rückgängig fehler falsch",
    ),
    "snooze": _W(
        "Einen Fan zurückstellen oder erledigen",
        "Im Thread des Fans: /fan snooze bis zu einer Zeit, /fan close wenn nichts zu antworten ist, "
        "/fan reopen "
        "zum Zurückholen.",
        "später erinnern fertig",
    ),
    "claim": _W(
        "Einen Fan übernehmen oder übergeben",
        "Im Thread des Fans: /fan claim macht ihn für einige Minuten zu deinem, /fan handover gibt "
        "ihn weiter.",
        "kollege freigeben zuteilen schicht",
    ),
    "note": _W(
        "Sich etwas über einen Fan merken",
        "Im Thread des Fans: /fan note add, /fan tag add für ein Wort wie vip, /fan promise add für ein "
        "Versprechen.",
        "notiz geburtstag schlagwort versprechen",
    ),
    "paid": _W(
        "Ein bezahltes Bild senden",
        "Drücke im Thread des Fans **Reply**, dann **Add media**: aus der Mediathek wählen, Preis "
        "setzen, Vorschau ansehen und **Send** drücken.",
        "foto video ppv preis verkaufen medien mediathek",
    ),
    "upload": _W(
        "Dateien in die Mediathek legen",
        "/media upload nimmt eine Datei. Oder halte eine Nachricht mit Dateien, dann Apps → In die "
        "Mediathek legen.",
        "foto video datei hochladen",
    ),
    "prices": _W(
        "Begrenzen, was eine Rolle verlangen darf",
        "/money price limits setzt den niedrigsten und den höchsten Preis einer Rolle. /money price "
        "show zeigt sie.",
        "preis billig teuer grenze",
    ),
    "template": _W(
        "Mit einer Vorlage antworten",
        "Im Thread des Fans: /template use, oder drücke **Templates** an der Zeile des Fans.",
        "skript baustein textbaustein",
    ),
    "mass": _W(
        "Eine Massennachricht planen",
        "/mass: Listen wählen, schreiben, und `when:` setzen. Du siehst eine Vorschau und bestätigst sie.",
        "rundschreiben kampagne alle planen",
    ),
    "recall": _W(
        "Eine Massennachricht zurückholen oder absagen",
        "/mass recall holt eine gesendete zurück, /mass cancel eine geplante. Käufer "
        "behalten, was sie haben.",
        "rückgängig löschen fehler stoppen",
    ),
    "lists": _W(
        "Eine Liste von Fans machen",
        "/mass list build füllt eine Liste danach, was Fans ausgaben oder kauften, /mass list add fügt einen "
        "Fan hinzu, /mass list show zeigt alle.",
        "gruppe zielgruppe käufer",
    ),
    "post": _W(
        "Einen Post veröffentlichen oder vorschlagen",
        "/post: schreiben, Medien und Zeit wählen. Du bestätigst die Vorschau, oder ein Manager entscheidet.",
        "beitrag feed planen vorschlagen",
    ),
    "earnings": _W(
        "Sehen, was hereinkam",
        "/money earnings zeigt heute, `period:` andere Tage. /money top zeigt, wer am meisten ausgab.",
        "geld einkommen umsatz verkäufe heute monat",
    ),
    "digest": _W(
        "Einen Tages- oder Wochenbericht bekommen",
        "/money digest set wählt Stunde und Kanal. /money digest now zeigt eine Vorschau.",
        "übersicht zusammenfassung bericht zahlen",
    ),
    "goal": _W(
        "Ein Einnahmenziel setzen",
        "/money goal set für jede Woche oder jeden Monat. /money goal show sagt, wie es läuft.",
        "ziel plan geld",
    ),
    "credit": _W(
        "Meine Verkäufe sehen",
        "/money credit statement zeigt dir privat, was du verkauft hast.",
        "provision lohn gehalt bonus abrechnung",
    ),
    "grant": _W(
        "Jemanden ins Team aufnehmen",
        "/team grant gibt einem Mitglied oder einer Discord-Rolle Zugang. /team show zeigt, wer ihn hat.",
        "hinzufügen einladen neu recht rolle zugang",
    ),
    "left": _W(
        "Jemand hat das Team verlassen",
        "/team remove nimmt sofort Rechte, Entwürfe, wartende Nachrichten und Kanäle weg.",
        "kündigen gehen entfernen entziehen zugang",
    ),
    "review": _W(
        "Eine Antwort freigeben",
        "/inbox review zeigt Antworten, die auf dich warten. /team sent zeigt, was gesendet wurde.",
        "prüfen genehmigen qualität",
    ),
    "pause": _W(
        "Sofort alles anhalten",
        "/pause creator hält alles an, was für einen Creator gesendet wird, /pause member, was eine "
        "Person sendet. /pause off beendet es.",
        "notfall stopp anhalten",
    ),
    "settings": _W(
        "Eine Einstellung ändern",
        "/settings show hat alle, die Zeitzone zuerst. **Change** öffnet jede.",
        "zeitzone sprache ruhezeiten konfigurieren meldungen",
    ),
    "problems": _W(
        "Etwas wurde nicht gesendet",
        "/inbox problems zeigt, was dich braucht, mit Knöpfen dazu. /inbox status zeigt, ob alles läuft.",
        "fehler kaputt hängt geht nicht",
    ),
    "guard": _W(
        "Wörter verbieten oder Nachrichten vorher prüfen",
        "/settings guard add verbietet ein Wort, /settings guard set sagt, wie streng geprüft wird, "
        "/settings guard test "
        "probiert einen Text.",
        "sperren filter regeln sicherheit",
    ),
    "privacy": _W(
        "Bestimmen, was Discord zeigt und behält",
        "/settings privacy mode wählt, wie Texte gezeigt werden, /settings privacy retention, wie "
        "lange sie bleiben, "
        "/settings privacy forget vergisst einen Fan.",
        "dsgvo löschen daten verbergen",
    ),
}
