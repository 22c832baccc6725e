// The page to write GraphQL in.

export const graphql = {
  title: "GraphQL",
  detail: "Read records one by one, with what belongs to them. Programs use the same address, with a token.",
  schema: "Schema (SDL)",
  editor: "GraphQL editor",
  example: "Press Ctrl+Enter to run this.\nThe documentation beside it has all types and fields.",
};
