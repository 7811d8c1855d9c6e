-- What happened to chats, stored in the transaction that changed the row. Every node reads it to feed its streams; nothing
-- else does, and old rows go.

create table chat_event (
  event_id           bigint generated always as identity primary key,
  -- The transaction that wrote it. Sequence numbers commit out of order, so a reader asks which transactions have become
  -- visible since it last looked (docs/decisions/0009).
  xid                xid8 not null default pg_current_xact_id(),
  tenant_id          uuid not null,
  chat_id            uuid not null,
  profile_id         uuid not null,
  kind               text not null check (kind in ('chat_started', 'chat_completed', 'chat_failed', 'chat_ended', 'backlist_triggered')),
  -- The JSON array that a backlist_triggered event carries, as bytes; null for the others.
  notification_items bytea check ((kind = 'backlist_triggered') = (notification_items is not null)),
  created_at         timestamptz(3) not null
);

-- What has become visible since, for the readers; what is older than anybody needs, for the purge. By transaction, not by
-- created_at: the clocks of nodes may differ.
create index chat_event_by_xid on chat_event (xid);
