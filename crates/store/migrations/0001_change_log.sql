-- The change log: one row per accepted write, numbered without gaps within a province.
-- `change_head` is updated in the transaction that writes the row, so its row lock makes
-- number order and commit order the same within a province.
create table change_head (
  province_id text not null primary key,
  last_seq bigint not null
);

create table change (
  province_id text not null,
  seq bigint not null,
  at text not null,                -- instant, UTC, fixed width
  actor_id text,                   -- user; null for the system itself
  organization_id text,            -- on behalf of which organization
  door text not null,              -- api, import, cli, demo, job, sync
  operation text not null,         -- the use case, e.g. campaign_create
  entity text not null,
  entity_id text not null,
  input_sha256 text,               -- of a creation: tells a repeated request from another one
  before_json text,
  after_json text,
  changes_figures boolean not null, -- it wrote facts or targets
  primary key (province_id, seq)
);
create index change_entity_idx on change (province_id, entity_id);

-- What a record contributes to an indicator. Written in the transaction of the record;
-- every figure, drill-down and the cube read only this.
create table fact (
  province_id text not null,
  source_id text not null,         -- id of the record it stems from
  line bigint not null,            -- a record may feed several indicators
  source_entity text not null,
  indicator text not null,
  admin_unit_id text not null,
  organization_id text,
  campaign_id text,
  activity_kind text,
  day text not null,               -- a flow's day, or the last day of a stock's period
  state text not null,             -- reported, claimed, confirmed
  value bigint not null,
  primary key (province_id, source_id, line)
);
create index fact_indicator_idx on fact (province_id, indicator, day);
create index fact_campaign_idx on fact (province_id, campaign_id, indicator);
