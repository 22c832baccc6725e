// An export template: datasets in their order, and the archive that they go into.
import { BundleEditor } from "./bundle-editor.tsx";
import type { Bundle } from "./model.ts";
import { readBundle } from "./read-template.ts";
import { TemplateFrame } from "./template-frame.tsx";
import { TemplateLoader } from "./template-loader.tsx";
import { writeBundle } from "./write-template.ts";

export function Page() {
  return (
    <TemplateLoader kind="export">
      {(newest) => (
        <TemplateFrame<Bundle>
          kind="export"
          newest={newest}
          initial={() => readBundle({})}
          read={readBundle}
          write={writeBundle}
        >
          {(editing) => <BundleEditor {...editing} />}
        </TemplateFrame>
      )}
    </TemplateLoader>
  );
}
