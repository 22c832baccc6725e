// What each step of the dialog is given.
import type { ObjectTypeWithFields } from "../../api/generated.ts";
import type { Draft } from "./draft.ts";
import type { ExportSubject } from "./subject.ts";

export interface StepProps {
  readonly subject: ExportSubject;
  readonly type: ObjectTypeWithFields;
  readonly draft: Draft;
  readonly change: (change: Partial<Draft>) => void;
  /** What the server said of the request. */
  readonly problem: unknown;
}
