// The parts of a document that was parsed, and not yet compared with a schema: nothing in it need fit.
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";

export type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

export function operationsOf({ definitions }: DocumentNode): OperationDefinitionNode[] {
  return definitions.filter((it) => it.kind === Kind.OPERATION_DEFINITION);
}

export function fragmentsOf({ definitions }: DocumentNode): Fragments {
  return new Map(
    definitions.flatMap((it) => (it.kind === Kind.FRAGMENT_DEFINITION ? [[it.name.value, it] as const] : [])),
  );
}

/** The fields that a selection begins with; those in fragments once, however often they are spread. */
export function firstFields(
  { selections }: SelectionSetNode,
  fragments: Fragments,
  seen: Set<string> = new Set(),
): readonly FieldNode[] {
  return selections.flatMap((it): readonly FieldNode[] => {
    if (it.kind === Kind.FIELD) return [it];
    if (it.kind === Kind.INLINE_FRAGMENT) return firstFields(it.selectionSet, fragments, seen);
    const { value: name } = it.name;
    const fragment = seen.has(name) ? undefined : fragments.get(name);
    seen.add(name);
    return fragment === undefined ? [] : firstFields(fragment.selectionSet, fragments, seen);
  });
}
