-- The truth: every event of every stream, only ever added to.
create table event (
    stream_id      uuid        not null,
    version        bigint      not null check (version >= 1),
    type           text        not null,
    schema_version integer     not null,
    -- Text, not json: the hash covers these bytes, so they must come back as they went in.
    payload        text        not null,
    command_id     uuid        not null,
    -- By their bytes: the indexes on them are then as cheap as they can be.
    correlation_id text        collate "C" not null,
    actor          text        collate "C" not null,
    occurred_at    timestamptz not null,
    traceparent    text,
    -- The event that led to this one, as stream:version; null for what somebody asked for.
    caused_by      text,
    -- A key's number and a MAC over the hash before and this event: a changed row breaks the chain.
    hash           bytea       not null,
    constraint event_version_is_taken primary key (stream_id, version)
);

-- What falls due goes on with the story of the event that has set the time.
create index event_by_command_of_what_falls_due on event (command_id)
    where type in ('HoldPlaced', 'ApprovalRequested');

-- What one request has led to, and what somebody has done. A policy's command takes effect once,
-- however long ago that was: its events are found here by its story and its id. Stories begin in
-- the order of time, ids of policies' commands do not: an index on these alone would be written
-- everywhere.
create index event_by_story on event (correlation_id, command_id);
create index event_by_actor on event (actor, occurred_at);

create index event_by_time_for_policies on event (occurred_at, stream_id, version)
    where type in ('TransferRequested', 'CustomerRegistered', 'CustomerEmailChanged', 'CustomerErased',
        'TaskAssigned', 'ApprovalGranted');

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
    -- Null where it is to be made again from the events, as after a migration that changes its form.
    state     text,
    hash      bytea  not null,
    -- Tells whether the state is as the pipeline wrote it; one without is made again as well.
    seal      bigint,
    -- When the stream is to be given a command by itself; null for nearly all.
    due_at    timestamptz,
    -- The customer whom the stream is about; null where it is about none.
    customer_id uuid,
    constraint stream_exists primary key (stream_id)
) with (fillfactor = 70); -- room on the page, so that an update touches no index

create index stream_by_type on stream (type, stream_id);
create index stream_by_due_time on stream (due_at) where due_at is not null;
create index stream_by_customer on stream (customer_id, type, stream_id)
    where customer_id is not null;

-- What one aggregate at the most may have, such as an e-mail address. What happens once in the
-- whole bank stays claimed for good: a transfer ends by the credit of its target or by the refund of
-- its source.
create table claim (
    kind      text not null,
    value     text not null,
    stream_id uuid not null,
    constraint claim_is_taken primary key (kind, value)
);

-- What the names and addresses in the events of each customer are encrypted with, itself wrapped by
-- a master key that is not in the database. It is the one thing that is ever destroyed.
create table customer_key (
    customer_id  uuid        not null,
    wrapped      text,
    destroyed_at timestamptz,
    constraint customer_has_key primary key (customer_id),
    constraint key_is_there_or_destroyed check ((wrapped is null) = (destroyed_at is not null))
);

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

-- What a teller has moved on the last day that there was something, where that is limited: locked and
-- written by the transaction of the commands that it counts.
create table teller_day (
    teller   text   collate "C" not null,
    currency text   collate "C" not null,
    -- Since 1970, where the bank is.
    day      bigint not null,
    -- In minor units.
    moved    bigint not null,
    constraint teller_has_a_day primary key (teller, currency)
) with (fillfactor = 70);

-- What waits for the relay: a row for what one transaction added to the streams of one shard, not
-- one for every event. Each stream's new events are a run of versions, from its first to its last.
create table outbox (
    shard     smallint    not null,
    position  bigint      generated always as identity,
    -- Names the transaction, so that the process that committed it need not read its events back.
    batch     uuid        not null,
    streams   uuid[]      not null,
    firsts    bigint[]    not null,
    lasts     bigint[]    not null,
    events    integer     not null,
    since     timestamptz not null default now(),
    constraint outbox_position_is_taken primary key (shard, position)
) with (
    -- Rows live for milliseconds: vacuum by the number of dead ones, and without pausing.
    autovacuum_vacuum_scale_factor = 0,
    autovacuum_vacuum_threshold = 2000,
    autovacuum_vacuum_insert_threshold = -1,
    autovacuum_analyze_scale_factor = 0,
    autovacuum_analyze_threshold = 20000,
    autovacuum_vacuum_cost_delay = 0
);

-- Whose relay publishes a shard, and until when. A lease and not a lock, because a lock needs a
-- transaction, and none may be open while Kafka makes a relay wait.
create table outbox_shard (
    shard        smallint    not null,
    owner        uuid,
    leased_until timestamptz not null default '-infinity',
    -- When a heartbeat went in last, whichever process sent it.
    beat_at      timestamptz not null default '-infinity',
    constraint outbox_shard_exists primary key (shard)
);
insert into outbox_shard select generate_series(0, 3);

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

-- What a policy could not react to at once: a run of a stream's events about one matter.
create table parked_matter (
    policy    text        not null,
    stream_id uuid        not null,
    matter    uuid        not null,
    since     bigint      not null,
    until     bigint      not null,
    reason    text        not null,
    attempts  integer     not null,
    parked_at timestamptz not null,
    -- When it is tried again; null where that is for an operator to say.
    retry_at  timestamptz,
    constraint matter_is_parked primary key (policy, stream_id, matter)
);
create index parked_matter_by_retry on parked_matter (policy, retry_at) where retry_at is not null;

