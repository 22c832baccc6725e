// Says that the server does not answer, asks again by itself, and has everything loaded anew once it does.
import { Alert } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, onReachable } from "../api/client.ts";

/** Milliseconds between attempts. */
const ASK_AGAIN = 4000;

export function OfflineBar() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [isOffline, setOffline] = useState(false);
  useEffect(() => {
    let wasThere = true;
    return onReachable((isThere) => {
      setOffline(!isThere);
      if (isThere && !wasThere) void client.invalidateQueries();
      wasThere = isThere;
    });
  }, [client]);
  useQuery({
    queryKey: ["service", "is-there"],
    queryFn: ({ signal }) => api.api.getService({ signal }),
    enabled: isOffline,
    refetchInterval: ASK_AGAIN,
    refetchIntervalInBackground: true,
    retry: false,
    gcTime: 0,
  });
  return (
    <div role="status">
      {isOffline ? (
        <Alert color="yellow" icon={<IconPlugConnectedX aria-hidden />} mb="md" title={t("common.problem.away")}>
          {t("common.problem.awayDetail")}
        </Alert>
      ) : null}
    </div>
  );
}
