-- What is needed to watch events travel: when one was stored, which call caused it, and probes that travel as events do.

alter table chat_event
  -- By the database's own clock, so that the clocks of nodes do not matter. Null for what was stored before; the default is
  -- set by itself, or every row would be written anew.
  add column stored_at timestamptz,
  -- The W3C trace context of the call that caused the event, where somebody records that; else null.
  add column traceparent text;

alter table chat_event alter column stored_at set default clock_timestamp();

-- A probe belongs to no tenant (the nil UUID) and to no chat: it names the node that sent it, and nothing else.
-- It was named while its predecessor still had the plain name.
alter table chat_event drop constraint if exists chat_event_kind_check, drop constraint if exists chat_event_kind_check1;
alter table chat_event add constraint chat_event_kind_check
  check (kind in ('chat_started', 'chat_completed', 'chat_failed', 'chat_ended', 'backlist_triggered', 'delivery_probe'));
