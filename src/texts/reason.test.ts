import { expect, test } from "vitest";
import { sentence } from "../lib/sentence.ts";
import { detailIn, reasonIn } from "./reason.ts";

const words = {
  detail: sentence`More than ${12_345} records have these values.`,
  hint: sentence`Order the export again.`,
};
const told = { detail: "More than 12,345 records have these values.", hint: "Order the export again." };

test("a reason is said by its sentences, then by its code, and in English where there is neither", () => {
  expect(reasonIn("fr", { code: "internal", ...told, words })).toEqual({
    reason: "Plus de 12\u202F345 enregistrements ont ces valeurs.",
    hint: "Redemandez l’export.",
  });
  const { reason, hint } = reasonIn("fr", { code: "internal", ...told });
  expect([reason, hint]).toEqual([expect.stringMatching(/^Quelque chose n’a pas fonctionné/), null]);
  // Who is to mend it loses no detail to that.
  expect(detailIn("fr", { code: "internal", ...told })).toEqual({ reason: told.detail, hint: told.hint });
  expect(detailIn("fr", { code: "internal", ...told, words }).reason).toMatch(/^Plus de/);
  const english = { reason: told.detail, hint: told.hint };
  expect(reasonIn("fr", { code: "constructor", ...told })).toEqual(english);
  expect(reasonIn("fr", { code: "unheard-of", ...told, words: { detail: sentence`Never said.` } })).toEqual(english);
  expect(reasonIn("en", { code: "internal", ...told, words })).toEqual(english);
  expect(reasonIn("en", { code: "internal", detail: "Alone." })).toEqual({ reason: "Alone.", hint: null });
});
