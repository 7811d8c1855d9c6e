-- What a list shows of a profile, taken out of its document when that is written and not whenever a page is read: a page of
-- twenty would open twenty documents several times each, however large they are (docs/performance.md). Every row is written
-- anew for it, once, while others wait: some seconds a million profiles.
--
-- A member that is missing or not of a fitting type is null. Types are checked before values are taken, so that no document
-- can make a statement fail. Only an age of a sane length is passed on.

alter table sdk_profile
  add column summary_name text
    generated always as (case when jsonb_typeof(data -> 'name') = 'string' then data ->> 'name' end) stored,
  add column summary_gender text
    generated always as (case when jsonb_typeof(data -> 'gender') = 'string' then data ->> 'gender' end) stored,
  add column summary_age text
    generated always as (
      case when jsonb_typeof(data -> 'age') in ('number', 'string') and length(data ->> 'age') <= 20 then data ->> 'age' end
    ) stored,
  add column summary_locale text
    generated always as (case when jsonb_typeof(data -> 'locale') = 'string' then data ->> 'locale' end) stored;
