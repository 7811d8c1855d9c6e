-- Counts in a tenant's list read the tenant's own index (docs/decisions/0036).
--
-- With "tenant_id = of_scope" the planner may read the chats of all tenants in order of creation and drop the others': it takes each of a few
-- tenants for equally large. A page of a tenant of ten thousand chats beside five million then read 60,000 pages of memory. Ordered by tenant
-- first, and with the tenant in an array, only the tenant's index has the order. "offset 0" keeps it.

create or replace function chat_index_count(of_kind "char", of_scope uuid, from_at timestamptz, from_id uuid, below_at timestamptz, below_id uuid)
returns bigint language plpgsql stable as $$
begin
  if of_kind = 't' then
    return (select count(*) from (
      select from sdk_chat c where c.tenant_id = any (array[of_scope])
        and (c.created_at, c.chat_id) >= (from_at, from_id) and (c.created_at, c.chat_id) < (below_at, below_id)
      order by c.tenant_id, c.created_at desc, c.chat_id desc offset 0) c);
  elsif of_kind = 'p' then
    return (select count(*) from sdk_chat where profile_id = of_scope
      and (created_at, chat_id) >= (from_at, from_id) and (created_at, chat_id) < (below_at, below_id));
  else
    return (select count(*) from sdk_chat where (created_at, chat_id) >= (from_at, from_id) and (created_at, chat_id) < (below_at, below_id));
  end if;
end
$$;

create or replace function chat_index_key(of_kind "char", of_scope uuid, below_at timestamptz, below_id uuid, skip bigint)
returns table (created_at timestamptz, chat_id uuid)
language plpgsql stable rows 1 as $$
begin
  if of_kind = 't' then
    return query select c.created_at::timestamptz, c.chat_id from sdk_chat c
      where c.tenant_id = any (array[of_scope]) and (c.created_at, c.chat_id) < (below_at, below_id)
      order by c.tenant_id, c.created_at desc, c.chat_id desc offset skip limit 1;
  elsif of_kind = 'p' then
    return query select c.created_at::timestamptz, c.chat_id from sdk_chat c where c.profile_id = of_scope and (c.created_at, c.chat_id) < (below_at, below_id)
      order by c.created_at desc, c.chat_id desc offset skip limit 1;
  else
    return query select c.created_at::timestamptz, c.chat_id from sdk_chat c where (c.created_at, c.chat_id) < (below_at, below_id)
      order by c.created_at desc, c.chat_id desc offset skip limit 1;
  end if;
end
$$;

create or replace function chat_history_count(of_kind "char", of_scope uuid, classes integer, from_at timestamptz, from_id uuid, below_at timestamptz, below_id uuid)
returns bigint language plpgsql stable as $$
begin
  if classes = 31 then
    return chat_index_count(of_kind, of_scope, from_at, from_id, below_at, below_id);
  elsif of_kind = 't' then
    return (select count(*) from (
      select from sdk_chat c where c.tenant_id = any (array[of_scope])
        and (c.created_at, c.chat_id) >= (from_at, from_id) and (c.created_at, c.chat_id) < (below_at, below_id) and chat_class(c.status, c.triggered_xid) & classes <> 0
      order by c.tenant_id, c.created_at desc, c.chat_id desc offset 0) c);
  elsif of_kind = 'p' then
    return (select count(*) from sdk_chat where profile_id = of_scope
      and (created_at, chat_id) >= (from_at, from_id) and (created_at, chat_id) < (below_at, below_id) and chat_class(status, triggered_xid) & classes <> 0);
  else
    return (select count(*) from sdk_chat where (created_at, chat_id) >= (from_at, from_id) and (created_at, chat_id) < (below_at, below_id)
      and chat_class(status, triggered_xid) & classes <> 0);
  end if;
end
$$;

create or replace function chat_history_key(of_kind "char", of_scope uuid, classes integer, below_at timestamptz, below_id uuid, skip bigint)
returns table (created_at timestamptz, chat_id uuid)
language plpgsql stable rows 1 as $$
begin
  if classes = 31 then
    return query select k.created_at, k.chat_id from chat_index_key(of_kind, of_scope, below_at, below_id, skip) k;
  elsif of_kind = 't' then
    return query select c.created_at::timestamptz, c.chat_id from sdk_chat c
      where c.tenant_id = any (array[of_scope]) and (c.created_at, c.chat_id) < (below_at, below_id) and chat_class(c.status, c.triggered_xid) & classes <> 0
      order by c.tenant_id, c.created_at desc, c.chat_id desc offset skip limit 1;
  elsif of_kind = 'p' then
    return query select c.created_at::timestamptz, c.chat_id from sdk_chat c
      where c.profile_id = of_scope and (c.created_at, c.chat_id) < (below_at, below_id) and chat_class(c.status, c.triggered_xid) & classes <> 0
      order by c.created_at desc, c.chat_id desc offset skip limit 1;
  else
    return query select c.created_at::timestamptz, c.chat_id from sdk_chat c
      where (c.created_at, c.chat_id) < (below_at, below_id) and chat_class(c.status, c.triggered_xid) & classes <> 0
      order by c.created_at desc, c.chat_id desc offset skip limit 1;
  end if;
