-- How each fan's chat stands with the team. Times are those at which a message was sent, not read.
CREATE TABLE talks (
    creator_uuid TEXT NOT NULL,
    fan_uuid TEXT NOT NULL,
    state TEXT NOT NULL,              -- open, closed
    waiting_since BIGINT,             -- the oldest message that nobody has answered; NULL: nothing waits
    last_in BIGINT,                   -- the fan's newest message, and which it is
    last_in_message TEXT,
    last_out BIGINT,                  -- the newest answer, and by whom: member, elsewhere, automated
    last_out_by TEXT,
    settled_until BIGINT,             -- what the fan sent before this needs no answer any more
    owner_id BIGINT,                  -- the member who answered last
    claimed_by BIGINT,                -- the member who answers now, since when, and how long that holds
    claimed_since BIGINT,
    claimed_until BIGINT,
    snoozed_until BIGINT,
    version BIGINT NOT NULL,          -- grows with whatever can be seen of it
    PRIMARY KEY (creator_uuid, fan_uuid)
);
CREATE INDEX talks_waiting ON talks (creator_uuid, waiting_since, fan_uuid) WHERE waiting_since IS NOT NULL;
CREATE INDEX talks_claimed ON talks (claimed_until) WHERE claimed_until IS NOT NULL;

-- What was said before this table was there.
INSERT INTO talks (creator_uuid, fan_uuid, state, waiting_since, last_in, last_in_message, last_out, last_out_by,
                   settled_until, owner_id, claimed_by, claimed_since, claimed_until, snoozed_until, version)
SELECT c.creator_uuid, c.fan_uuid, 'open',
       (SELECT MIN(m.sent_at) FROM messages m
        WHERE m.creator_uuid = c.creator_uuid AND m.fan_uuid = c.fan_uuid AND m.direction = 'in'
          AND m.sent_at > COALESCE(c.last_out, -1)),
       c.last_in,
       (SELECT MAX(m.message_uuid) FROM messages m
        WHERE m.creator_uuid = c.creator_uuid AND m.fan_uuid = c.fan_uuid AND m.direction = 'in'
          AND m.sent_at = c.last_in),
       c.last_out,
       CASE WHEN c.last_out IS NULL THEN NULL
            WHEN EXISTS (SELECT 1 FROM messages m
                         WHERE m.creator_uuid = c.creator_uuid AND m.fan_uuid = c.fan_uuid
                           AND m.direction = 'out' AND m.sent_at = c.last_out AND m.outbox_id IS NOT NULL)
            THEN 'member' ELSE 'elsewhere' END,
       c.last_out, NULL, NULL, NULL, NULL, NULL, 1
FROM (SELECT creator_uuid, fan_uuid,
             MAX(CASE WHEN direction = 'in' THEN sent_at END) AS last_in,
             MAX(CASE WHEN direction = 'out' THEN sent_at END) AS last_out
      FROM messages GROUP BY creator_uuid, fan_uuid) AS c;
