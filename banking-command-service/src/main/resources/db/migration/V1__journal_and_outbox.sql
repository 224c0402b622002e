-- The truth: every event of every stream, only ever added to.
create table event (
    stream_id      uuid        not null,
    version        bigint      not null check (version >= 1),
    type           text        not null,
    schema_version integer     not null,
    -- Text, not json: the hash covers these bytes, so they must come back as they went in.
    payload        text        not null,
    command_id     uuid        not null,
    correlation_id text        not null,
    actor          text        not null,
    occurred_at    timestamptz not null,
    traceparent    text,
    -- SHA-256 over the previous event's hash and this event: a changed row breaks the chain.
    hash           bytea       not null,
    constraint event_version_is_taken primary key (stream_id, version)
);

create function event_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'events are never changed or deleted';
end $$;

create trigger event_is_append_only before update or delete or truncate on event
    for each statement execute function event_is_append_only();

-- Where each stream stands: read by every command, so that nothing is replayed. It can be dropped
-- and made again from the events.
create table stream (
    stream_id uuid   not null,
    type      text   not null,
    version   bigint not null,
    state     text   not null,
    hash      bytea  not null,
    constraint stream_exists primary key (stream_id)
) with (fillfactor = 70); -- room on the page, so that an update touches no index

create index stream_by_type on stream (type, stream_id);

-- What waits for the relay. Position is numbered by the database when the row is inserted; within
-- one stream a later version always has a later position.
create table outbox (
    shard     smallint not null,
    position  bigint   generated always as identity,
    stream_id uuid     not null,
    version   bigint   not null,
    constraint outbox_position_is_taken primary key (shard, position)
) with (
    -- Rows live for milliseconds: vacuum by the number of dead ones, and without pausing.
    autovacuum_vacuum_scale_factor = 0,
    autovacuum_vacuum_threshold = 10000,
    autovacuum_vacuum_insert_threshold = -1,
    autovacuum_analyze_scale_factor = 0,
    autovacuum_analyze_threshold = 100000,
    autovacuum_vacuum_cost_delay = 0
);

-- One row per shard; whoever holds its lock is the shard's relay for that moment.
create table outbox_shard (
    shard smallint not null,
    constraint outbox_shard_exists primary key (shard)
);
insert into outbox_shard select generate_series(0, 15);

-- Idempotency: which command was processed, for which request, and what it was answered.
create table processed_command (
    command_id   uuid        not null,
    request_hash bytea       not null,
    stream_id    uuid        not null,
    -- The stream's version in the answer; 0 where the command was rejected.
    version      bigint      not null,
    -- The rejection's code; null where the command was accepted.
    rejection    text,
    answer       text        not null,
    processed_at timestamptz not null,
    constraint command_is_processed primary key (command_id)
);
