-- migration: no transaction
-- The texts of a slot (0035) in one value, so that a reader of a month reads 30 rows and not 15,000 (docs/decisions/0053).
--
-- A pack is a copy of a slot's rows, made by the worker when the slot has ended. A statement that changes a row of the slot empties the pack in
-- the same transaction, by triggers: nodes of the version before do so without knowing it. A slot with an empty pack is read from its rows.

create table if not exists chat_text_pack (
  tenant_id uuid not null,
  level     smallint not null,
  slot_at   timestamptz(0) not null,
  ends_at   timestamptz(0) not null,
  -- How many texts are packed. More than a reader adds up are counted and not packed: the pack is '' then.
  texts     integer,
  -- For each text: kind (1 byte), key (8), chats (4), length (2) and the text in UTF-8. Null where it must be packed.
  packed    bytea,
  primary key (tenant_id, level, slot_at)
) with (fillfactor = 90);

-- Keys are hashes: to compress them costs a reader more than it saves.
alter table chat_text_pack alter column packed set storage external;

create index if not exists chat_text_pack_due on chat_text_pack (ends_at) where packed is null;

create or replace function chat_text_entry(kind "char", key bigint, chats bigint, text text) returns bytea language sql immutable parallel safe as $$
  select charsend(kind) || int8send(key) || int4send(chats::integer) || int2send(octet_length(text)::smallint) || convert_to(text, 'UTF8')
$$;

-- A slot's rows as a pack.
create or replace function chat_text_pack_of(of_tenant uuid, of_level integer, of_slot timestamptz, out texts integer, out packed bytea)
language plpgsql stable set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off set jit = off as $$
declare
  max_texts constant integer := 200000;
begin
  select count(*), coalesce(string_agg(chat_text_entry(n.kind, n.key, n.chats, n.text), ''::bytea), '')
  into texts, packed
  from (
    select s.kind, s.key, s.chats, s.text
    from chat_slot_text s
    where s.tenant_id = of_tenant and s.level = of_level and s.slot_at = of_slot
    order by s.kind, s.key
    limit max_texts + 1
  ) n;
  if texts > max_texts then
    packed := '';
  end if;
end
$$;

-- Packs slots that ended ten minutes ago, the newest first, until so many texts are packed. Returns whether none is left.
create or replace function chat_text_pack_due(most_texts integer) returns boolean
language plpgsql set enable_seqscan = off set enable_bitmapscan = off set jit = off as $$
declare
  reach constant timestamptz := (select w.texts_from from chat_count_watermark w);
  slot record;
  made record;
  done integer := 0;
begin
  for slot in
    select p.tenant_id, p.level, p.slot_at
    from chat_text_pack p
    where p.packed is null and p.ends_at < now() - interval '10 minutes' and p.slot_at >= reach
    order by p.ends_at desc
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
    exit when most_texts <= 0;
  end loop;
  return done < 1000 and most_texts > 0;
end
$$;

-- With the privileges of the owner, since it begins to work before the service's role has any on the new table.
create or replace function chat_text_changed() returns trigger language plpgsql security definer set search_path from current as $$
begin
  insert into chat_text_pack (tenant_id, level, slot_at, ends_at)
  select s.tenant_id, s.level, s.slot_at, s.slot_at + case s.level when 1 then interval '1 hour' when 2 then interval '24 hours' else interval '768 hours' end
  from (select distinct c.tenant_id, c.level, c.slot_at from changed c) s
  on conflict (tenant_id, level, slot_at) do update set texts = null, packed = null where chat_text_pack.packed is not null;
  return null;
end
$$;

create or replace trigger chat_texts_added after insert on chat_slot_text referencing new table as changed
  for each statement execute function chat_text_changed();

create or replace trigger chat_texts_changed after update on chat_slot_text referencing new table as changed
  for each statement execute function chat_text_changed();

create or replace trigger chat_texts_removed after delete on chat_slot_text referencing old table as changed
  for each statement execute function chat_text_changed();

-- The packs of a tenant ('t') or of all ('a') between two instants, with a sign: a pack with sign -1 is taken away. The first row has what is in
-- no pack, and is there where nothing is counted too. No row where the texts cannot be read (chat_stats_texts, which it replaces, says when).
create or replace function chat_stats_packs(of_kind "char", of_scope uuid, from_at timestamptz, to_at timestamptz) returns table (sign integer, packed bytea)
language plpgsql stable set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off
  set enable_mergejoin = off set max_parallel_workers_per_gather = 0 set jit = off set enable_sort = off as $$
declare
  max_edge constant integer := 500;
  max_pending constant integer := 5000;
  max_texts constant integer := 200000;
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
  if not is_usable then
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
  part as materialized (
    select n.kind, n.key, n.text, s.sign * n.chats as chats
    from slot s
    cross join lateral (
      select x.kind, x.key, x.text, x.chats
      from chat_slot_text x
      where x.tenant_id = s.tenant_id and x.level = s.level and x.slot_at = s.slot_at
      offset 0
    ) n
    where s.packed is null
    limit max_texts + 1
  ),
  edge as materialized (
    select e.status, e.last_error, e.items
    from (values (from_at, least(first_at, to_at)), (case when last_at < first_at then to_at else last_at end, to_at)) b (low_at, high_at)
    cross join lateral chat_text_edge(of_kind, of_scope, b.low_at, b.high_at, max_edge) e
    where b.low_at < b.high_at
  ),
  size as materialized (
    select (select count(*) from part) + coalesce((select sum(s.texts) from slot s), 0) <= max_texts as is_small
  )
  select 1, coalesce(string_agg(chat_text_entry(a.kind, a.key, a.chats, a.text), ''::bytea), '')
  from (
    select p.kind, p.key, p.text, p.chats from part p
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
-- The slots that are there: from now on the triggers see every change. The watermark is locked as the worker locks it, whose rows come in
-- another order.
do $$
begin
  update chat_count_watermark set last_xid = last_xid;
  insert into chat_text_pack (tenant_id, level, slot_at, ends_at)
  select s.tenant_id, s.level, s.slot_at,
    s.slot_at + case s.level when 1 then interval '1 hour' when 2 then interval '24 hours' else interval '768 hours' end
  from (select distinct t.tenant_id, t.level, t.slot_at from chat_slot_text t) s
  on conflict (tenant_id, level, slot_at) do nothing;
  commit;
end
$$;
