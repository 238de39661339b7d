-- Bodies that act. They sit at an admin unit and may have a parent.
create table organization (
  province_id text not null,
  id text not null,
  kind text not null,
  name text not null,
  name_search text not null,       -- lower case, without marks
  short_name text,
  admin_unit_id text not null,
  parent_id text,
  active boolean not null,
  illustrative boolean not null,   -- made for the demo
  version bigint not null,
  primary key (province_id, id),
  constraint organization_id_key unique (id)
);
create index organization_unit_idx on organization (province_id, admin_unit_id, kind);
create index organization_parent_idx on organization (parent_id);

-- Accounts. `app_user`, since `user` is reserved in PostgreSQL.
create table app_user (
  id text not null primary key,
  username text not null,
  display_name text not null,
  password_hash text not null,     -- argon2id, PHC text
  organization_id text,
  active boolean not null,
  must_change_password boolean not null,
  failed_sign_ins bigint not null,
  locked_until text,
  created_at text not null,
  version bigint not null,
  constraint app_user_username_key unique (username)
);

-- A role held over an admin unit's subtree and/or an organization. Both empty: the whole country.
create table role_grant (
  id text not null primary key,
  user_id text not null references app_user (id),
  role text not null,
  admin_unit_id text,
  organization_id text,
  granted_at text not null,
  ended_at text
);
create index role_grant_user_idx on role_grant (user_id);

create table user_session (
  token_sha256 text not null primary key,
  id text not null,
  user_id text not null references app_user (id),
  created_at text not null,
  last_seen_at text not null,
  expires_at text not null,
  user_agent text not null,
  ended_at text,
  constraint user_session_id_key unique (id)
);
create index user_session_user_idx on user_session (user_id);

-- Tokens for programs: only the hash is kept.
create table api_token (
  id text not null primary key,
  token_sha256 text not null,
  user_id text not null references app_user (id),
  name text not null,
  scopes text not null,            -- json list: read, write
  created_at text not null,
  expires_at text not null,
  ended_at text,
  constraint api_token_token_sha256_key unique (token_sha256)
);
create index api_token_user_idx on api_token (user_id);

-- Uploaded files: evidence and imports. The content is kept once per hash.
create table file_content (
  sha256 text not null primary key,
  content bytes not null
);
create table file (
  province_id text not null,
  id text not null,
  sha256 text not null references file_content (sha256),
  name text not null,
  media_type text not null,
  size_bytes bigint not null,
  admin_unit_id text not null,
  organization_id text,
  created_by text not null,
  created_at text not null,
  primary key (province_id, id)
);
create index file_id_idx on file (id);
