-- What it takes to read the audit trail: by whom a call came, whether it read or changed something, and how many calls an entry stands for
-- (docs/decisions/0016). Entries of before were the backoffice's, and each is one call.
alter table audit_entry
  add column caller text not null default 'backoffice',
  -- What target_id is.
  add column target_kind text,
  add column key_prefix text,
  add column is_write boolean not null default false,
  -- Whether the call was about chats or streams, also where it names no tenant.
  add column is_tenant_data boolean not null default false,
  add column calls integer not null default 1,
  add column last_at timestamptz(3),
  -- The node's batch that counted last: a batch whose answer was lost is sent again, and must not count twice.
  add column last_batch uuid;

-- Whoever runs the service may add to the trail, by this function: it adds entries, and to an entry that is there the number of calls.
create function audit_append(
  batch uuid, ids uuid[], instants timestamptz[], last_instants timestamptz[], counts integer[], callers text[], subjects text[], actions text[],
  tenants uuid[], targets uuid[], target_kinds text[], key_prefixes text[], writes boolean[], tenant_data boolean[], statuses smallint[], requests text[])
returns void
language sql security definer set search_path from current as $$
  insert into audit_entry as stored (
    audit_id, at, last_at, calls, caller, subject, action, tenant_id, target_id, target_kind, key_prefix, is_write, is_tenant_data, status, request_id, last_batch)
  select audit_id, at, last_at, calls, caller, subject, action, tenant_id, target_id, target_kind, key_prefix, is_write, is_tenant_data, status, request_id, batch
  from unnest(ids, instants, last_instants, counts, callers, subjects, actions, tenants, targets, target_kinds, key_prefixes, writes, tenant_data, statuses, requests)
    as entry (audit_id, at, last_at, calls, caller, subject, action, tenant_id, target_id, target_kind, key_prefix, is_write, is_tenant_data, status, request_id)
  -- In one order, so that two nodes cannot lock each other out.
  order by audit_id
  on conflict (audit_id) do update
    set calls = stored.calls + excluded.calls, last_at = greatest(stored.last_at, excluded.last_at), last_batch = excluded.last_batch
    where stored.last_batch is distinct from excluded.last_batch
$$;

revoke execute on function audit_append(
  uuid, uuid[], timestamptz[], timestamptz[], integer[], text[], text[], text[], uuid[], uuid[], text[], text[], boolean[], boolean[], smallint[], text[]) from public;
