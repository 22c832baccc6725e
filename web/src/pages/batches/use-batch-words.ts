// What is said of a batch by names instead of ids.
import { useTranslation } from "react-i18next";
import type { Batch } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";
import { useObjectTypes } from "../../parts/fields/use-object-types.ts";
import { useNamespaces } from "../../parts/namespaces/use-namespaces.ts";

export interface BatchWords {
  readonly type: (batch: Batch) => string;
  /** Null where it has none. */
  readonly namespace: (batch: Batch) => string | null;
  readonly owner: (batch: Batch) => string;
}

export function useBatchWords(): BatchWords {
  const { t } = useTranslation();
  const { org } = useOrg();
  const types = useObjectTypes();
  const { data: namespaces = [] } = useNamespaces(org);
  const names = new Map(namespaces.map(({ _id, name }) => [_id, name]));
  return {
    type: ({ objects }) => types.get(objects)?.label ?? objects,
    namespace: ({ namespace }) => (namespace === null ? null : (names.get(namespace) ?? "…")),
    owner: ({ owner }) => owner?.name ?? t("batches.ownerGone"),
  };
}
