// Exports in GraphQL: the same that REST tells of them, to the same people.
import {
  GraphQLBoolean,
  type GraphQLFieldConfig,
  GraphQLID,
  GraphQLList,
  GraphQLNonNull,
  GraphQLString,
} from "graphql";
import { zoneNamed } from "../../cells/zone.ts";
import type { ExportState } from "../../control/tables.ts";
import { convertValue } from "../../query/values.ts";
import { findExport, listExports } from "../../service/exports/find.ts";
import type { OrgCall } from "../../service/org-call.ts";
import type { GraphqlContext } from "./context.ts";
import { exportState, exportType } from "./export-type.ts";
import { part } from "./parts.ts";
import { DateTime } from "./scalars.ts";
import {
  ofList,
  orNull,
  PAGE_ARGUMENTS,
  type PageArguments,
  said,
  forwardConnection,
  forwardPage,
} from "./forward-connections.ts";

interface ExportsArguments extends PageArguments {
  readonly state?: readonly ExportState[] | null;
  readonly objects?: string | null;
  readonly namespace?: string | null;
  readonly mine?: boolean | null;
  readonly createdSince?: string | null;
  readonly updatedSince?: string | null;
}

/** The fields of the root. */
export const exportFields = {
  exports: {
    type: forwardConnection(exportType, "exports"),
    description: "One's own exports and those that are shared with one, the newest first; all for administrators.",
    args: {
      ...PAGE_ARGUMENTS,
      state: { type: new GraphQLList(new GraphQLNonNull(exportState)), description: "In one of these states." },
      objects: { type: GraphQLString, description: "The name of an object type: exports of its records." },
      namespace: { type: GraphQLID, description: "The id of a namespace: exports of it and of those below it." },
      mine: {
        type: GraphQLBoolean,
        description: "One's own and those that are shared with one, also for administrators.",
      },
      createdSince: { type: DateTime, description: "Those that were ordered then or later." },
      updatedSince: {
        type: DateTime,
        description: "Those that were ordered, begun, ended or expired then or later.",
      },
    },
    extensions: part({ kind: "page", name: "exports" }),
    resolve: (_source, { first, after, ...choice }: ExportsArguments, { call, baseUrl }) =>
      forwardPage({ ...(said(first) ? { first } : {}), ...(said(after) ? { after } : {}) }, async (query) =>
        ofList(await listExports(call, { ...query, ...chosen(choice, call) }, baseUrl)),
      ),
  },
  export: {
    type: exportType,
    description: "Null where there is none, or none that may be seen.",
    args: { id: { type: new GraphQLNonNull(GraphQLID) } },
    resolve: (_source, { id }: { readonly id: string }, { call, baseUrl }) => orNull(findExport(call, id, baseUrl)),
  },
} satisfies Readonly<Record<string, GraphQLFieldConfig<unknown, GraphqlContext>>>;

function chosen(
  { state, objects, namespace, mine, createdSince, updatedSince }: Omit<ExportsArguments, keyof PageArguments>,
  call: Pick<OrgCall, "timeZone">,
): Pick<Parameters<typeof listExports>[1], "where" | "objects" | "namespace" | "mine"> {
  const instant = (text: string, argument: string): string =>
    convertValue(text, "instant", `/${argument}`, zoneNamed(call.timeZone ?? "UTC")).text;
  const where = [
    ...(said(state) ? [{ state: { $in: state } }] : []),
    ...(said(createdSince) ? [{ created: { $gte: instant(createdSince, "createdSince") } }] : []),
    ...(said(updatedSince) ? [changedSince(instant(updatedSince, "updatedSince"))] : []),
  ];
  return {
    ...(where.length === 0 ? {} : { where: { $and: where } }),
    ...(said(objects) ? { objects } : {}),
    ...(said(namespace) ? { namespace } : {}),
    ...(said(mine) ? { mine } : {}),
  };
}

function changedSince(time: string): object {
  const since = { $gte: time };
  return { $or: [{ created: since }, { started: since }, { ended: since }, { state: "expired", expiresAt: since }] };
}
