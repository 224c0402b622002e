-- When a heartbeat went into a shard of the outbox last, whichever process sent it.
alter table outbox_shard add column beat_at timestamptz not null default '-infinity';
