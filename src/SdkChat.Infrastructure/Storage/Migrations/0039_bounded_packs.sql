-- migration: no transaction
-- What statistics read at once is bounded in bytes, an emptied pack is made again after a while (docs/decisions/0053), and functions with the
-- privileges of the owner find their tables in the schema where these are.

-- A slot's rows as a pack; '' where a reader would not add them up, because of their number or size.
create or replace function chat_text_pack_of(of_tenant uuid, of_level integer, of_slot timestamptz, out texts integer, out packed bytea)
language plpgsql stable set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off set jit = off as $$
declare
  max_texts constant integer := 200000;
  max_bytes constant integer := 8388608;
  bytes bigint;
begin
  select count(*), max(n.bytes),
    coalesce(string_agg(chat_text_entry(n.kind, n.key, n.chats, n.text), ''::bytea) filter (where n.bytes <= max_bytes), '')
  into texts, bytes, packed
  from (
    -- 15 bytes beside each text (chat_text_entry).
    select s.kind, s.key, s.chats, s.text, sum(15 + octet_length(s.text)) over (order by s.kind, s.key rows unbounded preceding) as bytes
    from chat_slot_text s
    where s.tenant_id = of_tenant and s.level = of_level and s.slot_at = of_slot
    order by s.kind, s.key
    limit max_texts + 1
  ) n;
  if texts > max_texts or bytes > max_bytes then
    packed := '';
  end if;
end
$$;

-- Packs slots that ended, or whose pack was emptied, ten minutes ago, until so many texts or 8 MiB are packed: in turn the one that is due
-- last, which readers want most, and the one that has been due longest, which others must not keep waiting. Returns whether none is left.
create or replace function chat_text_pack_due(most_texts integer) returns boolean
language plpgsql set enable_seqscan = off set enable_bitmapscan = off set jit = off as $$
declare
  reach constant timestamptz := (select w.texts_from from chat_count_watermark w);
  slot record;
  made record;
  done integer := 0;
  most_bytes integer := 8388608;
begin
  for slot in
    select d.tenant_id, d.level, d.slot_at
    from (
      (
        select p.tenant_id, p.level, p.slot_at, row_number() over (order by p.ends_at desc) as turn
        from chat_text_pack p
        where p.packed is null and p.ends_at < now() - interval '10 minutes' and p.slot_at >= reach
        order by p.ends_at desc
        limit 1000
      )
      union all
      (
        select p.tenant_id, p.level, p.slot_at, row_number() over (order by p.ends_at) as turn
        from chat_text_pack p
        where p.packed is null and p.ends_at < now() - interval '10 minutes' and p.slot_at >= reach
        order by p.ends_at
        limit 1000
      )
    ) d
    group by d.tenant_id, d.level, d.slot_at
    order by min(d.turn)
    limit 1000
  loop
    select o.texts, o.packed into made from chat_text_pack_of(slot.tenant_id, slot.level, slot.slot_at) o;
    if made.texts = 0 then
      delete from chat_text_pack p where p.tenant_id = slot.tenant_id and p.level = slot.level and p.slot_at = slot.slot_at;
    else
      update chat_text_pack p set texts = made.texts, packed = made.packed
      where p.tenant_id = slot.tenant_id and p.level = slot.level and p.slot_at = slot.slot_at;
    end if;
    done := done + 1;
    most_texts := most_texts - made.texts;
    most_bytes := most_bytes - octet_length(made.packed);
    exit when most_texts <= 0 or most_bytes <= 0;
  end loop;
  return done < 1000 and most_texts > 0 and most_bytes > 0;
end
$$;

-- From now on ends_at is when the slot ended, or when its pack was emptied since: it is packed ten minutes later, however often it changes.
-- Rows are written in one order, so that two transactions cannot wait for each other.
create or replace function chat_text_changed() returns trigger language plpgsql security definer set search_path from current as $$
begin
  insert into chat_text_pack (tenant_id, level, slot_at, ends_at)
  select s.tenant_id, s.level, s.slot_at,
    s.slot_at + case s.level when 1 then interval '1 hour' when 2 then interval '24 hours' else interval '768 hours' end
  from (select distinct c.tenant_id, c.level, c.slot_at from changed c) s
  order by s.tenant_id, s.level, s.slot_at
  on conflict (tenant_id, level, slot_at) do update set texts = null, packed = null, ends_at = now()
    where chat_text_pack.packed is not null;
  return null;
end
$$;

-- The packs of a tenant ('t') or of all ('a') between two instants, with a sign: a pack with sign -1 is taken away. The first row has what is
-- in no pack, and is there where nothing is counted too. No row where the texts cannot be read: they do not reach so far back, lack too much,
-- or are too many or too long in the range (more than 200,000, 16 MiB, or 8 MiB in a slot or of chats that are not counted).
create or replace function chat_stats_packs(of_kind "char", of_scope uuid, from_at timestamptz, to_at timestamptz)
returns table (sign integer, packed bytea)
language plpgsql stable set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_bitmapscan = off
  set enable_hashjoin = off set enable_mergejoin = off set max_parallel_workers_per_gather = 0 set jit = off set enable_sort = off as $$
declare
  max_edge constant integer := 500;
  max_pending constant integer := 5000;
  max_texts constant integer := 200000;
  max_bytes constant integer := 16777216;
  max_pending_bytes constant integer := 8388608;
  mark record;
  is_usable boolean;
  pending uuid[];
  tenants uuid[];
  first_at timestamptz;
  last_at timestamptz;
