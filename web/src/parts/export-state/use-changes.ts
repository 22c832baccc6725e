// What is done with exports that are there: each change is followed by a look at all of them.
import { type Query, useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import type { Export } from "../../api/generated.ts";

export function useExportChanges(org: string) {
  const client = useQueryClient();
  const onSettled = (): Promise<void> => client.invalidateQueries({ queryKey: ["exports", org] });
  const resubmit = useMutation({
    mutationFn: (id: string): Promise<Export> => api.org.postExportsByIdResubmit({ org, id }),
    onSettled,
  });
  const cancel = useMutation({
    mutationFn: (id: string) => api.org.postExportsByIdCancel({ org, id }),
    onSettled,
  });
  const remove = async (ids: readonly string[]): Promise<void> => {
    try {
      // So many fit into an address, and into a call.
      for (let from = 0; from < ids.length; from += 100) {
        await api.org.deleteExports({ org, ids: ids.slice(from, from + 100).join(",") });
      }
    } finally {
      // A page of one of them would find nothing.
      const isThere = ({ queryKey }: Query): boolean => !ids.includes(String(queryKey[3]));
      void client.invalidateQueries({ queryKey: ["exports", org], predicate: isThere });
    }
  };
  /** @returns how many there were */
  const removeExpired = async (): Promise<number> => {
    try {
      return (await api.org.deleteExports({ org, state: "expired" })).deleted;
    } finally {
      void onSettled();
    }
  };
  return { resubmit, cancel, remove, removeExpired };
}
