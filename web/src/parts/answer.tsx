// What a query gave: its data, what went wrong, or that it is on its way.
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ApiProblem } from "../api/problem.ts";
import { Loading } from "./loading.tsx";
import { NotFound } from "./not-found.tsx";
import { Problem } from "./problem.tsx";

/** Data that is there stays, with the problem above it, when loading it anew has failed. */
export function Answer<Data>({
  of: { data, error, refetch },
  children,
}: {
  readonly of: UseQueryResult<Data>;
  readonly children: (data: Data) => ReactNode;
}) {
  const problem =
    error === null ? null : error instanceof ApiProblem && error.status === 404 ? (
      <NotFound />
    ) : (
      <Problem error={error} retry={() => void refetch()} />
    );
  if (data === undefined) return problem ?? <Loading />;
  return (
    <>
      {problem}
      {children(data)}
    </>
  );
}
