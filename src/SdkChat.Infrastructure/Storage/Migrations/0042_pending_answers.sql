-- As chat_pending (0018), with the bin of the time of its answer (0031) for each chat that is completed and not counted as such, so that the
-- statement that counts does not look up the chats again.
create or replace function chat_pending_answers(last_xid xid8, open_xids xid8[])
returns table (tenant_id uuid, profile_id uuid, created_at timestamptz, chat_id uuid, class integer, counted_class integer, bin integer)
language sql stable as $$
  select c.tenant_id, c.profile_id, c.created_at, c.chat_id, chat_class(c.status, c.triggered_xid), 0,
    case when c.status = 'completed' then chat_answer_bin(c.created_at, c.completed_at) end
  from sdk_chat c where c.xid > last_xid
  union all
  select c.tenant_id, c.profile_id, c.created_at, c.chat_id, chat_class(c.status, c.triggered_xid), 0,
    case when c.status = 'completed' then chat_answer_bin(c.created_at, c.completed_at) end
  from sdk_chat c where c.xid = any (open_xids) and c.xid <= last_xid
  union all
  select c.tenant_id, c.profile_id, c.created_at, c.chat_id, chat_class(c.status, c.triggered_xid), 1,
    case when c.status = 'completed' then chat_answer_bin(c.created_at, c.completed_at) end
  from sdk_chat c where c.final_xid > last_xid and (c.xid <= last_xid and c.xid <> all (open_xids)) is true
  union all
  select c.tenant_id, c.profile_id, c.created_at, c.chat_id, chat_class(c.status, c.triggered_xid), 1,
    case when c.status = 'completed' then chat_answer_bin(c.created_at, c.completed_at) end
  from sdk_chat c
  where c.final_xid = any (open_xids) and c.final_xid <= last_xid and (c.xid <= last_xid and c.xid <> all (open_xids)) is true
  union all
  select c.tenant_id, c.profile_id, c.created_at, c.chat_id, 4, 2, null
  from sdk_chat c where c.triggered_xid > last_xid and (c.xid <= last_xid and c.xid <> all (open_xids)) is true
    and (c.final_xid is null or c.final_xid <= last_xid and c.final_xid <> all (open_xids))
  union all
  select c.tenant_id, c.profile_id, c.created_at, c.chat_id, 4, 2, null
  from sdk_chat c
  where c.triggered_xid = any (open_xids) and c.triggered_xid <= last_xid and (c.xid <= last_xid and c.xid <> all (open_xids)) is true
    and (c.final_xid is null or c.final_xid <= last_xid and c.final_xid <> all (open_xids))
$$;
