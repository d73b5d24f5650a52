-- How long a confirmed mass message to more than so many recipients waits, and above how many a second
-- person confirms it too.
ALTER TABLE mass_limits ADD COLUMN hold_above BIGINT NOT NULL DEFAULT 500;
ALTER TABLE mass_limits ADD COLUMN hold_seconds BIGINT NOT NULL DEFAULT 60; -- 0: none waits
ALTER TABLE mass_limits ADD COLUMN second_above BIGINT DEFAULT 5000; -- NULL: one person is enough