begin
  from_at := greatest(from_at, timestamptz '0001-01-01 00:00:00+00');
  to_at := least(to_at, timestamptz '10000-01-01 00:00:00+00');
  select w.texts_last_xid, w.texts_open_xids,
    w.texts_from <= from_at and w.xmin = w.written_by::xid and w.texts_last_xid < pg_snapshot_xmax(pg_current_snapshot()) as is_usable
  into mark from chat_count_watermark w;
  if mark.is_usable is not true then
    return;
  end if;

  first_at := chat_text_slot(1, from_at + interval '59 minutes 59.999999 seconds');
  last_at := chat_text_slot(1, to_at);
  -- Nothing after the range in its last hour: that hour is read whole. So a range that ends now reads few chats.
  if last_at < to_at and not exists (select from chat_text_edge(of_kind, of_scope, to_at, last_at + interval '1 hour', 1)) then
    last_at := last_at + interval '1 hour';
  end if;

  with tail as materialized (select p.* from chat_pending(mark.texts_last_xid, mark.texts_open_xids) p limit max_pending + 1)
  select count(*) <= max_pending,
    array_agg(t.chat_id) filter (where (of_kind = 'a' or t.tenant_id = of_scope) and t.class in (2, 4, 8) and t.counted_class < 2
      and t.created_at >= first_at and t.created_at < last_at)
  into is_usable, pending
  from tail t;
  if not is_usable or pending is not null and max_pending_bytes < (
    select sum(coalesce(octet_length(c.pipeline_recommended_items), 0) + coalesce(octet_length(c.last_error), 0))
    from unnest(pending) as u (chat_id)
    join sdk_chat c on c.chat_id = u.chat_id
  ) then
    return;
  end if;

  tenants := case when of_kind = 't' then array[of_scope] else array(select t.tenant_id from tenant t) end;
  return query
  with slot as materialized (
    select t.tenant_id, r.level, n.slot_at, r.sign, n.texts, n.packed
    from unnest(tenants) as t (tenant_id)
    cross join chat_text_runs(first_at, last_at) r
    -- By itself, so that each run is one short walk of the index: the planner cannot know how short.
    cross join lateral (
      select p.slot_at, p.texts, p.packed
      from chat_text_pack p
      where p.tenant_id = t.tenant_id and p.level = r.level and p.slot_at >= r.low_at and p.slot_at < r.high_at
      offset 0
    ) n
    where first_at < last_at
  ),
  edge as materialized (
    select e.status, e.last_error, e.items
    from (values (from_at, least(first_at, to_at)), (case when last_at < first_at then to_at else last_at end, to_at)) b (low_at, high_at)
    cross join lateral chat_text_edge(of_kind, of_scope, b.low_at, b.high_at, max_edge) e
    where b.low_at < b.high_at
  ),
  -- Only sizes, which need no long text or pack itself: what is too much is not read.
  size as materialized (
    select coalesce(sum(n.texts), 0) <= max_texts and coalesce(sum(n.bytes), 0) <= max_bytes and bool_and(n.is_whole) as is_small
    from (
      select s.texts, octet_length(s.packed) as bytes, s.packed <> '' as is_whole from slot s where s.packed is not null
      union all
      select count(*), sum(15 + octet_length(r.text)), true
      from (
        select x.text
        from slot s
        cross join lateral (
          select t.text from chat_slot_text t where t.tenant_id = s.tenant_id and t.level = s.level and t.slot_at = s.slot_at offset 0
        ) x
        where s.packed is null
        limit max_texts + 1
      ) r
    ) n
  )
  select 1, coalesce(string_agg(chat_text_entry(a.kind, a.key, a.chats, a.text), ''::bytea), '')
  from (
    select x.kind, x.key, x.text, s.sign * x.chats as chats
    from slot s
    cross join lateral (
      select t.kind, t.key, t.text, t.chats
      from chat_slot_text t
      where t.tenant_id = s.tenant_id and t.level = s.level and t.slot_at = s.slot_at
      offset 0
    ) x
    where s.packed is null
    union all
    select x.kind, x.key, x.text, 1 from edge e cross join lateral chat_texts(e.status, e.last_error, e.items) x
    union all
    select x.kind, x.key, x.text, 1
    from unnest(pending) as u (chat_id)
    join sdk_chat c on c.chat_id = u.chat_id
    cross join lateral chat_texts(c.status, c.last_error, c.pipeline_recommended_items) x
  ) a
  having (select z.is_small from size z)
  union all
  select s.sign, s.packed from slot s where s.packed is not null and (select z.is_small from size z);
end
$$;

-- next statement
-- The functions with the privileges of the owner find tables where they are themselves, and temporary tables, which the caller may have made,
-- last.
do $$
declare
  owned record;
begin
  for owned in
    select p.oid::regprocedure as name, n.nspname as home
    from pg_proc p
    join pg_namespace n on n.oid = p.pronamespace
    where p.pronamespace = (select c.relnamespace from pg_class c where c.oid = 'schemaversions'::regclass)
      and p.proname in ('audit_append', 'audit_forget', 'chat_slot_changed', 'chat_text_changed')
  loop
    execute format('alter function %s set search_path = pg_catalog, %I, pg_temp', owned.name, owned.home);
  end loop;
end
$$;

-- next statement
-- Packs beyond the new bound. The watermark is locked as the worker locks it.
do $$
begin
  update chat_count_watermark set last_xid = last_xid;
  update chat_text_pack set packed = '' where octet_length(packed) > 8388608;
  commit;
end
$$;
