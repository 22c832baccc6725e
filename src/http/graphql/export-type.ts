// What GraphQL tells of an export.
import {
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLID,
  GraphQLInt,
  GraphQLList,
  GraphQLObjectType,
  GraphQLString,
} from "graphql";
import type { ExportApproval, ExportFault, ExportState } from "../../control/tables.ts";
import type { ExportFacts } from "../../service/exports/facts.ts";
import type { GraphqlContext } from "./context.ts";
import { BigInteger, DateTime } from "./scalars.ts";
import { required } from "./forward-connections.ts";

/** Whose exports and batches are. */
export const ownerType = new GraphQLObjectType<NonNullable<ExportFacts["owner"]>, GraphqlContext>({
  name: "Owner",
  description: "A person.",
  fields: {
    id: { type: required(GraphQLID) },
    name: { type: GraphQLString, description: "Null when they are gone." },
  },
});

/** By the names that REST has for them. */
const STATES = {
  pending: "It waits: for its turn, for its window, or for somebody's approval.",
  running: "It is being made.",
  ready: "Its archive is there.",
  error: "It failed: its fault says why.",
  cancelled: "Somebody has stopped it.",
  expired: "Its archive's time is over.",
} satisfies Record<ExportState, string>;

export const exportState = new GraphQLEnumType({
  name: "ExportState",
  values: Object.fromEntries(Object.entries(STATES).map(([name, description]) => [name, { description }])),
});

const range = new GraphQLObjectType<NonNullable<ExportFacts["range"]>, GraphqlContext>({
  name: "ExportRange",
  fields: { from: { type: required(GraphQLString) }, to: { type: required(GraphQLString) } },
});

const approval = new GraphQLObjectType<ExportApproval, GraphqlContext>({
  name: "ExportApproval",
  fields: {
    reason: { type: required(GraphQLString) },
    state: { type: required(GraphQLString), description: "`wanted`, `given` or `refused`." },
    person: { type: GraphQLID, description: "The id of whoever said so." },
    at: { type: DateTime },
    note: { type: GraphQLString },
  },
});

const progress = new GraphQLObjectType<ExportFacts["progress"], GraphqlContext>({
  name: "ExportProgress",
  fields: {
    rows: { type: required(BigInteger), resolve: ({ rows }) => String(rows) },
    totalRows: {
      type: BigInteger,
      description: "About how many there will be, where that is known.",
      resolve: ({ totalRows }) => (totalRows === null ? null : String(totalRows)),
    },
    bytes: { type: required(BigInteger), resolve: ({ bytes }) => String(bytes) },
    files: { type: required(BigInteger), resolve: ({ files }) => String(files) },
    rowsPerSecond: { type: GraphQLInt },
    secondsLeft: { type: GraphQLInt },
  },
});

const dataFile = new GraphQLObjectType<NonNullable<ExportFacts["dataFile"]>, GraphqlContext>({
  name: "ExportDataFile",
  fields: {
    url: { type: required(GraphQLString), description: "For whoever may download it, with their session or token." },
    filename: { type: required(GraphQLString) },
    mime: { type: required(GraphQLString) },
    size: { type: required(BigInteger), description: "Bytes.", resolve: ({ size }) => String(size) },
    sha256: { type: required(GraphQLString), description: "Of its bytes, in hexadecimal digits." },
  },
});

const faultPlace = new GraphQLObjectType<NonNullable<ExportFault["places"]>[number], GraphqlContext>({
  name: "ExportFaultPlace",
  fields: {
    pointer: { type: required(GraphQLString), description: "A JSON pointer (RFC 6901)." },
    detail: { type: required(GraphQLString) },
  },
});

const fault = new GraphQLObjectType<ExportFault, GraphqlContext>({
  name: "ExportFault",
  fields: {
    code: { type: required(GraphQLString), description: "Stable." },
    detail: { type: required(GraphQLString), description: "One sentence for people." },
    hint: { type: GraphQLString, description: "What to do about it." },
    places: { type: required(new GraphQLList(required(faultPlace))), resolve: ({ places = [] }) => places },
  },
});

export const exportType = new GraphQLObjectType<ExportFacts, GraphqlContext>({
  name: "Export",
  description: "What was ordered, and what became of it.",
  fields: {
    id: { type: required(GraphQLID), resolve: ({ _id }) => _id },
    label: { type: GraphQLString },
    description: { type: GraphQLString },
    kind: {
      type: required(GraphQLString),
      description: "`table`, `files`, `records`, `analysis`, `template`, `realm` or `aggregate`.",
    },
    state: { type: required(exportState) },
    position: { type: GraphQLInt, description: "Of a pending one its place in the queue, from 1." },
    objects: { type: GraphQLString, description: "The name of the object type; null where only the template knows." },
    batch: { type: GraphQLID, description: "The id of the batch that it is of." },
    template: { type: GraphQLID, description: "The id of the template that it is made by." },
    namespace: { type: GraphQLID, description: "The id of the namespace that it is of." },
    range: { type: range, description: "The days that a realm's export is about, both included." },
    format: { type: required(GraphQLString), description: "A MIME type." },
    owner: { type: ownerType, description: "Whose it is." },
    principal: { type: GraphQLID, description: "The id of whose rights it has, where they are not the owner's." },
    purpose: { type: GraphQLString },
    approval: { type: approval, description: "A second person's word, where the organisation asks for one." },
    notify: { type: required(GraphQLBoolean) },
    language: { type: required(GraphQLString) },
    timeZone: { type: required(GraphQLString) },
    progress: { type: required(progress) },
    created: { type: required(DateTime) },
    startsAt: { type: DateTime, description: "When its window opens; null where it waits for none." },
    dueAt: { type: DateTime, description: "By when it is promised to be done." },
    started: { type: DateTime },
    ended: { type: DateTime },
    expiresAt: { type: DateTime },
    snapshotAt: { type: DateTime, description: "When the source was read: all of it is as it was at that moment." },
    attempt: { type: required(GraphQLInt) },
    dataFile: { type: dataFile, description: "Its archive; null until it is ready, and when its time is over." },
    fault: { type: fault, description: "Why it failed." },
    problems: {
      type: required(BigInteger),
      description: "How many values, files and records are not as they should be, or are not there.",
      resolve: ({ problems }) => String(problems),
    },
    resubmitOf: { type: GraphQLID, description: "The id of the export that it repeats." },
    url: {
      type: required(GraphQLString),
      description: "Its page, for people.",
      resolve: ({ _id }, _args, { call, baseUrl }) => `${baseUrl}/${call.access.at.org}/exports/${_id}`,
    },
  },
});
