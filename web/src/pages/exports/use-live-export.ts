// An export as it is now: told by the server while it waits or runs (server-sent events), else asked for.
import { useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api } from "../../api/client.ts";
import type { Export } from "../../api/generated.ts";
import { BASE_PATH } from "../../lib/base-path.ts";
import { isUnderWay } from "../../parts/export-state/shown-state.ts";

export type ExportDetails = Awaited<ReturnType<typeof api.org.getExportsById>>;

/** Milliseconds between looks where events do not come through, as behind some proxies. */
const LOOK = 2000;
/** After its end, mails and scripts follow; they are looked for so often, and for so long. */
const AFTERWARDS = 4000;
const AFTERWARDS_FOR = 30_000;
/** A day: browsers count no further than some weeks. */
const LONGEST = 86_400_000;
/** Milliseconds until events are tried again, where they were refused. */
const AGAIN = 15_000;

export function useLiveExport(org: string, id: string): UseQueryResult<ExportDetails> {
  const client = useQueryClient();
  const [connected, setConnected] = useState(false);
  const found = useQuery({
    queryKey: ["exports", org, "one", id],
    queryFn: ({ signal }) => api.org.getExportsById({ org, id }, { signal }),
    refetchInterval({ state: { data } }) {
      if (data === undefined) return false;
      if (isUnderWay(data)) return connected ? false : LOOK;
      if (data.ended !== null && Date.now() - new Date(data.ended).getTime() < AFTERWARDS_FOR) return AFTERWARDS;
      // Its archive expires, and is then swept away.
      if (data.state !== "ready" || data.expiresAt === null) return false;
      return Math.min(LONGEST, Math.max(AFTERWARDS, new Date(data.expiresAt).getTime() - Date.now()));
    },
  });
  const underWay = found.data !== undefined && isUnderWay(found.data);
  useEffect(() => {
    if (!underWay) return;
    const queryKey = ["exports", org, "one", id];
    const lookAnew = (): void => void client.invalidateQueries({ queryKey: ["exports", org] });
    const listen = (): EventSource => {
      const its = new EventSource(`${BASE_PATH}/${encodeURIComponent(org)}/v2/exports/${id}/events`);
      its.addEventListener("open", () => setConnected(true));
      its.addEventListener("export", ({ data }: MessageEvent<string>) => {
        const now = JSON.parse(data) as Export;
        const before = client.getQueryData<ExportDetails>(queryKey);
        client.setQueryData<ExportDetails>(queryKey, (all) => (all === undefined ? all : { ...all, ...now }));
        // What else its page shows is not in the event.
        if (before?.state !== now.state || before.approval?.state !== now.approval?.state) lookAnew();
        if (!isUnderWay(now)) its.close();
      });
      its.addEventListener("deleted", () => {
        its.close();
        lookAnew();
      });
      its.addEventListener("error", () => {
        setConnected(false);
        // It comes back by itself, but not where it was refused.
        if (its.readyState === EventSource.CLOSED) later = setTimeout(() => (source = listen()), AGAIN);
      });
      return its;
    };
    let later: ReturnType<typeof setTimeout> | undefined;
    let source = listen();
    return () => {
      clearTimeout(later);
      source.close();
      setConnected(false);
    };
  }, [underWay, org, id, client]);
  return found;
}
