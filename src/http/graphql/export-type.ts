// What GraphQL tells of an export.
import {
  GraphQLBoolean,
  type GraphQLEnumType,
  GraphQLID,
  GraphQLInt,
  GraphQLList,
  GraphQLObjectType,
  GraphQLString,
} from "graphql";
import type { ExportApproval, ExportFault } from "../../control/tables.ts";
import type { ExportFacts } from "../../service/exports/facts.ts";
import type { GraphqlContext } from "./context.ts";
import { required, type SharedTypes } from "./service-lists.ts";

type Part<Source> = GraphQLObjectType<Source, GraphqlContext>;

/** Of exports, batches: whose they are. */
export function ownerType(): Part<NonNullable<ExportFacts["owner"]>> {
  return new GraphQLObjectType({
    name: "Owner",
    description: "A person.",
    fields: {
      id: { type: required(GraphQLID) },
      name: { type: GraphQLString, description: "Null when they are gone." },
    },
  });
}

export function exportType(shared: SharedTypes, owner: GraphQLObjectType, state: GraphQLEnumType): Part<ExportFacts> {
  const { dateTime } = shared;
  const time = (description: string) => ({ type: dateTime, description });
  return new GraphQLObjectType<ExportFacts, GraphqlContext>({
    name: "Export",
    description: "What was ordered, and what became of it.",
    fields: {
      id: { type: required(GraphQLID), resolve: ({ _id }) => _id },
      label: { type: GraphQLString },
      description: { type: GraphQLString },
      kind: {
        type: required(GraphQLString),
        description: "`table`, `files`, `records`, `analysis`, `template`, `realm`, `aggregate`.",
      },
      state: { type: required(state) },
      position: { type: GraphQLInt, description: "Of a pending one its place in the queue, from 1." },
      objects: { type: GraphQLString, description: "The name of the object type; null where only the template knows." },
      batch: { type: GraphQLID, description: "The id of the batch that it is of." },
      template: { type: GraphQLID, description: "The id of the template that it is made by." },
      namespace: { type: GraphQLID, description: "The id of the namespace that it is of." },
      range: { type: rangeType(), description: "The days that a realm's export is about, both included." },
      format: { type: required(GraphQLString), description: "A MIME type." },
      owner: { type: owner, description: "Whose it is." },
      principal: { type: GraphQLID, description: "The id of whose rights it has, where they are not the owner's." },
      purpose: { type: GraphQLString },
      approval: {
        type: approvalType(shared),
        description: "A second person's word, where the organisation asks for one.",
      },
      notify: { type: required(GraphQLBoolean) },
      language: { type: required(GraphQLString) },
      timeZone: { type: required(GraphQLString) },
      progress: { type: required(progressType(shared)) },
      created: { type: required(dateTime) },
      startsAt: time("When its window opens; null where it waits for none."),
      dueAt: time("By when it is promised to be done."),
      started: { type: dateTime },
      ended: { type: dateTime },
      expiresAt: { type: dateTime },
      snapshotAt: time("When the source was read: all of it is as it was at that moment."),
      attempt: { type: required(GraphQLInt) },
      dataFile: {
        type: dataFileType(shared),
        description: "Its archive; null until it is ready, and when its time is over.",
      },
      fault: { type: faultType(), description: "Why it failed." },
      problems: {
        ...big(shared),
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
}

function big({ bigInt }: SharedTypes) {
  return { type: required(bigInt) };
}

function rangeType(): Part<NonNullable<ExportFacts["range"]>> {
  return new GraphQLObjectType({
    name: "ExportRange",
    fields: { from: { type: required(GraphQLString) }, to: { type: required(GraphQLString) } },
  });
}

function approvalType({ dateTime }: SharedTypes): Part<ExportApproval> {
  return new GraphQLObjectType({
    name: "ExportApproval",
    fields: {
      reason: { type: required(GraphQLString) },
      state: { type: required(GraphQLString), description: "`wanted`, `given` or `refused`." },
      person: { type: GraphQLID, description: "The id of whoever said so." },
      at: { type: dateTime },
      note: { type: GraphQLString },
    },
  });
}

function progressType(shared: SharedTypes): Part<ExportFacts["progress"]> {
  return new GraphQLObjectType<ExportFacts["progress"], GraphqlContext>({
    name: "ExportProgress",
    fields: {
      rows: { ...big(shared), resolve: ({ rows }) => String(rows) },
      totalRows: {
        type: shared.bigInt,
        description: "About how many there will be, where that is known.",
        resolve: ({ totalRows }) => (totalRows === null ? null : String(totalRows)),
      },
      bytes: { ...big(shared), resolve: ({ bytes }) => String(bytes) },
      files: { ...big(shared), resolve: ({ files }) => String(files) },
      rowsPerSecond: { type: GraphQLInt },
      secondsLeft: { type: GraphQLInt },
    },
  });
}

function dataFileType(shared: SharedTypes): Part<NonNullable<ExportFacts["dataFile"]>> {
  return new GraphQLObjectType<NonNullable<ExportFacts["dataFile"]>, GraphqlContext>({
    name: "ExportDataFile",
    fields: {
      url: { type: required(GraphQLString), description: "For whoever may download it, with their session or token." },
      filename: { type: required(GraphQLString) },
      mime: { type: required(GraphQLString) },
      size: { ...big(shared), description: "Bytes.", resolve: ({ size }) => String(size) },
      sha256: { type: required(GraphQLString), description: "Of its bytes, in hexadecimal digits." },
    },
  });
}

function faultType(): Part<ExportFault> {
  const place = new GraphQLObjectType<NonNullable<ExportFault["places"]>[number], GraphqlContext>({
    name: "ExportFaultPlace",
    fields: {
      pointer: { type: required(GraphQLString), description: "A JSON pointer (RFC 6901)." },
      detail: { type: required(GraphQLString) },
    },
  });
  return new GraphQLObjectType<ExportFault, GraphqlContext>({
    name: "ExportFault",
    fields: {
      code: { type: required(GraphQLString), description: "Stable." },
      detail: { type: required(GraphQLString), description: "One sentence for people." },
      hint: { type: GraphQLString, description: "What to do about it." },
      places: {
        type: required(new GraphQLList(required(place))),
        resolve: ({ places = [] }) => places,
      },
    },
  });
}
