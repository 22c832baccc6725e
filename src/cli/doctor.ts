// `waybill doctor`: checks what is configured, and says what to do.
import { Command } from "commander";
import { failure, usageError } from "../lib/errors.ts";
import { printable } from "../lib/printable.ts";
import type { Finding } from "./diagnose.ts";
import { interruptible } from "./interrupt.ts";
import { configFile } from "./open-catalog.ts";

const MARKS = { ok: "ok      ", warning: "look at ", problem: "PROBLEM " } as const;

export function doctorCommand(): Command {
  return new Command("doctor")
    .description("check the configuration and everything it names, and say what to do")
    .option("-s, --source <url>", "check this source only")
    .option("-c, --config <file>", "the configuration (else ./waybill.yaml)")
    .option("--json", "one JSON object a line")
    .action(async (options: { source?: string; config?: string; json?: true }) => {
      const { source, config, json } = options;
      if (source !== undefined && config !== undefined) {
        throw usageError("command-line", "--source needs no configuration.", { hint: "Leave out --config." });
      }
      const { diagnoseConfig, diagnoseSource } = await import("./diagnose.ts");
      const levels = await interruptible(async (signal) => {
        const seen: Finding["level"][] = [];
        const findings =
          source === undefined ? diagnoseConfig(await configFile(config), signal) : diagnoseSource(source, signal);
        for await (const finding of findings) {
          seen.push(finding.level);
          process.stdout.write(json === true ? `${JSON.stringify(finding)}\n` : lineOf(finding));
        }
        return seen;
      });
      const problems = levels.filter((it) => it === "problem").length;
      if (problems === 0) {
        if (json !== true) process.stdout.write("\nAll is well.\n");
        return;
      }
      throw failure("not-well", `${problems === 1 ? "One problem was" : `${problems} problems were`} found.`, {
        hint: "Begin with the first: others may follow from it.",
      });
    });
}

function lineOf({ level, detail, hint }: Finding): string {
  const advice = hint === undefined ? "" : `\n        ${printable(hint)}`;
  return `${MARKS[level]}${printable(detail)}${advice}\n`;
}
