// What orgs keep. The org is the first column of every key, so that nothing of one can point at another's.
import type { Migration } from "../migrate.ts";

const ROLES = "check (role in ('guest', 'analyst', 'maintainer', 'owner'))";

/** Stands for no namespace where equal ones are to be noticed: nulls never are equal. */
const NOWHERE = "00000000-0000-0000-0000-000000000000";

export const ground: Migration = {
  id: "0002-ground",
  statements: [
    `create table org_settings (
      org text primary key,
      settings jsonb not null,
      updated_at timestamptz not null default now()
    )`,
    `create table membership (
      org text not null,
      person uuid not null references person (id) on delete cascade,
      role text check (role = 'admin'),
      created_at timestamptz not null default now(),
      primary key (org, person)
    )`,
    `create index membership_person on membership (person)`,
    `create table namespace (
      org text not null,
      id uuid not null,
      parent uuid,
      key text not null,
      code text not null,
      name text not null,
      from_source boolean not null,
      archived_at timestamptz,
      created_at timestamptz not null default now(),
      primary key (org, id),
      constraint namespace_key unique (org, key),
      foreign key (org, parent) references namespace (org, id),
      check (parent <> id)
    )`,
    // Also at the top, where there is no parent.
    `create unique index namespace_code on namespace (org, coalesce(parent, '${NOWHERE}'), code)`,
    `create table namespace_role (
      org text not null,
      namespace uuid not null,
      person uuid not null,
      role text not null ${ROLES},
      primary key (org, namespace, person),
      foreign key (org, namespace) references namespace (org, id) on delete cascade,
      foreign key (org, person) references membership (org, person) on delete cascade
    )`,
    `create index namespace_role_person on namespace_role (org, person)`,
    `create table api_token (
      org text not null,
      id uuid not null,
      person uuid not null,
      name text not null,
      hash bytea not null,
      scopes text[] not null,
      addresses text[] not null,
      expires_at timestamptz,
      created_at timestamptz not null default now(),
      last_used_at timestamptz,
      revoked_at timestamptz,
      primary key (org, id),
      constraint api_token_hash unique (org, hash),
      foreign key (org, person) references membership (org, person) on delete cascade
    )`,
    `create table invitation (
      org text not null,
      id uuid not null,
      email text not null,
      role text check (role in ('guest', 'analyst', 'maintainer', 'owner', 'admin')),
      namespace uuid,
      token_hash bytea not null,
      invited_by uuid,
      created_at timestamptz not null default now(),
      expires_at timestamptz not null,
      accepted_at timestamptz,
      primary key (org, id),
      constraint invitation_token unique (org, token_hash),
      foreign key (org, namespace) references namespace (org, id) on delete cascade,
      check ((role is null or role = 'admin') = (namespace is null))
    )`,
    // Without references: what was done stays known when those who did it are gone.
    `create table audit (
      org text not null,
      id uuid not null,
      at timestamptz not null default now(),
      person uuid,
      token uuid,
      action text not null,
      subject_kind text,
      subject text,
      details jsonb not null,
      address text,
      request_id text,
      primary key (org, id)
    )`,
    `create index audit_subject on audit (org, subject_kind, subject, id)`,
    `create function waybill_append_only() returns trigger language plpgsql as
      $$ begin raise exception 'the audit log is only ever added to' using errcode = '42501'; end $$`,
    `create trigger audit_append_only before update or delete or truncate on audit
      for each statement execute function waybill_append_only()`,
    `create table idempotency (
      org text not null,
      person uuid not null,
      key text not null,
      request_hash bytea not null,
      status integer,
      headers jsonb,
      body text,
      created_at timestamptz not null default now(),
      expires_at timestamptz not null,
      primary key (org, person, key)
    )`,
    `create index idempotency_expires_at on idempotency (expires_at)`,
    `create table batch (
      org text not null,
      id uuid not null,
      name text not null,
      object text not null,
      namespace uuid,
      person uuid,
      key_columns text[] not null,
      source jsonb not null,
      key_count bigint not null default 0,
      created_at timestamptz not null default now(),
      sealed_at timestamptz,
      primary key (org, id),
      foreign key (org, namespace) references namespace (org, id)
    )`,
    `create index batch_namespace on batch (org, namespace, id)`,
    // Keys lie a few thousand to a row, as the JSON text of an array: one row a key takes forty times as long to write.
    `create table batch_keys (
      org text not null,
      batch uuid not null,
      first bigint not null,
      key_count integer not null,
      keys text not null,
      primary key (org, batch, first),
      foreign key (org, batch) references batch (org, id) on delete cascade
    )`,
    `alter table batch_keys alter column keys set storage external`,
    `create table template (
      org text not null,
      id uuid not null,
      namespace uuid,
      kind text not null check (kind in ('dataset-template', 'export-template')),
      name text not null,
      person uuid,
      revision integer not null,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      deleted_at timestamptz,
      primary key (org, id),
      foreign key (org, namespace) references namespace (org, id)
    )`,
    `create unique index template_name on template (org, kind, coalesce(namespace, '${NOWHERE}'), name)
      where deleted_at is null`,
    `create table template_revision (
      org text not null,
      template uuid not null,
      revision integer not null,
      body jsonb not null,
      person uuid,
      created_at timestamptz not null default now(),
      primary key (org, template, revision),
      foreign key (org, template) references template (org, id) on delete cascade
    )`,
    `create table template_share (
      org text not null,
      template uuid not null,
      namespace uuid not null,
      primary key (org, template, namespace),
      foreign key (org, template) references template (org, id) on delete cascade,
      foreign key (org, namespace) references namespace (org, id) on delete cascade
    )`,
    `create table saved_view (
      org text not null,
      id uuid not null,
      person uuid not null,
      object text not null,
      name text not null,
      body jsonb not null,
      created_at timestamptz not null default now(),
      primary key (org, id),
      constraint saved_view_name unique (org, person, object, name),
      foreign key (org, person) references membership (org, person) on delete cascade
    )`,
  ],
};
