-- Every accepted back-list trigger, with the items that were sent (contract, section 8.2). Stored with the trigger's own statement, so one that
-- no stream carried is not lost. Deleted with the chat, also by nodes of the version before. Triggers of earlier versions were not stored.
create table chat_trigger (
  chat_id            uuid not null references sdk_chat on delete cascade,
  -- The chat's revision after the trigger.
  revision           integer not null,
  tenant_id          uuid not null,
  -- A JSON array as the bytes that were sent.
  notification_items bytea not null,
  triggered_at       timestamptz(3) not null,
  primary key (chat_id, revision)
);

-- When the result came: updated_at moves on with each trigger. Null for chats that were completed by an earlier version.
alter table sdk_chat add column if not exists completed_at timestamptz(3);
