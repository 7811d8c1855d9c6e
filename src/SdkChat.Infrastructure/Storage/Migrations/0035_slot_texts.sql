-- Errors and names of recommended items by time, for statistics (docs/decisions/0050).
--
-- A worker counts each chat once, after its run: new ones as they come, old ones backwards from the newest. Kickoffs and completions write nothing
-- here. A reader adds what is pending in its own snapshot.

create table chat_slot_text (
  tenant_id uuid not null,
  -- 1 an hour, 2 a day, 3 thirty-two days, in UTC.
  level     smallint not null,
  slot_at   timestamptz(0) not null,
  -- 'e' the error of failed chats, 'i' the name of a recommended item.
  kind      "char" not null,
  -- A hash of the text, since a text may be longer than an index entry.
  key       bigint not null,
  -- A text without chats has no row.
  chats     integer not null,
  text      text not null,
  primary key (tenant_id, level, slot_at, kind, key)
) with (fillfactor = 90);

alter table chat_count_watermark
  -- The transactions that the texts contain, as last_xid and open_xids say of the counts. Null where nothing is counted: the worker begins. They are
  -- separate, so that a node of the version before, which counts without texts, changes nothing here.
  add column texts_last_xid xid8,
  add column texts_open_xids xid8[],
  -- The texts contain the chats that were created from then on; -infinity when all old ones are counted.
  add column texts_from timestamptz;

create function chat_text_slot(level integer, at timestamptz) returns timestamptz language sql immutable parallel safe as $$
  select date_bin(case level when 1 then interval '1 hour' when 2 then interval '1 day' else interval '32 days' end, at, timestamptz '0001-01-01 00:00:00+00')
$$;

-- The names of the recommended items of a result, each once: the first 100, cut to 200 characters. Items have any shape. Only objects with a text as
-- "name" count, and what is not an array of JSON has none. A text with \u0000 or half a surrogate pair cannot be stored here: such a name is left out.
-- More than 128 KiB of items have no names either: to read them takes 0.1 ms for each KiB, while deletions wait.
create function chat_item_names(items bytea) returns setof text language plpgsql stable strict rows 5 as $$
declare
  raw text;
  mark constant text := chr(64976);
  pair constant text := chr(64977);
begin
  if octet_length(items) > 131072 then
    return;
  end if;
  raw := convert_from(items, 'UTF8');
  if raw ~* '\\u(0000|d[89a-f])' then
    -- An escaped backslash gets another form, so that every backslash begins an escape. Whole pairs are put aside and back: a pattern that looks behind
    -- would read all the text before each match.
    raw := replace(replace(raw, pair, mark), '\\', '\u005c');
    raw := regexp_replace(raw, '\\u(d[89ab]..)\\u(d[c-f]..)', pair || '\1\2', 'gi');
    raw := regexp_replace(raw, '\\u(0000|d[89a-f]..)', mark, 'gi');
    raw := regexp_replace(raw, pair || '(....)(....)', '\\u\1\\u\2', 'g');
  end if;
  return query
  select left(f.name, 200)
  from (
    select n.name #>> '{}' as name, e.number
    from json_array_elements(raw::json) with ordinality as e (item, number)
    cross join lateral (select e.item -> 'name' as name offset 0) n
    where json_typeof(n.name) = 'string'
  ) f
  where f.name <> '' and position(mark in f.name) = 0
  group by 1
  order by min(f.number)
  limit 100;
exception
  when data_exception or program_limit_exceeded then
    return;
end
$$;

-- What a chat is counted under. One function for adding and for taking away.
create function chat_texts(status text, last_error text, items bytea) returns table (kind "char", key bigint, text text)
language sql stable rows 5 as $$
  select t.kind, hashtextextended(t.text collate "C", 0), t.text
  from (
    select 'e'::"char", left(last_error, 1000) where status = 'error'
    union all
    select 'i', n.name from chat_item_names(case when status = 'completed' then items end) as n (name)
  ) as t (kind, text)
$$;

-- The slots between two full hours as runs of one level, with a sign: from the nearest of each level outwards, so some are taken away.
create function chat_text_runs(first_at timestamptz, last_at timestamptz)
returns table (level integer, low_at timestamptz, high_at timestamptz, sign integer) language sql immutable rows 5 as $$
  with day as (
    select chat_text_slot(2, first_at + interval '12 hours') as first_at, chat_text_slot(2, last_at + interval '12 hours') as last_at
  ),
  part as (
    select d.first_at, d.last_at, chat_text_slot(3, d.first_at + interval '16 days') as low_at, chat_text_slot(3, d.last_at + interval '16 days') as high_at
    from day d
  )
  select r.level, least(r.low_at, r.high_at), greatest(r.low_at, r.high_at), case when r.low_at < r.high_at then 1 else -1 end
  from part p
  cross join lateral (
    select 1, chat_text_runs.first_at, chat_text_runs.last_at where p.first_at >= p.last_at
    union all
    select v.level, v.low_at, v.high_at
    from (values (1, chat_text_runs.first_at, p.first_at), (1, p.last_at, chat_text_runs.last_at)) v (level, low_at, high_at)
    where p.first_at < p.last_at
    union all
    select 2, p.first_at, p.last_at where p.first_at < p.last_at and p.low_at >= p.high_at
    union all
    select v.level, v.low_at, v.high_at
    from (values (2, p.first_at, p.low_at), (3, p.low_at, p.high_at), (2, p.high_at, p.last_at)) v (level, low_at, high_at)
    where p.first_at < p.last_at and p.low_at < p.high_at
  ) as r (level, low_at, high_at)
  where r.low_at <> r.high_at
$$;

