-- How many fans a forum holds is looked at every minute; without an index each look reads every thread there is.
CREATE INDEX threads_forum ON threads (forum_id) WHERE state <> 'gone';
