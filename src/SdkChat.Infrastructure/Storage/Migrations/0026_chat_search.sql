-- Search in chats (docs/decisions/0038): an index over parts of one, two and three characters, kept in the background.
--
-- Starting a chat writes nothing here. A worker adds what has been inserted, in small batches, and stores how far it has come. A search reads
-- the index and, by itself, the rows that came since (the tail). In any snapshot the two together are exactly the chats.

-- How text is compared: NFKC, lower case, without invisible characters. The one function for what is stored and for what is searched.
-- ICU's lower case does not depend on the locale of the database. A server without ICU uses the locale's.
do $$
declare
  lower_rules constant text := coalesce(
    (select 'pg_catalog.' || quote_ident(collname) from pg_collation
     where collnamespace = 'pg_catalog'::regnamespace and collname in ('und-x-icu', 'pg_c_utf8') order by collname desc limit 1),
    'pg_catalog."default"');
begin
  execute replace($function$
    create function chat_search_text(t text) returns text language plpgsql immutable strict parallel safe as $body$
    begin
      if octet_length(t) = length(t) then
        return lower(t collate pg_catalog."C");
      end if;
      if t is not nfkc normalized then
        t := normalize(t, nfkc);
      end if;
      t := lower(t collate LOWER_RULES);
      -- Final sigma, dotless i and sharp s as their other forms. The dot of a capital dotted i, soft hyphens, zero widths, directions and
      -- variation selectors are dropped.
      if t collate pg_catalog."C" ~ '[ςıß\u0307\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFE0E\uFE0F\uFEFF]' then
        t := normalize(replace(regexp_replace(translate(t, 'ςı', 'σi') collate pg_catalog."C",
          '[\u0307\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFE0E\uFE0F\uFEFF]', '', 'g'), 'ß', 'ss'), nfkc);
      end if;
      return t;
    end
    $body$
    $function$, 'LOWER_RULES', lower_rules);
end
$$;

-- What a search looks through: prompt, error and the shopper's name as lists show it. No word spans two of them.
create function chat_search_content(prompt text, last_error text, name text) returns text language sql immutable parallel safe
return chat_search_text(prompt || coalesce(E'\n' || last_error, '') || coalesce(E'\n' || left(name, 1000), ''));

-- What the index stores of a text: its parts of one and two characters, and of three in alphabets, none across white space. Each is 32 bits of
-- a hash below the number of the segment. Texts are compared afterwards, so equal hashes do no harm.
create function chat_search_keys(segment integer, t text) returns bigint[] language plpgsql immutable strict parallel safe as $$
declare
  prefix constant bigint := segment::bigint << 32;
  chars constant text[] := string_to_array(t, null);
begin
  return array(
    select prefix | (hashtextextended(a collate "C", 0) & 4294967295) from unnest(chars) as at (a) where a collate "C" > ' '
    union
    select prefix | (hashtextextended((a || b) collate "C", 0) & 4294967295) from unnest(chars, chars[2:]) as at (a, b)
    where a collate "C" > ' ' and b collate "C" > ' '
    union
    select prefix | (hashtextextended((a || b || c) collate "C", 0) & 4294967295) from unnest(chars, chars[2:], chars[3:]) as at (a, b, c)
    where a collate "C" > ' ' and b collate "C" > ' ' and c collate "C" > ' '
      and a collate "C" < U&'\2E80' and b collate "C" < U&'\2E80' and c collate "C" < U&'\2E80');
end
$$;

-- The parts by which words are looked up, without a prefix: the longest that the index stores, spread over each word, about a dozen in all.
create function chat_search_parts(words text[]) returns bigint[] language plpgsql immutable strict parallel safe as $$
begin
  return array(
    select distinct hashtextextended(p.part collate "C", 0) & 4294967295
    from (
      select part.part, row_number() over (partition by w.number order by part.at % greatest(length(w.word) / 4, 1), part.at) as rank
      from unnest(words) with ordinality as w (word, number)
      cross join lateral (
        select at.n as at, case
          when length(w.word) > 2 and substr(w.word, at.n, 3) collate "C" !~ U&'[\2E80-\+10FFFF]'
            then case when at.n <= length(w.word) - 2 then substr(w.word, at.n, 3) end
          when length(w.word) > 1 then case when at.n < length(w.word) then substr(w.word, at.n, 2) end
          else w.word end as part
        from generate_series(1, length(w.word)) as at (n)
      ) part
      where part.part is not null
    ) p
    where p.rank <= greatest(12 / cardinality(words), 2));
