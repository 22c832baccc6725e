// The export dialog with the object type that it is about.
import { useOrg } from "../../frame/org.ts";
import { Answer } from "../answer.tsx";
import { useObjectType } from "../fields/use-path-fields.ts";
import { ExportForm } from "./export-form.tsx";
import type { ExportSubject } from "./subject.ts";

export interface OpenedProps {
  readonly subject: ExportSubject;
  /** Told whether anything was entered that would be lost. */
  readonly onChange: (isChanged: boolean) => void;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

export function OpenedDialog(its: OpenedProps) {
  const { org } = useOrg();
  const found = useObjectType(org, its.subject.object);
  return <Answer of={found}>{(type) => <ExportForm type={type} {...its} />}</Answer>;
}
