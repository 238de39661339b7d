-- A province's own activity kinds, beside those of the catalogue shipped with the program.
create table activity_kind (
  province_id text not null,
  id text not null,
  definition_json text not null,
  version bigint not null,
  primary key (province_id, id)
);

-- Field records are never altered: a correction is a new version, and only `current` moves on.
create table activity (
  province_id text not null,
  id text not null,
  version bigint not null,
  current boolean not null,
  campaign_id text not null,
  kind text not null,
  workstream text,
  title text not null,
  title_search text not null,
  organization_id text not null,
  admin_unit_id text not null,
  place text not null,
  first_day text not null,
  last_day text not null,
  starts_at text,                  -- local time of day, HH:MM
  ends_at text,
  audiences text not null,         -- json list
  languages text not null,         -- json list, BCP 47
  state text not null,             -- planned, done, cancelled
  note text not null,
  illustrative boolean not null,
  recorded_at text not null,
  recorded_by text,
  primary key (province_id, id, version)
);
create index activity_id_idx on activity (id);
create index activity_campaign_idx on activity (province_id, campaign_id, kind, first_day);
create index activity_unit_idx on activity (province_id, admin_unit_id, first_day);

-- A counted value of an activity. `audience_group` and `language` are '' when it has none.
create table activity_measure (
  province_id text not null,
  activity_id text not null,
  measure text not null,
  audience_group text not null,
  language text not null,
  version bigint not null,
  current boolean not null,
  id text not null,
  day text not null,
  value bigint not null,
  evidence_file_id text,
  organization_id text not null,
  admin_unit_id text not null,
  recorded_at text not null,
  recorded_by text,
  primary key (province_id, activity_id, measure, audience_group, language, version)
);

create table site (
  province_id text not null,
  id text not null,
  activity_id text not null,
  admin_unit_id text not null,
  name text not null,
  place text not null,
  starts_at text not null,         -- local, YYYY-MM-DDTHH:MM
  organization_id text,
  primary key (province_id, id)
);
create index site_activity_idx on site (province_id, activity_id);

create table readiness_item (
  province_id text not null,
  id text not null,
  activity_id text not null,
  site_id text not null,
  title text not null,
  organization_id text not null,
  due_at text not null,            -- local, YYYY-MM-DDTHH:MM
  done_at text,
  done_by text,
  note text not null,
  version bigint not null,
  primary key (province_id, id)
);
create index readiness_item_activity_idx on readiness_item (province_id, activity_id, site_id);

create table script_line (
  province_id text not null,
  id text not null,
  activity_id text not null,
  starts_at text not null,         -- local time of day, HH:MM
  ends_at text,
  what text not null,
  who text not null,
  organization_id text,
  primary key (province_id, id)
);
create index script_line_activity_idx on script_line (province_id, activity_id, starts_at);

create table resource (
  province_id text not null,
  id text not null,
  activity_id text not null,
  site_id text,
  kind text not null,              -- car, motorbike, loudspeaker, …
  quantity bigint not null,
  organization_id text,
  note text not null,
  primary key (province_id, id)
);
create index resource_activity_idx on resource (province_id, activity_id);

create table team (
  province_id text not null,
  id text not null,
  activity_id text not null,
  site_id text,
  name text not null,
  organization_id text,
  admin_unit_id text not null,
  member_count bigint not null,
  primary key (province_id, id)
);
create index team_activity_idx on team (province_id, activity_id);

-- Which team is at which place when.
create table roster_place (
  province_id text not null,
  id text not null,
  activity_id text not null,
  team_id text not null,
  admin_unit_id text not null,
  place text not null,
  day text not null,
  starts_at text,
  ends_at text,
  primary key (province_id, id)
);
create index roster_place_team_idx on roster_place (province_id, team_id);
create index roster_place_activity_idx on roster_place (province_id, activity_id);

create table household (
  province_id text not null,
  id text not null,
  admin_unit_id text not null,
  address_sealed text,             -- encrypted
  livelihood text,
  member_count bigint,
  created_at text not null,
  created_by text,
  version bigint not null,
  primary key (province_id, id)
);
create index household_id_idx on household (id);
create index household_unit_idx on household (province_id, admin_unit_id);

