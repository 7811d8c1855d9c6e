-- How many chats a list has and where any of its pages begins, without counting (docs/decisions/0011).
--
-- Whoever inserts a chat writes its row and nothing else. A folder adds, in the background, what has been inserted to the
-- counts below, and says up to which snapshot. A reader adds the rows that came since then (the tail) by itself: in its own
-- snapshot the sum is exact, however far behind the folder is.

-- The transaction that inserted the row, and nobody changes it: updates of a row stay within its page. Rows that are there
-- already get a number that no transaction bears, and are not rewritten.
alter table sdk_chat add column xid xid8 not null default '3';
alter table sdk_chat alter column xid set default pg_current_xact_id();
create index sdk_chat_by_xid on sdk_chat (xid);

-- How far the counts go.
create table chat_tally (
  singleton boolean primary key default true check (singleton),
  -- Every chat that is visible in this snapshot is counted.
  seen      pg_snapshot not null,
  -- The transactions that were open then, taken out of it.
  open_xids xid8[] not null,
  -- The highest transaction that is counted. What came later is known by this number and not by the snapshot's xmax: after
  -- a crash the server gives out again the numbers of transactions that had come to nothing.
  last_xid  xid8 not null
);

insert into chat_tally (seen, open_xids, last_xid) values ('1:1:', '{}', '0');

-- The counts: for each list, the line of its keys (created_at, chat_id) cut into blocks of a few hundred chats (level 1),
-- those into blocks of some ten thousand (level 2), those into blocks of a few million (level 3). A block reaches from its
-- lower bound up to the next one's; the first of each level begins at -infinity; a bound of a level is one of the level
-- below as well. A profile of few chats has no blocks: they are counted where they are.
create table chat_tally_block (
  -- 'a' everybody's, 't' a tenant's, 'p' a profile's.
  kind     "char" not null,
  -- The tenant, the profile, or 0 for everybody's.
  scope    uuid not null,
  level    smallint not null,
  lower_at timestamptz(3) not null,
  lower_id uuid not null,
  chats    bigint not null,
  primary key (kind, scope, level, lower_at, lower_id)
) with (fillfactor = 70);

-- The functions below are stable: they see what the statement sees that calls them. Their plans are made once a session, and
-- made to walk indexes, alone, since the planner cannot know how short a tail or a block is. The settings for that are those of the two
-- functions that lists call, chat_list_page and chat_list_rank; the others are their parts.

-- How many chats of a list lie from one key (included) up to another (excluded), counted in the list's index.
create function chat_index_count(of_kind "char", of_scope uuid, from_at timestamptz, from_id uuid, below_at timestamptz, below_id uuid)
returns bigint language plpgsql stable as $$
begin
  if of_kind = 't' then
    return (select count(*) from sdk_chat where tenant_id = of_scope
      and (created_at, chat_id) >= (from_at, from_id) and (created_at, chat_id) < (below_at, below_id));
  elsif of_kind = 'p' then
    return (select count(*) from sdk_chat where profile_id = of_scope
      and (created_at, chat_id) >= (from_at, from_id) and (created_at, chat_id) < (below_at, below_id));
  else
    return (select count(*) from sdk_chat where (created_at, chat_id) >= (from_at, from_id) and (created_at, chat_id) < (below_at, below_id));
  end if;
end
$$;

-- The key that comes after so many others, going down from a key (excluded); no row where the list ends before.
create function chat_index_key(of_kind "char", of_scope uuid, below_at timestamptz, below_id uuid, skip bigint)
returns table (created_at timestamptz, chat_id uuid)
language plpgsql stable rows 1 as $$
begin
  if of_kind = 't' then
    return query select c.created_at::timestamptz, c.chat_id from sdk_chat c where c.tenant_id = of_scope and (c.created_at, c.chat_id) < (below_at, below_id)
      order by c.created_at desc, c.chat_id desc offset skip limit 1;
  elsif of_kind = 'p' then
    return query select c.created_at::timestamptz, c.chat_id from sdk_chat c where c.profile_id = of_scope and (c.created_at, c.chat_id) < (below_at, below_id)
      order by c.created_at desc, c.chat_id desc offset skip limit 1;
  else
    return query select c.created_at::timestamptz, c.chat_id from sdk_chat c where (c.created_at, c.chat_id) < (below_at, below_id)
      order by c.created_at desc, c.chat_id desc offset skip limit 1;
  end if;
end
$$;

