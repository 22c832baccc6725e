// A template by its address, or a new one.
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useParams } from "react-router";
import type { Template } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";
import { Answer } from "../../parts/answer.tsx";
import { callsOf, type Kind, resourceOf } from "./kinds.ts";

export function TemplateLoader({
  kind,
  children,
}: {
  readonly kind: Kind;
  /** @param newest null for a template that is not kept yet */
  readonly children: (newest: Template | null) => ReactNode;
}) {
  const { id = "new" } = useParams();
  return id === "new" ? (
    children(null)
  ) : (
    <Stored key={id} kind={kind} id={id}>
      {children}
    </Stored>
  );
}

function Stored({
  kind,
  id,
  children,
}: {
  readonly kind: Kind;
  readonly id: string;
  readonly children: (newest: Template | null) => ReactNode;
}) {
  const { org } = useOrg();
  const found = useQuery({
    queryKey: [resourceOf(kind), org, id],
    queryFn: ({ signal }) => callsOf(kind).get({ org, id }, { signal }),
  });
  return <Answer of={found}>{children}</Answer>;
}
