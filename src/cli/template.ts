// `waybill template`: what a template gives, checked against the catalog; and its fields pinned.
import { Command } from "commander";
import type { CatalogOptions } from "./open-catalog.ts";

export interface TemplateCommandOptions extends CatalogOptions {
  readonly as?: string;
  readonly pin?: true;
}

export function templateCommand(): Command {
  return new Command("template")
    .description("check a template, and show what it gives")
    .argument("<file.json>", "a dataset template or an export template")
    .option("-s, --source <url>", "postgres://user@host/database, mysql://…, sqlite:file.db or files:folder")
    .option("-c, --config <file>", "the configuration (else ./waybill.yaml, where no source is named)")
    .option("--org <code>", "the organisation, where the configuration has several")
    .option("--as <principal>", "what this person may see: an e-mail address, an id, or JSON")
    .option("--pin", "write the stable ids and types of its fields into the file")
    .option("--language <code>", "the language of labels, as fr", "en")
    .action(async (file: string, options: TemplateCommandOptions) => {
      // Reading templates takes a moment to load, which other commands need not pay for.
      await (await import("./show-template.ts")).showTemplate(file, options);
    });
}