-- What an operator has decided not to react to, and why.
create table skipped_matter (
    id         bigint      generated always as identity,
    policy     text        not null,
    stream_id  uuid        not null,
    matter     uuid        not null,
    since      bigint      not null,
    until      bigint      not null,
    reason     text        not null,
    because    text        not null,
    skipped_by text        not null,
    skipped_at timestamptz not null,
    constraint matter_is_skipped primary key (policy, stream_id, matter, id)
);

-- Up to when the journal was looked through for events that no reaction has followed.
create table policy_sweep (
    policy       text        not null,
    swept_until  timestamptz not null,
    leased_until timestamptz not null,
    constraint policy_sweeps primary key (policy)
);

-- What was signed of all that is new, a root over all of its leaves, each seal after the one before.
-- It is also where this database's roles cannot reach; here it is at hand.
create table seal (
    number    bigint      not null,
    sealed_at timestamptz not null,
    source    text        not null,
    -- The very bytes that are signed.
    text      text        not null,
    signature text        not null,
    leaves    text        not null,
    constraint seal_is_made primary key (number)
);
alter table seal alter column leaves set storage external; -- hashes do not get smaller
create index seal_by_time on seal (sealed_at);

-- Up to where each source is sealed.
create table sealed_source (
    source text not null,
    mark   text not null,
    constraint source_is_sealed primary key (source)
);

-- Whose sealer seals, and until when; and since when there has been nothing that it had not sealed.
create table sealing (
    turn         smallint    not null,
    owner        uuid,
    leased_until timestamptz not null default '-infinity',
    sealed_until timestamptz not null default now(),
    constraint one_seals primary key (turn)
);
insert into sealing (turn) values (0);

-- How far each walk through what is kept has come, in its round.
create table verification (
    walk         text        not null,
    position     text        not null,
    -- Behind which it ends; null where it begins again from the start.
    until        bigint,
    begun_at     timestamptz not null,
    -- When its last whole round has ended; null before that.
    ended_at     timestamptz,
    checked      bigint      not null,
    leased_until timestamptz not null default '-infinity',
    constraint walk_is_under_way primary key (walk)
);

-- What they found that is not as it was written, as long as each round finds it again.
create table finding (
    walk     text        not null,
    place    text        not null,
    why      text        not null,
    found_at timestamptz not null,
    seen_at  timestamptz not null,
    constraint place_is_found primary key (walk, place)
);

-- With how many decimals amounts are kept here: minor units do not say.
create table currency (
    code     text     primary key,
    decimals smallint not null
);

-- Up to where each partition of the topics has nothing that the journal lacks, a second behind at
-- the most. A database that is put back to an earlier moment has the marks of that moment, and what
-- lies behind them tells what it has lost.
create table log_mark (
    topic     text    not null,
    partition integer not null,
    next      bigint  not null,
    constraint log_is_marked primary key (topic, partition)
);

-- The streams that were given events back out of the topics, and above which version. Their states,
-- claims and processed commands are still to be made from these.
create table recovered_stream (
    stream_id uuid   not null,
    above     bigint not null,
    constraint stream_is_recovered primary key (stream_id)
);

-- Who has asked for what, as what, from where, and how it ended; what was accepted as a command is
-- in the journal and in given_command. Only ever added to, by a chain of each process: the hash
-- covers the hash of its entry before and all of this one.
create table audit_entry (
    chain          uuid        not null,
    number         bigint      not null,
    at             timestamptz not null,
    actor          text        collate "C" not null,
    roles          text        not null,
    operation      text        not null,
    kind           text,
    aggregate      uuid,
    -- 0 where it is about to be done.
    status         integer     not null,
    code           text,
    correlation_id text        not null,
    address        text        not null,
    reason         text,
    hash           bytea       not null,
    -- Which transaction has added it: what is new to the sealer is found by that.
    added_in       xid8        not null default pg_current_xact_id(),
    constraint audit_entry_is_taken primary key (chain, number)
);
create index audit_entry_by_time on audit_entry (at);
create index audit_entry_by_actor on audit_entry (actor, at);
create index audit_entry_by_aggregate on audit_entry (aggregate, at) where aggregate is not null;
create index audit_entry_by_transaction on audit_entry (added_in);

create function audit_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'the audit trail is never changed or deleted';
end $$;

create trigger audit_entry_is_append_only before update or delete or truncate on audit_entry
    for each statement execute function audit_is_append_only();

-- As what, and from where, the commands of a transaction were given that have led to events: a row
-- for all of them. Who gave them and what they did, their events say.
create table given_command (
    batch     uuid        not null,
    -- When all of the transaction's events occurred, by which theirs is found.
    given_at  timestamptz not null,
    -- Each command's stream, the version of its last event there, and which it is of the acts.
    streams   uuid[]      not null,
    versions  bigint[]    not null,
    acts      integer[]   not null,
    -- The acts: what commands have in common that come alike from the same place.
    commands  text[]      not null,
    roles     text[]      not null,
    addresses text[]      not null,
    -- Over all of the row.
    hash      bytea       not null,
    -- Which transaction has added it, for the sealer.
    added_in  xid8        not null default pg_current_xact_id(),
    constraint commands_are_given primary key (given_at, batch)
) with (toast_tuple_target = 8160); -- compressing a row would cost more than its commands
create index given_command_by_transaction on given_command (added_in);

create trigger given_command_is_append_only before update or delete or truncate on given_command
    for each statement execute function audit_is_append_only();
