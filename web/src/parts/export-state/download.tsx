// A link to an archive. It is the browser that downloads, and takes up what broke off; before that it is asked whether it may.
import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { MouseEvent } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import type { Export } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";
import { BASE_PATH } from "../../lib/base-path.ts";
import { useShown } from "../../lib/shown.ts";

/** Where an organisation leaves downloads to its administrators, nobody else is offered any. */
export function useMayDownload(): boolean {
  const { isAdmin, downloads, may } = useOrg();
  return may("exports.download") && (isAdmin || downloads === "owner");
}

/** Asks first, since a refusal would take the reader away from the page. */
export function useDownload(org: string, onProblem: (problem: Error | null) => void) {
  const client = useQueryClient();
  // Of our own host, whatever name it was asked by.
  const pathOf = ({ _id: id }: Export): string => `${BASE_PATH}/${encodeURIComponent(org)}/v2/exports/${id}/data`;
  const { mutate } = useMutation({
    async mutationFn(of: Export) {
      const { _id: id } = of;
      const path = pathOf(of);
      const { ok } = await fetch(path, { method: "HEAD" }).catch(() => ({ ok: false }));
      // The answer to HEAD has no words.
      if (!ok) await api.org.getExportsByIdData({ org, id }, { headers: { range: "bytes=0-0" } });
      return path;
    },
    onMutate: () => onProblem(null),
    onError(problem) {
      onProblem(problem);
      // It may have expired meanwhile, or be gone.
      void client.invalidateQueries({ queryKey: ["exports", org] });
    },
    onSuccess: (path) => window.location.assign(path),
  });
  return (of: Export) => ({
    href: pathOf(of),
    onClick(event: MouseEvent<HTMLAnchorElement>) {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      mutate(of);
    },
  });
}

export interface DownloadProps {
  readonly of: Export;
  readonly org: string;
  readonly onProblem: (problem: Error | null) => void;
}

/** Nothing unless it is ready. */
export function DownloadIcon({ of, org, onProblem }: DownloadProps) {
  const { t } = useTranslation();
  const shown = useShown();
  const link = useDownload(org, onProblem);
  const mayDownload = useMayDownload();
  if (of.dataFile === null || !mayDownload) return null;
  const label = t("exports.actions.downloadIt", { name: of.label ?? of._id, size: shown.bytes(of.dataFile.size) });
  return (
    <Tooltip label={t("exports.actions.download")}>
      <ActionIcon component="a" variant="subtle" aria-label={label} {...link(of)}>
        <IconDownload size={18} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

export function DownloadButton({ of, org, onProblem }: DownloadProps) {
  const { t } = useTranslation();
  const shown = useShown();
  const link = useDownload(org, onProblem);
  const mayDownload = useMayDownload();
  if (of.dataFile === null || !mayDownload) return null;
  return (
    <Button component="a" leftSection={<IconDownload size={18} aria-hidden />} {...link(of)}>
      {t("exports.actions.downloadSize", { size: shown.bytes(of.dataFile.size) })}
    </Button>
  );
}