-- All chats of a list and, if asked for, the keys of those among them that its blocks do not count yet, newest first. Where the list
-- has no blocks, too much is not counted yet (as after a bulk load), or the tally comes from another server (a dump that was
-- restored), "counted" is false, and all are counted in the index.
create function chat_list_total(of_kind "char", of_scope uuid, with_keys boolean, out counted boolean, out total bigint, out tail_at timestamptz[], out tail_id uuid[])
language plpgsql stable as $$
declare
  place chat_tally;
  tail_chats bigint;
  own_chats bigint;
  low_at constant timestamptz := '-infinity';
  high_at constant timestamptz := 'infinity';
  low_id constant uuid := '00000000-0000-0000-0000-000000000000';
begin
  select * into place from chat_tally;
  select sum(b.chats) into total from chat_tally_block b where b.kind = of_kind and b.scope = of_scope and b.level = 3;
  counted := (total is not null or of_kind <> 'p')
    and greatest(pg_snapshot_xmax(place.seen), place.last_xid) <= pg_snapshot_xmax(pg_current_snapshot());
  if not counted then
    total := chat_index_count(of_kind, of_scope, low_at, low_id, high_at, low_id);
    return;
  end if;

  -- Two walks of one index. Of what a transaction wrote that was open in "seen", nothing is counted. By itself, or the
  -- planner would take the tenant's index for it.
  if with_keys then
    with tail as materialized (
      select c.tenant_id, c.profile_id, c.created_at, c.chat_id from sdk_chat c where c.xid > place.last_xid
      union all
      select c.tenant_id, c.profile_id, c.created_at, c.chat_id from sdk_chat c where c.xid = any (place.open_xids) and c.xid <= place.last_xid
      limit 20001
    ),
    own as (
      select t.created_at, t.chat_id, case of_kind when 't' then t.tenant_id = of_scope when 'p' then t.profile_id = of_scope else true end as own
      from tail t
    )
    select count(*), count(*) filter (where o.own),
      array_agg(o.created_at order by o.created_at desc, o.chat_id desc) filter (where o.own),
      array_agg(o.chat_id order by o.created_at desc, o.chat_id desc) filter (where o.own)
    into tail_chats, own_chats, tail_at, tail_id
    from own o;
  else
    with tail as materialized (
      select c.tenant_id, c.profile_id from sdk_chat c where c.xid > place.last_xid
      union all
      select c.tenant_id, c.profile_id from sdk_chat c where c.xid = any (place.open_xids) and c.xid <= place.last_xid
      limit 20001
    )
    select count(*), count(*) filter (where case of_kind when 't' then t.tenant_id = of_scope when 'p' then t.profile_id = of_scope else true end)
    into tail_chats, own_chats
    from tail t;
  end if;
  counted := tail_chats <= 20000;
  total := case when counted then coalesce(total, 0) + own_chats else chat_index_count(of_kind, of_scope, low_at, low_id, high_at, low_id) end;
end
$$;

-- Where a page begins: the key of its first row, and how many rows precede it. "skip" counts from the newest; null asks for
-- the last of pages of "size". Past the end there is no key below -infinity.
create function chat_list_page(of_kind "char", of_scope uuid, skip bigint, size integer,
  out total bigint, out skipped bigint, out start_at timestamptz, out start_id uuid)
language plpgsql stable set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_bitmapscan = off
  set max_parallel_workers_per_gather = 0 set jit = off as $$
declare
  list record;
  block record;
  tail_count integer;
  -- All that was passed: chats from the upper bound on, and tail rows among them.
  up_at timestamptz := 'infinity';
  up_id uuid := '00000000-0000-0000-0000-000000000000';
  above bigint := 0;
  above_tail integer := 0;
  low_at timestamptz := '-infinity';
  low_id uuid := '00000000-0000-0000-0000-000000000000';
  n bigint;
  t integer;