end
$$;

create or replace function chat_history_count_classes(of_kind "char", of_scope uuid, from_at timestamptz, from_id uuid, below_at timestamptz, below_id uuid,
  out chats bigint, out completed bigint, out triggered bigint, out failed bigint, out ended bigint)
language plpgsql stable as $$
begin
  if of_kind = 't' then
    select count(*), count(*) filter (where c.status = 'completed'), count(*) filter (where c.status = 'completed' and c.triggered_xid is not null),
      count(*) filter (where c.status = 'error'), count(*) filter (where c.status = 'ended')
    into chats, completed, triggered, failed, ended
    from (
      select c.status, c.triggered_xid from sdk_chat c where c.tenant_id = any (array[of_scope])
        and (c.created_at, c.chat_id) >= (from_at, from_id) and (c.created_at, c.chat_id) < (below_at, below_id)
      order by c.tenant_id, c.created_at desc, c.chat_id desc offset 0) c;
  elsif of_kind = 'p' then
    select count(*), count(*) filter (where c.status = 'completed'), count(*) filter (where c.status = 'completed' and c.triggered_xid is not null),
      count(*) filter (where c.status = 'error'), count(*) filter (where c.status = 'ended')
    into chats, completed, triggered, failed, ended
    from sdk_chat c where c.profile_id = of_scope and (c.created_at, c.chat_id) >= (from_at, from_id) and (c.created_at, c.chat_id) < (below_at, below_id);
  else
    select count(*), count(*) filter (where c.status = 'completed'), count(*) filter (where c.status = 'completed' and c.triggered_xid is not null),
      count(*) filter (where c.status = 'error'), count(*) filter (where c.status = 'ended')
    into chats, completed, triggered, failed, ended
    from sdk_chat c where (c.created_at, c.chat_id) >= (from_at, from_id) and (c.created_at, c.chat_id) < (below_at, below_id);
  end if;
end
$$;

create or replace function chat_history_count_buckets(of_kind "char", of_scope uuid, bounds timestamptz[])
returns table (number integer, chats bigint, completed bigint, triggered bigint, failed bigint, ended bigint)
language plpgsql stable as $$
declare
  low_at constant timestamptz := bounds[1];
  high_at constant timestamptz := bounds[cardinality(bounds)];
begin
  if of_kind = 't' then
    return query select width_bucket(c.created_at::timestamptz, bounds), count(*), count(*) filter (where c.status = 'completed'),
      count(*) filter (where c.status = 'completed' and c.triggered_xid is not null), count(*) filter (where c.status = 'error'), count(*) filter (where c.status = 'ended')
    from (
      select c.created_at, c.status, c.triggered_xid from sdk_chat c
      where c.tenant_id = any (array[of_scope]) and c.created_at >= low_at and c.created_at < high_at
      order by c.tenant_id, c.created_at desc, c.chat_id desc offset 0) c group by 1;
  elsif of_kind = 'p' then
    return query select width_bucket(c.created_at::timestamptz, bounds), count(*), count(*) filter (where c.status = 'completed'),
      count(*) filter (where c.status = 'completed' and c.triggered_xid is not null), count(*) filter (where c.status = 'error'), count(*) filter (where c.status = 'ended')
    from sdk_chat c where c.profile_id = of_scope and c.created_at >= low_at and c.created_at < high_at group by 1;
  else
    return query select width_bucket(c.created_at::timestamptz, bounds), count(*), count(*) filter (where c.status = 'completed'),
      count(*) filter (where c.status = 'completed' and c.triggered_xid is not null), count(*) filter (where c.status = 'error'), count(*) filter (where c.status = 'ended')
    from sdk_chat c where c.created_at >= low_at and c.created_at < high_at group by 1;
  end if;
end
$$;

-- Without a sort no other index gives that order; the functions that lists call set this for all that they call.
alter function chat_history_page set enable_sort = off;
alter function chat_history_rank set enable_sort = off;
alter function chat_history_series set enable_sort = off;
alter function chat_history_buckets set enable_sort = off;
