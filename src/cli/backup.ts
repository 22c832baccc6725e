// `waybill backup` and `waybill restore`: control database, keys and configuration, together in a folder.
import { Command } from "commander";

/** Options of both commands. */
export interface BackupOptions {
  readonly dataDir: string;
  readonly config: string;
}

function command(name: string, description: string, folder: string): Command {
  return new Command(name)
    .description(description)
    .argument("<folder>", folder)
    .option("--data-dir <folder>", "where Waybill keeps its own data", ".waybill")
    .option("-c, --config <file>", "the configuration", "waybill.yaml");
}

export function backupCommand(): Command {
  return command("backup", "copy control database, keys and configuration into a folder", "where the copy goes").action(
    async (folder: string, options: BackupOptions) => {
      await (await import("./backup-files.ts")).backup(folder, options);
    },
  );
}

export function restoreCommand(): Command {
  return command(
    "restore",
    "put control database, keys and configuration of a backup back",
    "a folder that backup has made",
  ).action(async (folder: string, options: BackupOptions) => {
    await (await import("./backup-files.ts")).restore(folder, options);
  });
}