begin
  list := chat_list_total(of_kind, of_scope, skip is distinct from 0);
  total := list.total;
  skipped := least(coalesce(skip, greatest(total - 1, 0) / size * size), total);
  if skipped = 0 or skipped = total then
    start_at := case when skipped = total then '-infinity' else 'infinity' end;
    start_id := '00000000-0000-0000-0000-000000000000';
    return;
  end if;

  if list.counted then
    tail_count := coalesce(cardinality(list.tail_at), 0);
    for depth in reverse 3..1 loop
      n := above;
      t := above_tail;
      for block in
        select b.lower_at, b.lower_id, b.chats from chat_tally_block b
        where b.kind = of_kind and b.scope = of_scope and b.level = depth
          and (b.lower_at, b.lower_id) >= (low_at, low_id) and (b.lower_at, b.lower_id) < (up_at, up_id)
        order by b.lower_at desc, b.lower_id desc
      loop
        n := n + block.chats;
        while t < tail_count and (list.tail_at[t + 1], list.tail_id[t + 1]) >= (block.lower_at, block.lower_id) loop
          n := n + 1;
          t := t + 1;
        end loop;
        if n > skipped then
          low_at := block.lower_at;
          low_id := block.lower_id;
          exit;
        end if;
        up_at := block.lower_at;
        up_id := block.lower_id;
        above := n;
        above_tail := t;
      end loop;
    end loop;
  end if;

  select k.created_at, k.chat_id into start_at, start_id from chat_index_key(of_kind, of_scope, up_at, up_id, skipped - above) k;
end
$$;

-- How many rows of a list precede a key; with "included", the key's own as well.
create function chat_list_rank(of_kind "char", of_scope uuid, key_at timestamptz, key_id uuid, included boolean, out total bigint, out above bigint)
language plpgsql stable set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_bitmapscan = off
  set max_parallel_workers_per_gather = 0 set jit = off as $$
declare
  list record;
  up_at timestamptz := 'infinity';
  up_id uuid := '00000000-0000-0000-0000-000000000000';
  next_at timestamptz;
  next_id uuid;
  chats bigint;
begin
  list := chat_list_total(of_kind, of_scope, true);
  total := list.total;
  above := 0;
  if list.counted then
    for depth in reverse 3..1 loop
      -- What lies between the key and the bound found so far, block by block; the lowest bound of these is the new one.
      select sum(b.chats), min(b.lower_at) into chats, next_at from chat_tally_block b
      where b.kind = of_kind and b.scope = of_scope and b.level = depth
        and (b.lower_at, b.lower_id) > (key_at, key_id) and (b.lower_at, b.lower_id) < (up_at, up_id);
      if chats is not null then
        select b.lower_id into next_id from chat_tally_block b
        where b.kind = of_kind and b.scope = of_scope and b.level = depth and b.lower_at = next_at and (b.lower_at, b.lower_id) > (key_at, key_id)
        order by b.lower_id limit 1;
        above := above + chats;
        up_at := next_at;
        up_id := next_id;
      end if;
    end loop;
    above := above + (
      select count(*) from unnest(list.tail_at, list.tail_id) as t (at, id) where (t.at, t.id) >= (up_at, up_id));
  end if;

  above := above + chat_index_count(of_kind, of_scope, key_at, key_id, up_at, up_id);
  if not included and exists (
    select from sdk_chat c
    where c.chat_id = key_id and c.created_at = key_at and case of_kind when 't' then c.tenant_id = of_scope when 'p' then c.profile_id = of_scope else true end
  ) then
    above := above - 1;
  end if;
end
$$;

-- The service deletes no chats. Whoever does so by hand need not know about the counts: what was counted is taken out again.
-- The place is touched first, so that no folder can count meanwhile what it still sees.
create function chat_tally_forget() returns trigger language plpgsql as $$
declare
  place chat_tally;
begin
  update chat_tally set last_xid = last_xid returning * into place;
  update chat_tally_block b
  set chats = b.chats - lost.chats
  from (
    select list.kind, list.scope, found.level, found.lower_at, found.lower_id, count(*) as chats
    from gone
    cross join lateral (
      values ('a'::"char", '00000000-0000-0000-0000-000000000000'::uuid), ('t', gone.tenant_id), ('p', gone.profile_id)
    ) as list (kind, scope)
    cross join generate_series(1, 3) as depth (level)
    cross join lateral (
      select level, lower_at, lower_id from chat_tally_block
      where kind = list.kind and scope = list.scope and level = depth.level and (lower_at, lower_id) <= (gone.created_at, gone.chat_id)
      order by lower_at desc, lower_id desc
      limit 1
    ) found
    where gone.xid <= place.last_xid and gone.xid <> all (place.open_xids)
    group by 1, 2, 3, 4, 5
  ) lost
  where b.kind = lost.kind and b.scope = lost.scope and b.level = lost.level and b.lower_at = lost.lower_at and b.lower_id = lost.lower_id;
  return null;
end
$$;

create trigger chat_deleted after delete on sdk_chat referencing old table as gone
  for each statement execute function chat_tally_forget();
