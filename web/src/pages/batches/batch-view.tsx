// A batch with what is known of it, and what can be done with it.
import { Button } from "@mantine/core";
import { IconFileExport, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { Batch } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";
import { useObjectType } from "../../parts/fields/use-path-fields.ts";
import { ExportDialog } from "../../parts/export-dialog/export-dialog.tsx";
import type { ExportSubject } from "../../parts/export-dialog/subject.ts";
import { PageHead } from "../../parts/page-head.tsx";
import { BatchExports } from "./batch-exports.tsx";
import { BatchFacts } from "./batch-facts.tsx";
import { BatchRecords } from "./batch-records.tsx";
import { DeleteBatch } from "./delete-batch.tsx";

export function BatchView({ batch }: { readonly batch: Batch }) {
  const { t } = useTranslation();
  const { org, may } = useOrg();
  const navigate = useNavigate();
  const [exporting, setExporting] = useState<ExportSubject | null>(null);
  const [deleting, setDeleting] = useState(false);
  const type = useObjectType(org, batch.objects);
  const { _id: id, objects, count } = batch;
  return (
    <>
      <PageHead
        title={batch.name}
        actions={
          <>
            {may("exports.create") ? (
              <Button
                leftSection={<IconFileExport size={16} aria-hidden />}
                onClick={() => setExporting({ object: objects, batch: id, count: { count, exact: true } })}
              >
                {t("batches.newExport")}
              </Button>
            ) : null}
            {may("batches.delete") ? (
              <Button
                variant="default"
                leftSection={<IconTrash size={16} aria-hidden />}
                onClick={() => setDeleting(true)}
              >
                {t("batches.delete.action")}
              </Button>
            ) : null}
          </>
        }
      />
      <BatchFacts batch={batch} type={type.data} />
      {may("exports.see") ? <BatchExports batch={batch} /> : null}
      <BatchRecords batch={batch} type={type.data} />
      <ExportDialog subject={exporting} onClose={() => setExporting(null)} />
      <DeleteBatch
        batch={deleting ? batch : null}
        onClose={() => setDeleting(false)}
        onDone={() => void navigate(`/${org}/batches`, { replace: true })}
      />
    </>
  );
}
