"""Lines of the ledger and what belongs to each, as pieces of questions (SQL)."""

from storage.money.credit_moves import HOLDING

# It happens by itself: nobody's answer brought it about.
UNANSWERED = ("renewal",)
BY_ITSELF = ", ".join(f"'{source}'" for source in UNANSWERED)

# Whose credit is another sale's, or was given to somebody.
SPECIAL = f"(gross < 0 OR reverses IS NOT NULL OR row_key IN (SELECT sale FROM ({HOLDING}) AS held))"  # noqa: S608 - constants
# What a line of money is about. Of what went back it is the sale that it takes back, where that is known.
LINES = """
    lines AS (
        SELECT row_key AS sale, 0 AS told, at, source, gross, net, currency, reverses, fan, message_uuid,
               post_uuid
        FROM earnings WHERE creator_uuid = :creator AND at >= :since AND at < :until AND gone_at IS NULL{one}
        UNION ALL
        SELECT fact_id, 1, at, source, gross, CAST(NULL AS BIGINT), currency,
               CASE WHEN gross < 0 THEN payment_id END, fan, message_uuid, post_uuid
        FROM earnings_told WHERE creator_uuid = :creator AND fact_id IN ({told})
        {cut}),
    back AS MATERIALIZED (
        SELECT lines.*, CAST(COALESCE(
                   (SELECT first.row_key FROM earnings AS first
                    WHERE first.creator_uuid = :creator AND first.order_id = lines.reverses
                      AND first.gross >= 0 AND first.reverses IS NULL
                    ORDER BY CASE WHEN first.gone_at IS NULL THEN 0 ELSE 1 END, first.at, first.row_key
                    LIMIT 1),
                   (SELECT MIN(COALESCE(first.row_key, first.fact_id)) FROM earnings_told AS first
                    WHERE first.creator_uuid = :creator AND first.payment_id = lines.reverses
                      AND first.gross >= 0)) AS TEXT) AS original
        FROM lines WHERE gross < 0 OR reverses IS NOT NULL),
    about AS (
        SELECT sale, told, at, source, gross, net, currency, fan, 0 AS back, CAST(NULL AS TEXT) AS original,
               at AS began, CASE WHEN source IN ({unanswered}) THEN NULL ELSE fan END AS asked,
               COALESCE(post_uuid, message_uuid) AS item
        FROM lines WHERE gross >= 0 AND reverses IS NULL
        UNION ALL
        SELECT back.sale, back.told, back.at, back.source, back.gross, back.net, back.currency, back.fan, 1,
               back.original, COALESCE(was.at, live.at, back.at),
               CASE WHEN COALESCE(was.source, live.source) IN ({unanswered}) THEN NULL
                    ELSE COALESCE(was.fan, live.fan) END,
               CASE WHEN back.original IS NULL THEN COALESCE(back.post_uuid, back.message_uuid)
                    ELSE COALESCE(was.post_uuid, was.message_uuid, live.post_uuid, live.message_uuid) END
        FROM back LEFT JOIN earnings AS was
             ON was.creator_uuid = :creator AND was.row_key = back.original
        LEFT JOIN earnings_told AS live
             ON live.creator_uuid = :creator AND live.fact_id = back.original)"""
_LAST = """(SELECT said.{column} FROM credit_sent AS said
    WHERE said.creator_uuid = :creator AND said.fan = {asked} AND said.at < {began}
      AND said.at >= {began} - :window ORDER BY said.at DESC, said.item DESC LIMIT 1)"""
# What a fan buys of a mass message is their own copy.
SENT = """
    LEFT JOIN credit_copies AS copy ON copy.creator_uuid = :creator AND copy.item = {item}
    LEFT JOIN credit_sent AS sent ON sent.creator_uuid = :creator
         AND sent.item = COALESCE(copy.mass, {item})"""
JOINED = f"""
    FROM about{SENT.format(item="about.item")}
    LEFT JOIN moved AS own ON own.sale = about.sale
    LEFT JOIN moved AS theirs ON theirs.sale = about.original"""
MOVED = "CASE WHEN own.back = 0 THEN own.{0} WHEN theirs.back = 0 THEN theirs.{0} END"


def last(column: str) -> str:
    """Rule two, of the lines that these pieces make."""
    return _LAST.format(column=column, asked="about.asked", began="about.began")


def plain_last(column: str) -> str:
    """Rule two, of a row as it is."""
    fan = f"CASE WHEN about.source IN ({BY_ITSELF}) THEN NULL ELSE about.fan END"
    return _LAST.format(column=column, asked=fan, began="about.at")
