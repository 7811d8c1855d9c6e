-- When a screen last called, at most a minute behind. No trigger of screen concerns this column, so a use does not move the directory's revision.
alter table screen add column last_used_at timestamptz(3);
