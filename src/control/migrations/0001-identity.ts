// People and how they sign in: the tables that better-auth wants (a test compares), in our words and letters.
import type { Migration } from "../migrate.ts";

export const identity: Migration = {
  id: "0001-identity",
  statements: [
    `create table person (
      id uuid primary key default gen_random_uuid(),
      name text not null,
      email text not null unique,
      email_verified boolean not null,
      image text,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      two_factor_enabled boolean,
      language text,
      time_zone text,
      theme text,
      disabled_at timestamptz
    )`,
    `create table session (
      id uuid primary key default gen_random_uuid(),
      expires_at timestamptz not null,
      token text not null unique,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null,
      ip_address text,
      user_agent text,
      user_id uuid not null references person (id) on delete cascade
    )`,
    `create index session_user_id on session (user_id)`,
    `create table account (
      id uuid primary key default gen_random_uuid(),
      account_id text not null,
      provider_id text not null,
      user_id uuid not null references person (id) on delete cascade,
      access_token text,
      refresh_token text,
      id_token text,
      access_token_expires_at timestamptz,
      refresh_token_expires_at timestamptz,
      scope text,
      password text,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null
    )`,
    `create index account_user_id on account (user_id)`,
    `create unique index account_of_provider on account (provider_id, account_id)`,
    `create table verification (
      id uuid primary key default gen_random_uuid(),
      identifier text not null,
      value text not null,
      expires_at timestamptz not null,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    )`,
    `create index verification_identifier on verification (identifier)`,
    `create table two_factor (
      id uuid primary key default gen_random_uuid(),
      secret text not null,
      backup_codes text not null,
      user_id uuid not null references person (id) on delete cascade,
      verified boolean,
      failed_verification_count integer,
      locked_until timestamptz
    )`,
    `create index two_factor_user_id on two_factor (user_id)`,
    `create index two_factor_secret on two_factor (secret)`,
    `create table rate_limit (
      id uuid primary key default gen_random_uuid(),
      key text not null unique,
      count integer not null,
      last_request bigint not null
    )`,
    // What the program makes for itself once: the secret that sessions are signed with.
    `create table secret (name text primary key, value text not null, created_at timestamptz not null default now())`,
    // The link that the first administrator comes by: one row at most.
    `create table setup_link (
      only_one boolean primary key default true check (only_one),
      token_hash bytea not null,
      expires_at timestamptz not null
    )`,
  ],
};
