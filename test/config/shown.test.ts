// How a wrong configuration looks on a terminal.
import { expect, test, vi } from "vitest";
import { showError } from "../../src/cli/show-error.ts";
import { file, refusalOf } from "./example.ts";

test("each problem has its line, with what to do", async () => {
  const error = await refusalOf(
    "orgs:\n  lab:\n    sorces: {}\n    retention: \u001b[2J\n    timeZone: Mars\n    concurency: 1\n",
  );
  const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const code = showError(error);
  const text = write.mock.calls.map(([it]) => String(it).replaceAll(file, "waybill.yaml")).join("");
  write.mockRestore();
  expect(code).toBe(2);
  expect(text).toBe(
    [
      'waybill: waybill.yaml:3:5: unknown key "sorces" in lab.',
      "  Did you mean sources?",
      "waybill.yaml:4:16: lab.retention: expected an ISO 8601 duration, as P7D, P1Y or PT12H, found other text.",
      'waybill.yaml:5:15: lab.timeZone: expected a time zone of the IANA database, as Europe/Paris, found "Mars".',
      'waybill.yaml:6:5: unknown key "concurency" in lab. Did you mean concurrency?',
      "",
    ].join("\n"),
  );
});
