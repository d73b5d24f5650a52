-- A forum's name as /setup last saw it: by it people tell those apart that wait for a creator.
ALTER TABLE forums ADD COLUMN name TEXT NOT NULL DEFAULT '';

-- 1: bound by a link, and Discord has not yet taken out of it whom its owner did not let in.
ALTER TABLE forums ADD COLUMN unready INTEGER NOT NULL DEFAULT 0;

-- The last question of a link names a forum, and may offer others. One that was asked before binds none.
ALTER TABLE pending_links ADD COLUMN forum_id BIGINT;
ALTER TABLE pending_links ADD COLUMN others TEXT NOT NULL DEFAULT '[]';

-- What was told of roles that read without a grant: these are looked for at every start.
ALTER TABLE drifts ADD COLUMN roles TEXT NOT NULL DEFAULT '';
