// Where a namespace is to be: below another, or at the top.
import { Button, Checkbox, Group, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../api/client.ts";
import type { Namespace } from "../../../api/generated.ts";
import { useOrg } from "../../../frame/org.ts";
import { besides, problemAt } from "../../../lib/field-problem.ts";
import { Problem } from "../../../parts/problem.tsx";
import { NamespaceSelect } from "./namespace-select.tsx";
import { isManaged, type NamespaceTree } from "../../../parts/namespaces/use-namespace-tree.ts";

export function MoveForm({
  namespace,
  tree,
  onDone,
  onCancel,
}: {
  readonly namespace: Namespace;
  readonly tree: NamespaceTree;
  readonly onDone: () => Promise<unknown>;
  readonly onCancel: () => void;
}) {
  const { t } = useTranslation();
  const { org, isAdmin } = useOrg();
  const [isTop, setTop] = useState(namespace.parent === null);
  const [parent, setParent] = useState(namespace.parent);
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => api.org.patchNamespacesById({ org, id: namespace._id }, { parent: isTop ? null : parent }),
    onSuccess: onDone,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    mutate();
  };
  const isWithin = (id: string | null): boolean =>
    id !== null && (id === namespace._id || isWithin(tree.byId.get(id)?.parent ?? null));
  const apart = besides(error, ["/parent"]);
  return (
    <form onSubmit={submit}>
      <Stack>
        {isAdmin ? (
          <Checkbox
            label={t("people.namespace.top")}
            checked={isTop}
            onChange={(event) => setTop(event.currentTarget.checked)}
          />
        ) : null}
        {isTop ? null : (
          <NamespaceSelect
            label={t("people.namespace.parent")}
            placeholder={t("people.namespaces.search")}
            tree={tree}
            offered={(it) => isManaged(it) && !isWithin(it._id)}
            value={parent}
            error={problemAt(error, "/parent")}
            onChange={setParent}
          />
        )}
        <Text size="sm" c="dimmed">
          {t("people.namespace.moveHint")}
        </Text>
        {apart === null ? null : <Problem error={apart} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" loading={isPending} disabled={!isTop && parent === null}>
            {t("people.namespace.moveAction")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
