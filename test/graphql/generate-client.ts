// Makes a typed client of a schema and a program's documents, as graphql-codegen does for anybody: in a process of its own.
import { readFileSync, writeFileSync } from "node:fs";
import { codegen } from "@graphql-codegen/core";
import * as typedDocumentNode from "@graphql-codegen/typed-document-node";
import * as typescript from "@graphql-codegen/typescript";
import * as operations from "@graphql-codegen/typescript-operations";
import { buildSchema, parse } from "graphql";

const [schemaFile = "", documentFile = "", output = ""] = process.argv.slice(2);
const schema = readFileSync(schemaFile, "utf8");
const client = await codegen({
  schema: parse(schema),
  schemaAst: buildSchema(schema),
  documents: [{ location: documentFile, document: parse(readFileSync(documentFile, "utf8")) }],
  filename: output,
  config: { useTypeImports: true, enumsAsTypes: true },
  plugins: [{ typescript: {} }, { operations: {} }, { typedDocumentNode: {} }],
  pluginMap: { typescript, operations, typedDocumentNode },
});
writeFileSync(output, client);
