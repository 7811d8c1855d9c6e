-- What a list shows of a profile, taken out of its document when that is written and not whenever a page is read: a page of
-- twenty would open twenty documents several times each, however large they are (docs/performance.md).
--
-- The columns alone, which takes a moment and rewrites nothing: 0016 keeps them up to date, 0017 fills them. As long as this script
-- had generated columns it locked the table while every profile was rewritten. Databases that ran it then have the same columns, and
-- 0016 makes them like the others.

alter table sdk_profile
  add column summary_name text,
  add column summary_gender text,
  add column summary_age text,
  add column summary_locale text;
