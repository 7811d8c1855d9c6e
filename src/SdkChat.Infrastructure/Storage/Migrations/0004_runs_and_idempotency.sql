-- What the pipeline still owes us, and which wishes have been carried out.

-- One row a run whose end has not been found, gone with its end. Apart from sdk_chat, so that looking after runs never
-- rewrites a chat's row. Demo and seeded chats have no run, whatever their status.
create table pipeline_run (
  chat_id    uuid primary key references sdk_chat,
  tenant_id  uuid not null,
  -- When the pipeline accepted the run; null until it has.
  started_at timestamptz(3),
  -- From when on a node may look after the run. Whoever takes it on moves this into the future, so that a node that
  -- dies meanwhile leaves the run to the others.
  due_at     timestamptz(3) not null,
  -- How often it has been taken on since it last made progress.
  attempts   integer not null default 0
);

create index pipeline_run_by_due on pipeline_run (due_at);

-- Calls that bore an Idempotency-Key and were carried out: what they asked for, and what they were answered.
create table idempotency_key (
  tenant_id   uuid not null references tenant,
  key         text not null check (length(key) between 1 and 200),
  -- SHA-256 of what was asked for. The same key with another one is a mismatch.
  fingerprint bytea not null check (octet_length(fingerprint) = 32),
  chat_id     uuid not null,
  back_list_status   text not null,
  -- What a back-list trigger was answered with, to the byte; null for a kickoff.
  notification_items bytea,
  created_at  timestamptz(3) not null,
  primary key (tenant_id, key)
);

create index idempotency_key_by_creation on idempotency_key (created_at);
