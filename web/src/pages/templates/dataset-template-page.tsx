// A dataset template: which object type, in which format, with which columns.
import { useSearchParams } from "react-router";
import { DatasetEditor } from "./dataset-editor.tsx";
import type { Dataset } from "./model.ts";
import { readDataset } from "./read-template.ts";
import { TemplateFrame } from "./template-frame.tsx";
import { TemplateLoader } from "./template-loader.tsx";
import { writeDataset } from "./write-template.ts";

export function Page() {
  const [search] = useSearchParams();
  const objects = search.get("objects") ?? "";
  return (
    <TemplateLoader kind="dataset">
      {(newest) => (
        <TemplateFrame<Dataset>
          kind="dataset"
          newest={newest}
          // People open what they make here in spreadsheets.
          initial={() => readDataset({ object: objects, format: "csv", options: { preset: "excel" } })}
          read={readDataset}
          write={writeDataset}
        >
          {(editing) => <DatasetEditor {...editing} />}
        </TemplateFrame>
      )}
    </TemplateLoader>
  );
}
