// What is selected below fields of a document: by the names in the answer, through fragments and aliases.
import {
  type FieldNode,
  getDirectiveValues,
  GraphQLIncludeDirective,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";

/** What a walk through a document needs to know of it. */
export type Document = Pick<GraphQLResolveInfo, "fragments" | "variableValues">;

/** The fields below some that are one in the answer. @returns by their names in the answer, in order */
export function selectedBelow(
  nodes: readonly FieldNode[],
  document: Document,
): ReadonlyMap<string, readonly [FieldNode, ...FieldNode[]]> {
  const found = new Map<string, [FieldNode, ...FieldNode[]]>();
  const seen = new Set<string>();
  const walk = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (isLeftOut(selection, document)) continue;
      if (selection.kind === "Field") {
        const key = (selection.alias ?? selection.name).value;
        const its = found.get(key);
        if (its === undefined) found.set(key, [selection]);
        else its.push(selection);
      } else if (selection.kind === "InlineFragment") {
        walk(selection.selectionSet);
      } else if (!seen.has(selection.name.value)) {
        seen.add(selection.name.value);
        walk(document.fragments[selection.name.value]!.selectionSet);
      }
    }
  };
  for (const { selectionSet } of nodes) if (selectionSet !== undefined) walk(selectionSet);
  return found;
}

function isLeftOut(node: SelectionNode, { variableValues }: Document): boolean {
  return (
    getDirectiveValues(GraphQLSkipDirective, node, variableValues)?.["if"] === true ||
    getDirectiveValues(GraphQLIncludeDirective, node, variableValues)?.["if"] === false
  );
}