end
$$;

-- The chats of a tenant in order of creation, cut into segments of some ten thousand, so that a search that has found enough stops. A segment
-- reaches from its lower bound up to the tenant's next one; the first begins at -infinity.
create table chat_search_segment (
  segment_id integer generated always as identity primary key,
  tenant_id  uuid not null references tenant,
  lower_at   timestamptz(3) not null,
  -- How many entries were added. Deleted ones are not taken off.
  chats      integer not null default 0,
  unique (tenant_id, lower_at)
);

-- What can be found of a chat, as it is compared.
create table chat_search_entry (
  chat_id    uuid primary key,
  tenant_id  uuid not null,
  profile_id uuid not null,
  segment_id integer not null,
  created_at timestamptz(3) not null,
  content    text not null
);

create index chat_search_entry_by_segment on chat_search_entry (segment_id, created_at desc, chat_id desc);

-- Every look-up reads the whole list of keys that are not sorted in yet, so that list is short.
create index chat_search_entry_by_part on chat_search_entry using gin (chat_search_keys(segment_id, content)) with (gin_pending_list_limit = 64);

-- How far the index goes. The transactions are those of chat_tally (0007, 0014).
create table chat_search_watermark (
  singleton    boolean primary key default true check (singleton),
  last_xid     xid8 not null,
  open_xids    xid8[] not null,
  written_by   xid8 not null default pg_current_xact_id(),
  -- False while all chats are being added, tenant by tenant in order of creation. The transactions are then those at the begin of that.
  is_complete  boolean not null,
  build_tenant uuid,
  build_at     timestamptz(3),
  build_id     uuid
);

insert into chat_search_watermark (last_xid, open_xids, is_complete) values ('0', '{}', false);

-- Profiles whose name has changed and whose entries still have the former one: all up to a key are renewed.
create table chat_search_renamed (
  profile_id uuid primary key,
  tenant_id  uuid not null,
  done_at    timestamptz(3) not null,
  done_id    uuid not null,
  foreign key (tenant_id, profile_id) references sdk_profile (tenant_id, profile_id) on delete cascade
);

create index chat_search_renamed_by_tenant on chat_search_renamed (tenant_id);

create trigger search_watermark_written before update on chat_search_watermark
  for each row execute function keep_written_by();

-- The segment that a chat belongs to, opened where the tenant has none.
create function chat_search_segment_of(of_tenant uuid, at timestamptz) returns integer language plpgsql as $$
declare
  found_id integer;
begin
  loop
    select s.segment_id into found_id from chat_search_segment s where s.tenant_id = of_tenant and s.lower_at <= at order by s.lower_at desc limit 1;
    exit when found_id is not null;
    insert into chat_search_segment (tenant_id, lower_at) values (of_tenant, '-infinity') on conflict do nothing;
  end loop;
  return found_id;
end
$$;

-- Adds one chat. A full segment is cut where the chat begins, if few chats of it are newer. They come nearly in order of creation.
create function chat_search_add(of_chat uuid, of_tenant uuid, of_profile uuid, at timestamptz, of_content text, capacity integer)
returns void language plpgsql as $$
declare
  max_moved constant integer := 500;
  target chat_search_segment;
  full_id integer;
  newer integer;
begin
  if exists (select from chat_search_entry e where e.chat_id = of_chat) then
    return;
  end if;
  target.segment_id := chat_search_segment_of(of_tenant, at);
  select s.* into target from chat_search_segment s where s.segment_id = target.segment_id;
  if target.chats >= capacity and at > target.lower_at then
    select count(*) into newer from (
      select from chat_search_entry e where e.segment_id = target.segment_id and e.created_at >= at limit max_moved + 1) e;
    if newer <= max_moved then
      full_id := target.segment_id;
      update chat_search_segment s set chats = s.chats - newer where s.segment_id = full_id;
      insert into chat_search_segment (tenant_id, lower_at, chats) values (of_tenant, at, newer) returning * into target;
      update chat_search_entry e set segment_id = target.segment_id where e.segment_id = full_id and e.created_at >= at;
    end if;
  end if;
  insert into chat_search_entry (chat_id, tenant_id, profile_id, segment_id, created_at, content)
  values (of_chat, of_tenant, of_profile, target.segment_id, at, of_content);
  update chat_search_segment s set chats = s.chats + 1 where s.segment_id = target.segment_id;
