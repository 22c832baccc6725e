// One org's part of the control database: every statement carries the org, whoever wrote it and whatever they forgot.
import {
  AliasNode,
  BinaryOperationNode,
  ColumnNode,
  type DeleteQueryNode,
  IdentifierNode,
  type InsertQueryNode,
  type JoinNode,
  type Kysely,
  OnNode,
  type OperationNode,
  OperationNodeTransformer,
  OperatorNode,
  PrimitiveValueListNode,
  type QueryId,
  ReferenceNode,
  type SelectQueryNode,
  TableNode,
  type UpdateQueryNode,
  ValueListNode,
  ValueNode,
  ValuesNode,
  WhereNode,
  type WithNode,
} from "kysely";
import type { ControlTables, OrgTables, PersonTable } from "./tables.ts";

/** What the queries of an org's tables take first. */
export interface InOrg {
  readonly org: string;
  readonly db: Kysely<OrgTables & { readonly person: PersonTable }>;
}

/** The tables that belong to an org, by their names in the database. A test compares them with the columns named `org`. */
export const ORG_TABLES: ReadonlySet<string> = new Set([
  "api_token",
  "audit",
  "batch",
  "batch_keys",
  "export",
  "export_event",
  "export_share",
  "idempotency",
  "invitation",
  "membership",
  "namespace",
  "namespace_role",
  "org_settings",
  "persisted_query",
  "saved_view",
  "template",
  "template_revision",
  "template_share",
]);

/** Tables that rows of an org are shown with. */
const SHARED_TABLES: ReadonlySet<string> = new Set(["person"]);

/**
 * The control database as one org has it. Each of its tables that a statement reads, changes or deletes from is narrowed
 * to the org's rows, and each row that is added gets the org, so that a query cannot forget it: the condition is put into
 * the statement itself.
 */
export function inOrg(db: Kysely<ControlTables>, org: string): InOrg {
  const narrowed = db.withPlugin({
    transformQuery: ({ node, queryId }) => new OrgConditions(org).transformNode(node, queryId),
    transformResult: ({ result }) => Promise.resolve(result),
  });
  return { org, db: narrowed };
}

/** The same within a transaction: all of it or nothing. */
export function atOnce<Result>({ org, db }: InOrg, task: (at: InOrg) => Promise<Result>): Promise<Result> {
  return inTransaction(db, (transaction) => task({ org, db: transaction }));
}

/** The same for what no org narrows; within a transaction it is a part of it. */
export function inTransaction<Tables, Result>(
  db: Kysely<Tables>,
  task: (db: Kysely<Tables>) => Promise<Result>,
): Promise<Result> {
  return db.isTransaction ? task(db) : db.transaction().execute(task);
}

class OrgConditions extends OperationNodeTransformer {
  readonly #org: string;
  /** Names of this statement's own (`with …`). */
  readonly #own = new Set<string>();

  constructor(org: string) {
    super();
    this.#org = org;
  }

  protected override transformSelectQuery(node: SelectQueryNode, queryId?: QueryId): SelectQueryNode {
    this.#learn(node.with);
    const made = super.transformSelectQuery(node, queryId);
    return { ...made, ...this.#where(made.where, made.from?.froms ?? []) };
  }

  protected override transformUpdateQuery(node: UpdateQueryNode, queryId?: QueryId): UpdateQueryNode {
    this.#learn(node.with);
    const made = super.transformUpdateQuery(node, queryId);
    const tables = [...(made.table === undefined ? [] : [made.table]), ...(made.from?.froms ?? [])];
    return { ...made, ...this.#where(made.where, tables) };
  }

  protected override transformDeleteQuery(node: DeleteQueryNode, queryId?: QueryId): DeleteQueryNode {
    this.#learn(node.with);
    const made = super.transformDeleteQuery(node, queryId);
    return { ...made, ...this.#where(made.where, [...made.from.froms, ...(made.using?.tables ?? [])]) };
  }

  protected override transformInsertQuery(node: InsertQueryNode, queryId?: QueryId): InsertQueryNode {
    this.#learn(node.with);
    const made = super.transformInsertQuery(node, queryId);
    if (made.into === undefined || this.#isOfOrg(made.into) === null)
      return refuse("rows are added to an org's tables");
    const { columns, values } = made;
    if (columns === undefined || values === undefined || !ValuesNode.is(values))
      return refuse("rows are given as values");
    const withOrg = values.values.map((row) =>
      ValueListNode.is(row)
        ? ValueListNode.create([...row.values, ValueNode.create(this.#org)])
        : PrimitiveValueListNode.create([...row.values, this.#org]),
    );
    return { ...made, columns: [...columns, ColumnNode.create("org")], values: ValuesNode.create(withOrg) };
  }

  protected override transformJoin(node: JoinNode, queryId?: QueryId): JoinNode {
    const made = super.transformJoin(node, queryId);
    const name = this.#isOfOrg(made.table);
    if (name === null) return made;
    const condition = this.#condition(name);
    return {
      ...made,
      on: made.on === undefined ? OnNode.create(condition) : OnNode.cloneWithOperation(made.on, "And", condition),
    };
  }

  protected override transformMergeQuery(): never {
    return refuse("merge is not among its statements");
  }

  #where(where: WhereNode | undefined, tables: readonly OperationNode[]): { readonly where?: WhereNode } {
    let all = where;
    for (const table of tables) {
      const name = this.#isOfOrg(table);
      if (name === null) continue;
      const condition = this.#condition(name);
      all = all === undefined ? WhereNode.create(condition) : WhereNode.cloneWithOperation(all, "And", condition);
    }
    return all === undefined ? {} : { where: all };
  }

  #condition(table: string): OperationNode {
    const column = ReferenceNode.create(ColumnNode.create("org"), TableNode.create(table));
    return BinaryOperationNode.create(column, OperatorNode.create("="), ValueNode.create(this.#org));
  }

  /** What an org's table is called in the statement; null for what holds rows of no org. */
  #isOfOrg(node: OperationNode): string | null {
    if (AliasNode.is(node)) {
      const of = this.#isOfOrg(node.node);
      return of !== null && IdentifierNode.is(node.alias) ? node.alias.name : of;
    }
    if (!TableNode.is(node)) return node.kind === "SelectQueryNode" ? null : refuse(`${node.kind} is no table`);
    const { name } = node.table.identifier;
    if (ORG_TABLES.has(name)) return name;
    return SHARED_TABLES.has(name) || this.#own.has(name) ? null : refuse(`"${name}" is none of its tables`);
  }

  #learn(node: WithNode | undefined): void {
    for (const { name } of node?.expressions ?? []) this.#own.add(name.table.table.identifier.name);
  }
}

function refuse(what: string): never {
  throw new Error(`a statement in an org: ${what}`);
}
