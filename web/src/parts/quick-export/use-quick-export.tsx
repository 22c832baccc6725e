// Orders an export, and tells about it beside the page until it can be downloaded.
import { notifications } from "@mantine/notifications";
import { QueryClientProvider, useMutation, type UseMutationResult, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { api } from "../../api/client.ts";
import type { Export } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";
import { useIdempotencyKey } from "../../lib/idempotency-key.ts";
import { TimeZoneContext, useTimeZone } from "../../lib/time-zone.ts";
import { QuickExportState } from "./quick-export-state.tsx";
import type { ExportOrder } from "./ways.ts";

export function useQuickExport(): UseMutationResult<Export, unknown, ExportOrder> {
  const { t, i18n } = useTranslation();
  const { org } = useOrg();
  const timeZone = useTimeZone();
  const client = useQueryClient();
  const navigate = useNavigate();
  const keyOf = useIdempotencyKey();
  return useMutation({
    mutationFn(order: ExportOrder) {
      const body = { language: i18n.language, timeZone, ...order };
      return api.org.postExports({ org }, body, { headers: { "idempotency-key": keyOf(body) } });
    },
    onSuccess(ordered) {
      void client.invalidateQueries({ queryKey: ["exports", org] });
      const id = `export-${ordered._id}`;
      notifications.show({
        id,
        title: t("records.download.title"),
        autoClose: false,
        withBorder: true,
        closeButtonProps: { "aria-label": t("common.close") },
        // Notifications are shown outside of what pages have around them.
        message: (
          <QueryClientProvider client={client}>
            <TimeZoneContext value={timeZone}>
              <QuickExportState
                org={org}
                ordered={ordered}
                onOpen={() => {
                  notifications.hide(id);
                  void navigate(`/${org}/exports/${ordered._id}`);
                }}
              />
            </TimeZoneContext>
          </QueryClientProvider>
        ),
      });
    },
  });
}
