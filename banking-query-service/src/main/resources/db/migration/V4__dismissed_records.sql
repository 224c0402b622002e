-- A dead record that names no aggregate stays where it is when somebody has looked at it.
ALTER TABLE dead_event
    ADD COLUMN dismissed_at      timestamptz,
    ADD COLUMN dismissed_by      text,
    ADD COLUMN dismissed_because text;

CREATE INDEX dead_event_nameless
    ON dead_event (projection, topic, partition, record_offset) WHERE stream_id IS NULL;