end
$$;

-- The next batch of a build.
create function chat_search_build(batch integer, capacity integer) returns integer language plpgsql as $$
declare
  place chat_search_watermark;
  chat record;
  added integer := 0;
begin
  select w.* into place from chat_search_watermark w;
  if place.build_tenant is null then
    -- What this statement sees is added by the build; the rest is the tail.
    update chat_search_watermark
    set last_xid = (pg_snapshot_xmax(pg_current_snapshot())::text::bigint - 1)::text::xid8,
      open_xids = array(select pg_snapshot_xip(pg_current_snapshot())),
      build_tenant = (select t.tenant_id from tenant t order by t.tenant_id limit 1),
      build_at = '-infinity', build_id = '00000000-0000-0000-0000-000000000000',
      is_complete = not exists (select from tenant);
    return 1;
  end if;

  for chat in
    select c.chat_id, c.profile_id, c.created_at::timestamptz, chat_search_content(c.prompt, c.last_error, p.summary_name) as content
    from sdk_chat c
    join sdk_profile p on p.tenant_id = c.tenant_id and p.profile_id = c.profile_id
    where c.tenant_id = place.build_tenant and (c.created_at, c.chat_id) > (place.build_at, place.build_id)
    order by c.tenant_id desc, c.created_at, c.chat_id
    limit batch
  loop
    perform chat_search_add(chat.chat_id, place.build_tenant, chat.profile_id, chat.created_at, chat.content, capacity);
    added := added + 1;
    place.build_at := chat.created_at;
    place.build_id := chat.chat_id;
  end loop;
  if added < batch then
    select t.tenant_id into place.build_tenant from tenant t where t.tenant_id > place.build_tenant order by t.tenant_id limit 1;
    place.is_complete := place.build_tenant is null;
    place.build_at := '-infinity';
    place.build_id := '00000000-0000-0000-0000-000000000000';
  end if;
  update chat_search_watermark
  set build_tenant = place.build_tenant, build_at = place.build_at, build_id = place.build_id, is_complete = place.is_complete;
  return greatest(added, 1);
end
$$;

-- Renews a batch of entries of one profile that has another name now.
create function chat_search_rename(batch integer) returns integer language plpgsql as $$
declare
  renamed chat_search_renamed;
  chat record;
  renewed integer := 0;
begin
  select r.* into renamed from chat_search_renamed r order by r.profile_id limit 1 for update skip locked;
  if renamed.profile_id is null then
    return 0;
  end if;
  for chat in
    select c.chat_id, c.created_at::timestamptz, chat_search_content(c.prompt, c.last_error, p.summary_name) as content
    from sdk_chat c
    join sdk_profile p on p.tenant_id = c.tenant_id and p.profile_id = c.profile_id
    where c.tenant_id = renamed.tenant_id and c.profile_id = renamed.profile_id and (c.created_at, c.chat_id) > (renamed.done_at, renamed.done_id)
    order by c.created_at, c.chat_id
    limit batch
  loop
    update chat_search_entry e set content = chat.content where e.chat_id = chat.chat_id;
    renewed := renewed + 1;
    renamed.done_at := chat.created_at;
    renamed.done_id := chat.chat_id;
  end loop;
  if renewed < batch then
    delete from chat_search_renamed r where r.profile_id = renamed.profile_id;
  else
    update chat_search_renamed r set done_at = renamed.done_at, done_id = renamed.done_id where r.profile_id = renamed.profile_id;
  end if;
  return greatest(renewed, 1);
end
$$;

-- Adds a batch of what the index lacks, on one node at a time. Answers how many chats that were (at least 1 while there is more to do), 0 where
-- it lacks none, and -1 where another node is at it.
create function chat_search_index(batch integer, capacity integer, turn bigint) returns integer language plpgsql
  set enable_seqscan = off set enable_bitmapscan = off set max_parallel_workers_per_gather = 0 set jit = off as $$
declare
  max_at_once constant integer := 20000;
  place chat_search_watermark;
  is_native boolean;
  chat record;
  seen pg_snapshot;
  up_to xid8;
  added integer := 0;
