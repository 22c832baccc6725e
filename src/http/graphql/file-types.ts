// Attached files of a record.
import {
  GraphQLBoolean,
  GraphQLFloat,
  type GraphQLFieldConfigArgumentMap,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLString,
} from "graphql";
import type { TreeFile, TreeFiles } from "../../service/records/tree.ts";
import { MOST_SIZE, USUAL_SIZE } from "./connections.ts";
import { part } from "./parts.ts";
import type { Context } from "./reading.ts";

/** Files, and whose they are. */
export interface FilesAt {
  readonly its: TreeFiles;
  readonly object: string;
  /** The record's key; null where it may not be told. */
  readonly key: string | null;
  /** What they are called in the configuration. */
  readonly name: string;
}

interface FileAt extends Omit<FilesAt, "its"> {
  readonly file: TreeFile;
}

export const FILES_ARGS: GraphQLFieldConfigArgumentMap = {
  first: { type: GraphQLInt, description: `How many: 1 to ${MOST_SIZE}; ${USUAL_SIZE} when absent.` },
};

const fileType = new GraphQLObjectType<FileAt, Context>({
  name: "File",
  description: "A file that belongs to a record.",
  fields: {
    name: { type: new GraphQLNonNull(GraphQLString), resolve: ({ file }) => file.name },
    format: {
      type: new GraphQLNonNull(GraphQLString),
      description: "What it is, as far as its name tells: `fastq`, `pdf`, `unknown`.",
      resolve: ({ file }) => file.format,
    },
    size: { type: GraphQLFloat, description: "Bytes, where that is recorded.", resolve: ({ file }) => file.size },
    sha256: {
      type: GraphQLString,
      description: "The checksum of its bytes, which are read for it: ask for few. Null where they cannot be read.",
      extensions: part({ kind: "checksum" }),
      resolve: ({ file, object, name }, _args, { problems }) => {
        if (file.problem !== null) problems.add(object, name, file.problem);
        return file.sha256;
      },
    },
    url: {
      type: GraphQLString,
      description:
        "A link to its bytes: good for an hour, for whoever has it. Null where the record has no key that may be told.",
      resolve: ({ file, object, key, name }, _args, context) =>
        key === null ? null : context.fileLink({ object, key, files: name, file: file.at }),
    },
  },
});

export const filesType = new GraphQLObjectType<FilesAt, Context>({
  name: "Files",
  fields: {
    nodes: {
      type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(fileType))),
      extensions: part({ kind: "items" }),
      resolve: ({ its, ...whose }): FileAt[] => its.files.map((file) => ({ ...whose, file })),
    },
    hasMore: { type: new GraphQLNonNull(GraphQLBoolean), resolve: ({ its }) => its.hasMore },
  },
});
