-- Whose each message is that still has to go from Discord, so that an erasure finds all of a creator's.
-- '': listed before that was kept, in an alerts channel that several creators have.
ALTER TABLE removals ADD COLUMN creator_uuid TEXT NOT NULL DEFAULT '';
UPDATE removals SET creator_uuid = COALESCE(
    (SELECT MIN(threads.creator_uuid) FROM threads WHERE threads.thread_id = removals.channel_id),
    (SELECT MIN(forums.creator_uuid) FROM forums WHERE forums.alerts_id = removals.channel_id
     HAVING COUNT(DISTINCT COALESCE(forums.creator_uuid, '')) = 1),
    '');
CREATE INDEX removals_creator ON removals (creator_uuid);

-- On which server: a link to a message names it. NULL: not known.
ALTER TABLE erasure_places ADD COLUMN guild_id BIGINT;
