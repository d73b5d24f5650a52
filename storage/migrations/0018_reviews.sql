-- What leads look back at, newest first: what was sent for a creator, and what was stopped before it was.
CREATE INDEX messages_sent ON messages (creator_uuid, sent_at) WHERE direction = 'out';
CREATE INDEX audit_stopped ON audit (creator_uuid, at)
    WHERE outcome IN ('warned', 'held', 'blocked') OR action IN ('reply.return', 'reply.approve_edited');
