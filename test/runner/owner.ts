// A program that orders an export and waits for it: it is killed meanwhile. Its arguments are places and a job, as JSON.
import type { ExportJob, Places } from "../../src/runner/job.ts";
import { openRunner } from "../../src/runner/runner.ts";

const { places, job } = JSON.parse(process.argv[2]!) as { places: Places; job: ExportJob };
const { signal } = new AbortController();
const onProgress = (): void => void process.stdout.write("progress\n");
await openRunner(places).startExport(job, { onProgress, signal, quota: null });