begin
  if not pg_try_advisory_xact_lock(turn) then
    return -1;
  end if;
  -- Statements that delete chats or store an error wait for this lock, and so do the statements below for them.
  select w.* into place from chat_search_watermark w for update;
  select w.xmin = w.written_by::xid and w.last_xid < pg_snapshot_xmax(pg_current_snapshot()) into is_native from chat_search_watermark w;

  -- After a restore on another server (0014), and after a transaction of very many chats, such as an import: everything, in order.
  if not is_native or place.is_complete and max_at_once < (
    select count(*) from (
      select from (
        (select t.xid from sdk_chat t where t.xid > place.last_xid order by t.xid fetch first (batch) rows with ties)
        union all
        select t.xid from sdk_chat t where t.xid = any (place.open_xids) and t.xid <= place.last_xid
      ) c
      limit max_at_once + 1) tail)
  then
    if exists (select from sdk_chat c where c.xid >= pg_snapshot_xmax(pg_current_snapshot())) then
      -- Another server's transactions: they are renumbered with the history counts.
      return 0;
    end if;
    update chat_search_watermark set is_complete = false, build_tenant = null, last_xid = '0', written_by = pg_current_xact_id();
    return 1;
  end if;
  if not place.is_complete then
    return chat_search_build(batch, capacity);
  end if;

  -- The oldest of the tail, whole transactions of it. What is open in the snapshot of this very statement stays in the tail.
  for chat in
    select c.chat_id, c.tenant_id, c.profile_id, c.created_at::timestamptz, c.xid, chat_search_content(c.prompt, c.last_error, p.summary_name) as content,
      pg_current_snapshot() as snapshot
    from (
      (select t.* from sdk_chat t where t.xid > place.last_xid order by t.xid fetch first (batch) rows with ties)
      union all
      select t.* from sdk_chat t where t.xid = any (place.open_xids) and t.xid <= place.last_xid
    ) c
    join sdk_profile p on p.tenant_id = c.tenant_id and p.profile_id = c.profile_id
  loop
    perform chat_search_add(chat.chat_id, chat.tenant_id, chat.profile_id, chat.created_at, chat.content, capacity);
    added := added + 1;
    seen := chat.snapshot;
    up_to := greatest(up_to, chat.xid, place.last_xid);
  end loop;
  if added > 0 then
    update chat_search_watermark set last_xid = up_to, open_xids = array(select x from pg_snapshot_xip(seen) x where x <= up_to);
  end if;
  return case when added < batch then added + chat_search_rename(batch) else added end;
end
$$;

-- An error comes after the prompt, and may come while the prompt is being added: the second of the two sees what the first has stored.
create function chat_search_store_error() returns trigger language plpgsql as $$
begin
  perform from chat_search_watermark for key share;
  update chat_search_entry e
  set content = chat_search_content(new.prompt, new.last_error, p.summary_name)
  from sdk_profile p
  where e.chat_id = new.chat_id and p.tenant_id = new.tenant_id and p.profile_id = new.profile_id;
  return null;
end
$$;

create trigger chat_search_error after update of last_error on sdk_chat
  for each row when (new.last_error is distinct from old.last_error) execute function chat_search_store_error();

-- Segments without entries go as well, or years of them would be looked into.
create function chat_search_forget() returns trigger language plpgsql as $$
declare
  touched integer[];
begin
  perform from chat_search_watermark for key share;
  with lost as (
    delete from chat_search_entry e where e.chat_id = any (array(select g.chat_id from gone g)) returning e.segment_id
  )
  select array_agg(distinct l.segment_id) into touched from lost l;
  delete from chat_search_segment s
  where s.segment_id = any (touched) and not exists (select from chat_search_entry e where e.segment_id = s.segment_id);
  return null;
end
$$;

create trigger chat_search_deleted after delete on sdk_chat referencing old table as gone
  for each statement execute function chat_search_forget();

-- A profile may have very many chats, so the worker renews their entries. Until then searches read the profile's chats by themselves.
create function chat_search_store_name() returns trigger language plpgsql as $$
begin
  insert into chat_search_renamed (profile_id, tenant_id, done_at, done_id)
  values (new.profile_id, new.tenant_id, '-infinity', '00000000-0000-0000-0000-000000000000')
  on conflict (profile_id) do update set done_at = excluded.done_at, done_id = excluded.done_id;
  return null;
end
$$;

create trigger chat_search_name after update of data on sdk_profile
  for each row when (new.summary_name is distinct from old.summary_name) execute function chat_search_store_name();
