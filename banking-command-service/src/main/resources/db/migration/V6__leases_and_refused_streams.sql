-- Whose relay publishes a shard, and until when. A lease and not a lock, because a lock needs a
-- transaction, and none may be open while Kafka makes a relay wait.
alter table outbox_shard
    add owner uuid,
    add leased_until timestamptz not null default '-infinity';

-- The streams whose next event Kafka does not take, with the run of versions that waits. Later
-- events of such a stream join its run, so that the outbox keeps no row on their account.
create table refused_stream (
    stream_id     uuid        not null,
    shard         smallint    not null,
    -- Null where nothing says which topic the event belongs to.
    topic         text,
    first         bigint      not null,
    last          bigint      not null,
    reason        text        not null,
    refused_since timestamptz not null default now(),
    -- How often the event at first was tried; 0 where the one before has just been acknowledged.
    attempts      integer     not null,
    next_try      timestamptz not null,
    constraint stream_is_refused primary key (stream_id)
);
create index refused_stream_by_next_try on refused_stream (next_try);
