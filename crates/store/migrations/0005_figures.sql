-- indicator × unit × period × value × source. A correction is a new version.
create table observation (
  province_id text not null,
  id text not null,
  version bigint not null,
  current boolean not null,
  indicator text not null,
  admin_unit_id text not null,
  period text not null,            -- 2022-05, R2022-05, 2022-Q1, 2022, 2022-05-08
  first_day text not null,
  last_day text not null,
  value bigint not null,
  source text not null,
  state text not null,             -- submitted, approved
  organization_id text,
  import_id text,
  reason text,                     -- why it was corrected
  illustrative boolean not null,
  recorded_at text not null,
  recorded_by text,
  approved_at text,
  approved_by text,
  primary key (province_id, id, version)
);
create unique index observation_cell_key on observation (province_id, indicator, admin_unit_id, period) where current;
create index observation_day_idx on observation (province_id, indicator, last_day) where current;
create index observation_unit_idx on observation (province_id, admin_unit_id, last_day) where current;
create index observation_id_idx on observation (id);

-- A locked period of a unit and all below it: figures in it change only with a reason.
-- Unlocking deletes the row; who did it and why stays in the change log.
create table period_lock (
  province_id text not null,
  admin_unit_id text not null,
  period text not null,
  first_day text not null,
  last_day text not null,
  reason text,                     -- why it was locked
  locked_at text not null,
  locked_by text,
  primary key (province_id, admin_unit_id, period)
);

create table target (
  province_id text not null,
  id text not null,
  revision bigint not null,
  current boolean not null,
  indicator text not null,
  admin_unit_id text not null,
  period text not null,
  value bigint not null,
  spread_from_id text,             -- the target of the unit above that it was spread from
  spread_base text,                -- equal, population, indicator:<id>@<period>
  reason text not null,
  recorded_at text not null,
  recorded_by text,
  primary key (province_id, id, revision)
);
create unique index target_cell_key on target (province_id, indicator, admin_unit_id, period) where current;

-- An uploaded table: checked first, written when somebody accepts it.
create table import (
  province_id text not null,
  id text not null,
  kind text not null,              -- observations, organizations, confirmations
  admin_unit_id text not null,
  file_id text not null,
  state text not null,             -- checked, accepted
  options_json text not null,      -- how the file is to be read
  rows_total bigint not null,
  rows_good bigint not null,
  fault_count bigint not null,
  rows_new bigint not null,        -- as accepted, or as they would be
  rows_corrected bigint not null,
  rows_unchanged bigint not null,
  created_at text not null,
  created_by text,
  accepted_at text,
  accepted_by text,
  primary key (province_id, id)
);
create index import_id_idx on import (id);
create index import_file_idx on import (province_id, file_id);

-- Gifts of insurance books and cards: pledged by donors, given once to one named beneficiary.
create table gift_pledge (
  province_id text not null,
  id text not null,
  campaign_id text not null,
  donor_organization_id text,
  donor_name text not null,
  gift_kind text not null,         -- voluntary_si_book, health_insurance_card
  quantity bigint not null,
  given bigint not null,           -- never above quantity
  amount_vnd bigint,
  admin_unit_id text not null,
  day text not null,
  recorded_at text not null,
  recorded_by text,
  primary key (province_id, id)
);
create table gift (
  province_id text not null,
  id text not null,
  pledge_id text not null,
  campaign_id text not null,
  person_id text not null,
  gift_kind text not null,
  admin_unit_id text not null,
  day text not null,
  recorded_at text not null,
  recorded_by text,
  primary key (province_id, id),
  constraint gift_person_kind_key unique (province_id, campaign_id, person_id, gift_kind)
);
create index gift_pledge_campaign_idx on gift_pledge (province_id, campaign_id);
create index gift_campaign_idx on gift (province_id, campaign_id);
