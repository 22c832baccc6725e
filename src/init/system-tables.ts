// Tables that are a framework's or the database's own affair, and tables that only join two others.
import type { ObjectType } from "../catalog/types.ts";
import { plainName } from "./words.ts";

// oxfmt-ignore
const BY_NAME: readonly (readonly [RegExp, string])[] = [
  [/^(?:schema_migrations|ar_internal_metadata)$/, "Rails' own record of migrations"],
  [/^(?:django_(?:migrations|content_type|admin_log|session|site)|auth_(?:permission|group_permissions|user_user_permissions))$/, "Django's own"],
  [/^(?:flyway_schema_history|schema_version|databasechangelog(?:lock)?)$/i, "a record of migrations"],
  [/^(?:knex_migrations(?:_lock)?|_prisma_migrations|sequelizemeta|typeorm_metadata|__drizzle_migrations|__efmigrationshistory|alembic_version|goose_db_version|phinxlog|doctrine_migration_versions|migrations|kysely_migration(?:_lock)?|pgmigrations|gorp_migrations|ecto_migrations|diesel_schema_migrations|__diesel_schema_migrations|_sqlx_migrations|dbmate_migrations)$/i, "a record of migrations"],
  [/^(?:spatial_ref_sys|geometry_columns|geography_columns|raster_columns|raster_overviews|pg_stat_statements(?:_info)?|pg_buffercache)$/, "an extension's own"],
  [/^(?:topology|tiger|tiger_data|cron|pgboss|graphile_worker|hdb_catalog|partman|_timescaledb_\w+|timescaledb_\w+|repack|pgagent|squeeze|auth0|supabase_\w+|drizzle)\./, "an extension's or a framework's own"],
  [/^(?:good_jobs?|good_job_\w+|solid_(?:queue|cache|cable)_\w+|que_jobs|delayed_jobs|failed_jobs|job_batches|celery_\w+|oban_jobs|oban_peers|ahoy_\w+|versions_\d+|active_storage_variant_records|personal_access_tokens|oauth_(?:access_(?:tokens|grants)|applications|refresh_tokens|auth_codes)|password_resets?|password_reset_tokens|cache|cache_locks|friendly_id_slugs|telescope_\w+|data_migrations)$/, "a framework's own"],
  [/^(?:sqlite_\w+|\w+_fts(?:3|4|5)?_(?:content|data|docsize|config|idx|segments|segdir|stat)|\w+_rtree_(?:node|parent|rowid)|idx_\w+_geom(?:_(?:node|parent|rowid))?|gpkg_\w+|rtree_\w+|android_metadata|room_master_table)$/, "SQLite's or a library's own"],
];

/** Names that people use too: here columns tell. */
// oxfmt-ignore
const BY_COLUMNS: readonly (readonly [RegExp, readonly string[], string])[] = [
  [/^(?:jobs|queue_jobs|job)$/, ["payload", "attempts"], "a queue of the application"],
  [/^(?:jobs|queue_jobs|job)$/, ["handler", "run_at"], "a queue of the application"],
  [/^(?:user_)?sessions?$/, ["payload"], "sessions of the application: they let people in"],
  [/^(?:user_)?sessions?$/, ["session_data"], "sessions of the application: they let people in"],
  [/^(?:user_)?sessions?$/, ["sess"], "sessions of the application: they let people in"],
  [/^(?:user_)?sessions?$/, ["session_id", "data"], "sessions of the application: they let people in"],
  [/^(?:user_)?sessions?$/, ["token"], "sessions of the application: they let people in"],
];

/** Why a table is not worth offering; null when it is. */
export function systemTable({ name, fields }: Pick<ObjectType, "name" | "fields">): string | null {
  const bare = name.slice(name.lastIndexOf(".") + 1);
  const byName = BY_NAME.find(([pattern]) => pattern.test(name) || pattern.test(bare));
  if (byName !== undefined) return byName[1];
  const columns = new Set(fields.map((field) => plainName(field.name)));
  const byColumns = BY_COLUMNS.find(([pattern, its]) => pattern.test(bare) && its.every((it) => columns.has(it)));
  return byColumns?.[2] ?? null;
}

/** The two object types that a table only joins (many to many); null when it says more. */
export function joinedBy({ fields, references, kind }: ObjectType): readonly [string, string] | null {
  if (kind !== "table" || references.length !== 2) return null;
  const pointing = new Set(references.flatMap(({ by }) => by.map(({ from }) => from)));
  const beside = fields.filter(({ column }) => !pointing.has(column)).map(({ name }) => plainName(name));
  const isBare = beside.every((name) =>
    /^(?:id|uuid|position|ordinal|sort|rank|created_(?:at|on)|updated_(?:at|on))$/.test(name),
  );
  return isBare ? [references[0]!.object, references[1]!.object] : null;
}
