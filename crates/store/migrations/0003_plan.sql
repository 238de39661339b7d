-- Campaigns with their plans, tasks and the history of both.
create table campaign (
  province_id text not null,
  id text not null,                -- readable, e.g. nghe-an-2022
  name text not null,
  name_search text not null,
  admin_unit_id text not null,
  organization_id text not null,   -- who issues it
  state text not null,             -- draft, issued, running, closed
  first_day text not null,
  last_day text not null,
  current_version bigint not null,
  made_from_id text,
  illustrative text,               -- what in it is illustrative; null: nothing
  row_version bigint not null,
  primary key (province_id, id),
  constraint campaign_id_key unique (id)
);

-- The plan as written, one row per version. Issuing freezes a version, an amendment is a new one.
create table campaign_version (
  province_id text not null,
  campaign_id text not null,
  version bigint not null,
  plan_json text not null,
  issued_at text,
  issued_by text,
  document_number text,
  document_date text,
  amendment_reason text,
  primary key (province_id, campaign_id, version)
);

create table task (
  province_id text not null,
  id text not null,
  campaign_id text not null,
  parent_id text,
  root_id text not null,           -- top of the cascade; the task itself when it has no parent
  depth bigint not null,
  kind text not null,              -- do, inform
  workstream text,
  title text not null,
  title_search text not null,
  description text not null,
  basis text not null,             -- clause of a legal basis or of the plan
  lead_organization_id text not null,
  admin_unit_id text not null,     -- where it is to be done: the lead's unit
  first_day text not null,
  due_day text not null,
  wanted_evidence text not null,
  indicator text,                  -- indicator that counts its completion
  state text not null,             -- new, acknowledged, in_progress, submitted, returned, accepted, cancelled
  progress bigint not null,        -- percent, own reports
  acknowledged_day text,
  done_day text,                   -- day of acceptance (or of acknowledgement for kind inform)
  child_count bigint not null,
  version bigint not null,
  primary key (province_id, id)
);
create index task_id_idx on task (id);
create index task_campaign_idx on task (province_id, campaign_id, due_day, id);
create index task_top_idx on task (province_id, campaign_id, due_day, id) where parent_id is null;
create index task_unit_idx on task (admin_unit_id, due_day, id);
create index task_parent_idx on task (province_id, parent_id);
create index task_root_idx on task (province_id, root_id);
create index task_lead_idx on task (lead_organization_id, state);

create table task_coordination (
  province_id text not null,
  task_id text not null,
  organization_id text not null,
  primary key (province_id, task_id, organization_id)
);
create index task_coordination_organization_idx on task_coordination (organization_id);

-- What happened to a task, in order: the state on any past day is read from here. Never altered.
create table task_event (
  province_id text not null,
  task_id text not null,
  number bigint not null,          -- rising within the task: its version after the event
  id text not null,
  kind text not null,              -- created, acknowledged, progressed, submitted, accepted, returned, urged, handed_over, cancelled, reopened
  at text not null,
  day text not null,               -- local day it counts for
  state text not null,             -- the task's state after it
  progress bigint not null,        -- the task's progress after it
  note text not null,
  actor_id text,
  organization_id text,
  to_organization_id text,
  to_user_id text,
  primary key (province_id, task_id, number)
);

create table task_evidence (
  province_id text not null,
  task_id text not null,
  file_id text not null,
  event_number bigint not null,
  note text not null,
  primary key (province_id, task_id, file_id)
);
