-- What the law leaves open and administrators enter. A correction is a new version; the one with the highest number holds.
-- r, the average monthly return of the social insurance fund, as published by letter each January.
create table fund_return (
  from_month text not null,        -- 2026-01: first month of payments, until the next entry or the end of the year
  version bigint not null,
  monthly_rate text not null,      -- exact decimal per month: 0.0031
  document_number text not null,
  note text,
  recorded_at text not null,
  recorded_by text,
  primary key (from_month, version)
);
-- What a province, or a part of it, adds to the State's support: a parameter file as uploaded.
create table local_support (
  province_id text not null,
  area text not null,              -- name of the part; empty for the whole province
  version bigint not null,
  document_number text not null,
  content text not null,           -- YAML
  recorded_at text not null,
  recorded_by text,
  primary key (province_id, area, version)
);