-- The newest chats of a tenant, or of all, in less than an hour, if they have something to count; with 4 MiB of items at most, or one chat.
create function chat_text_edge(of_kind "char", of_scope uuid, low_at timestamptz, high_at timestamptz, most integer)
returns table (status text, last_error text, items bytea) language plpgsql stable rows 100 as $$
declare
  most_bytes constant integer := 4194304;
begin
  if of_kind = 't' then
    return query select r.status, r.last_error, r.pipeline_recommended_items from (
      select n.*, sum(octet_length(n.pipeline_recommended_items)) over (order by n.tenant_id, n.created_at desc, n.chat_id desc) as bytes from (
        select c.tenant_id, c.created_at, c.chat_id, c.status, c.last_error, c.pipeline_recommended_items from sdk_chat c
        where c.tenant_id = any (array[of_scope]) and c.created_at >= low_at and c.created_at < high_at and c.status in ('completed', 'error')
        order by c.tenant_id, c.created_at desc, c.chat_id desc limit most
      ) n
    ) r where coalesce(r.bytes - octet_length(r.pipeline_recommended_items), 0) < most_bytes;
  else
    return query select r.status, r.last_error, r.pipeline_recommended_items from (
      select n.*, sum(octet_length(n.pipeline_recommended_items)) over (order by n.created_at desc, n.chat_id desc) as bytes from (
        select c.created_at, c.chat_id, c.status, c.last_error, c.pipeline_recommended_items from sdk_chat c
        where c.created_at >= low_at and c.created_at < high_at and c.status in ('completed', 'error')
        order by c.created_at desc, c.chat_id desc limit most
      ) n
    ) r where coalesce(r.bytes - octet_length(r.pipeline_recommended_items), 0) < most_bytes;
  end if;
end
$$;

-- The 20 most frequent errors and items of a tenant ('t') or of all ('a') between two instants. No row where there are none, and where the
-- texts cannot be read: they do not reach so far back, lack too much, or have too many in the range. Of less than an hour at each end
-- the newest 500 chats are read.
create function chat_stats_texts(of_kind "char", of_scope uuid, from_at timestamptz, to_at timestamptz)
returns table (kind text, text text, chats bigint)
language plpgsql stable set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off
  set enable_mergejoin = off set max_parallel_workers_per_gather = 0 set jit = off set enable_sort = off as $$
declare
  max_edge constant integer := 500;
  max_pending constant integer := 5000;
  max_rows constant integer := 200000;
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
  with part as materialized (
    select n.kind, n.key, n.text, (r.sign * n.chats)::bigint as chats
    from unnest(tenants) as t (tenant_id)
    cross join chat_text_runs(first_at, last_at) r
    -- By itself, so that each run is one short walk of the index: the planner cannot know how short.
    cross join lateral (
      select s.kind, s.key, s.text, s.chats
      from chat_slot_text s
      where s.tenant_id = t.tenant_id and s.level = r.level and s.slot_at >= r.low_at and s.slot_at < r.high_at
      offset 0
    ) n
    where first_at < last_at
    limit max_rows + 1
  ),
  edge as materialized (
    select e.status, e.last_error, e.items
    from (values (from_at, least(first_at, to_at)), (case when last_at < first_at then to_at else last_at end, to_at)) b (low_at, high_at)
    cross join lateral chat_text_edge(of_kind, of_scope, b.low_at, b.high_at, max_edge) e
    where b.low_at < b.high_at
  ),
  summed as (
    select a.kind, max(a.text) as text, sum(a.chats)::bigint as chats
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
    group by a.kind, a.key
    having sum(a.chats) > 0
  ),
  ranked as (
    select s.kind, s.text, s.chats, row_number() over (partition by s.kind order by s.chats desc, s.text collate "C") as place from summed s
  )
  select r.kind::text, r.text, r.chats
  from ranked r
  where r.place <= 20 and (select count(*) from part) <= max_rows
  order by r.kind, r.place;
end
$$;

-- Takes deleted chats out of the texts. The watermark is touched first, as in chat_count_forget, so that none is counted meanwhile.
create function chat_text_forget() returns trigger language plpgsql
  set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
declare
  mark chat_count_watermark;
begin
  update chat_count_watermark set last_xid = last_xid returning * into mark;
  if mark.texts_last_xid is null then
    return null;
  end if;
  with named as materialized (
    select g.tenant_id, g.created_at, t.kind, t.key
    from gone g
    cross join lateral chat_texts(g.status, g.last_error, g.pipeline_recommended_items) t
    where g.created_at >= mark.texts_from and g.xid <= mark.texts_last_xid and g.xid <> all (mark.texts_open_xids)
      and (g.final_xid is null or g.final_xid <= mark.texts_last_xid and g.final_xid <> all (mark.texts_open_xids))
  ),
  lost as materialized (
    select n.tenant_id, depth.level, chat_text_slot(depth.level, n.created_at) as slot_at, n.kind, n.key, count(*) as chats
    from named n
    cross join generate_series(1, 3) as depth (level)
    group by 1, 2, 3, 4, 5
  ),
  emptied as (
    delete from chat_slot_text s using lost l
    where s.tenant_id = l.tenant_id and s.level = l.level and s.slot_at = l.slot_at and s.kind = l.kind and s.key = l.key and s.chats <= l.chats
  )
  update chat_slot_text s set chats = s.chats - l.chats
  from lost l
  where s.tenant_id = l.tenant_id and s.level = l.level and s.slot_at = l.slot_at and s.kind = l.kind and s.key = l.key and s.chats > l.chats;
  return null;
end
$$;

create trigger chat_texts_deleted after delete on sdk_chat referencing old table as gone
  for each statement execute function chat_text_forget();