-- As little as possible. Name, birth date, phone and national id only encrypted; what must be found
-- again has a keyed fingerprint.
create table person (
  province_id text not null,
  id text not null,
  household_id text,
  admin_unit_id text not null,
  birth_year bigint,
  sex text,
  sealed text not null,            -- encrypted json: name, phone, birth date, national id
  national_id_fingerprint text,
  name_fingerprint text,           -- of name without marks + birth year + commune
  synthetic boolean not null,
  created_at text not null,
  created_by text,
  version bigint not null,
  primary key (province_id, id)
);
create index person_unit_idx on person (province_id, admin_unit_id);
create unique index person_national_id_key on person (province_id, national_id_fingerprint);
create index person_id_idx on person (id);
create index person_name_idx on person (province_id, name_fingerprint);

create table consent (
  province_id text not null,
  id text not null,
  person_id text not null,
  purpose text not null,
  given_at text not null,
  withdrawn_at text,
  recorded_by text,
  primary key (province_id, id)
);
create index consent_person_idx on consent (province_id, person_id);

create table consultation (
  province_id text not null,
  id text not null,
  version bigint not null,
  current boolean not null,
  campaign_id text not null,
  activity_id text,
  team_id text,
  counsellor_id text,
  organization_id text not null,
  admin_unit_id text not null,
  place text not null,
  day text not null,
  started_at text,                 -- local, YYYY-MM-DDTHH:MM
  people bigint not null,          -- counselled in this conversation, at least 1
  person_id text,
  household_id text,
  schemes text not null,           -- json list
  outcome text not null,
  next_step text,
  next_step_day text,
  note text not null,
  recorded_at text not null,
  recorded_by text,
  primary key (province_id, id, version)
);
-- With the id, so that a page of a list in order of day and id is read without sorting a day.
create index consultation_campaign_idx on consultation (province_id, campaign_id, day, id);
create index consultation_unit_idx on consultation (province_id, admin_unit_id, day, id);

create table enrollment (
  province_id text not null,
  id text not null,
  version bigint not null,
  current boolean not null,
  campaign_id text not null,
  activity_id text,
  team_id text,
  consultation_id text,
  person_id text,
  organization_id text not null,   -- who reports it
  admin_unit_id text not null,
  scheme text not null,
  day text not null,
  starts_on text,
  months bigint,
  amount_vnd bigint,
  state text not null,             -- claimed, confirmed, rejected
  state_day text not null,
  state_reason text,
  confirmation_id text,
  confirmation_national_id text,   -- fingerprint of the national id on the line that confirmed it
  recorded_at text not null,
  recorded_by text,
  primary key (province_id, id, version)
);
create index enrollment_campaign_idx on enrollment (province_id, campaign_id, scheme, day);
create index enrollment_list_idx on enrollment (province_id, campaign_id, day, id);
-- One person counts once per scheme and campaign.
create unique index enrollment_person_scheme_key on enrollment (province_id, campaign_id, person_id, scheme)
  where current and state <> 'rejected';

-- Credit shared between organizations: shares of one enrollment add up to 1000.
create table enrollment_credit (
  province_id text not null,
  enrollment_id text not null,
  organization_id text not null,
  share_permille bigint not null,
  primary key (province_id, enrollment_id, organization_id)
);

-- An imported official list and what became of each of its lines.
create table confirmation (
  province_id text not null,
  id text not null,
  campaign_id text not null,
  admin_unit_id text not null,
  file_id text,
  imported_at text not null,
  imported_by text,
  matched bigint not null,
  unmatched bigint not null,
  doubles bigint not null,
  already_confirmed bigint not null,
  primary key (province_id, id)
);
create table confirmation_line (
  province_id text not null,
  confirmation_id text not null,
  line bigint not null,
  scheme text not null,
  outcome text not null,           -- matched, unmatched, double, already_confirmed
  matched_by text,                 -- national_id, name
  enrollment_id text,
  primary key (province_id, confirmation_id, line)
);
