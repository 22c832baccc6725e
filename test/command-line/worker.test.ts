// `waybill worker` and `waybill run-due`: exports without the API beside them.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { createDatabase } from "../setup/postgres.ts";
import { emptyFolder, PROGRAM, shell, waybill } from "./program.ts";
import { post, start, stopped } from "./serving.ts";

const PATIENCE = 120_000;
/** Never while the test runs. */
const FAR = "0 3 29 2 *";

interface Shown {
  readonly _id: string;
  readonly state: string;
  readonly dataFile: { readonly url: string } | null;
}

/** A folder with a source of ten samples, an administrator, and their token. */
async function aLab(
  more: string,
  env: Record<string, string> = {},
): Promise<{ folder: string; authorization: string }> {
  const folder = emptyFolder();
  const db = new DatabaseSync(join(folder, "lab.db"));
  db.exec(`create table samples (id integer primary key, name text);
    with recursive n (i) as (select 1 union all select i + 1 from n where i < 10)
    insert into samples select i, 'sample ' || i from n`);
  db.close();
  writeFileSync(
    join(folder, "waybill.yaml"),
    `orgs:\n  lab:\n    sources: { main: { url: "sqlite:lab.db" } }\n${more}`,
  );
  const set = Object.entries(env).map(([name, value]) => `export ${name}='${value}'; `);
  const add = "$WAYBILL user add ada@example.org --org lab --admin --password-stdin <<< 'four words by chance'";
  const token = "$WAYBILL token create t --user ada@example.org --scope read,export,admin";
  const { code, stdout, stderr } = await shell(`${set.join("")}${add} && ${token}`, folder);
  expect(code, stderr).toBe(0);
  return { folder, authorization: `Bearer ${stdout.toString().trim().split("\n").at(-1)}` };
}

test(
  "a worker alone runs what a service has queued, and hands back what it has when it stops",
  { timeout: PATIENCE },
  async () => {
    const database = await createDatabase();
    onTestFinished(() => database.drop());
    const env = { DATABASE_URL: database.url };
    const { folder, authorization } = await aLab("", env);
    const service = await start(folder, env, ["--exports", "0"]);
    const ask = async (path: string): Promise<Shown> =>
      (await (await fetch(`${service.url}/lab/v2/exports/${path}`, { headers: { authorization } })).json()) as Shown;
    const ordered = await post(
      `${service.url}/lab/v2/exports`,
      { objects: "samples", format: "csv" },
      { authorization },
    );
    expect(ordered.status).toBe(201);
    const { _id } = (await ordered.json()) as Shown;
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(await ask(_id)).toMatchObject({ state: "pending", position: 1 });

    const worker = spawn(process.execPath, [PROGRAM, "worker"], {
      cwd: folder,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "inherit"],
    });
    onTestFinished(() => void worker.kill("SIGKILL"));
    const [hello] = (await once(worker.stdout.setEncoding("utf8"), "data")) as [string];
    expect(hello).toMatch(/^Waybill [\d.]+ runs up to 2 exports at a time, of lab\.\n$/);
    await expect.poll(async () => (await ask(_id)).state, { timeout: 20_000 }).toBe("ready");
    const data = await fetch(`${service.url}/lab/v2/exports/${_id}/data`, { headers: { authorization } });
    expect(data.status).toBe(200);
    expect(
      Buffer.from(await data.arrayBuffer())
        .subarray(0, 4)
        .toString("latin1"),
    ).toBe("PK\x03\x04");
    const ended = once(worker, "exit");
    worker.kill("SIGTERM");
    expect((await ended)[0]).toBe(0);
    expect(await stopped(service)).toBe(0);
  },
);

test(
  "run-due fulfils what waits for its window, and says before what that would be",
  { timeout: PATIENCE },
  async () => {
    const { folder, authorization } = await aLab(`    window: "${FAR}"\n`);
    const service = await start(folder, {});
    const ordered = await Promise.all(
      ["First", "Second"].map((label) =>
        post(
          `${service.url}/lab/v2/exports`,
          { objects: "samples", format: "csv", label, join: false },
          { authorization },
        ),
      ),
    );
    for (const { status } of ordered) expect(status).toBe(201);
    expect(await stopped(service)).toBe(0);

    const dry = await waybill(["run-due", "--dry-run"], folder);
    expect(dry.code, dry.stderr).toBe(0);
    const lines = dry.stdout.toString().trim().split("\n");
    expect(lines[0]).toMatch(/^ORG +ID +LABEL +OBJECTS +OWNER +CREATED +STARTS +DUE$/);
    expect(lines).toHaveLength(3);
    expect(lines.slice(1).join("\n")).toMatch(/First[\s\S]*-02-29 03:00 UTC/);

    const run = await waybill(["run-due"], folder);
    expect(run.code, run.stderr).toBe(0);
    expect(run.stdout.toString()).toMatch(
      /^(?:lab [0-9a-f-]{36} \((?:First|Second)\): ready, 10 rows, \d+ bytes\n){2}$/,
    );
    const again = await waybill(["run-due"], folder);
    expect(again).toMatchObject({ code: 0, stdout: Buffer.from("No request waits for a window.\n") });
  },
);

test("run-due says what failed, and why", { timeout: PATIENCE }, async () => {
  const { folder, authorization } = await aLab(`    window: "${FAR}"\n`);
  const service = await start(folder, {});
  await post(`${service.url}/lab/v2/exports`, { objects: "samples", format: "csv", label: "Lost" }, { authorization });
  expect(await stopped(service)).toBe(0);
  const db = new DatabaseSync(join(folder, "lab.db"));
  db.exec("drop table samples");
  db.close();
  const run = await waybill(["run-due"], folder);
  expect(run.code).toBe(1);
  expect(run.stdout.toString()).toMatch(/\(Lost\): error: /);
  expect(run.stderr).toContain("1 of 1 requests were not fulfilled.");
});

test("what is wrong is said in plain words", { timeout: PATIENCE }, async () => {
  const folder = emptyFolder();
  const cases: readonly [string, RegExp, number][] = [
    ["$WAYBILL worker", /A worker alone needs the control database of its service\.\n {2}Set DATABASE_URL/, 2],
    ["DATABASE_URL=postgres://127.0.0.1:1/x $WAYBILL worker", /There is no configuration\./, 2],
    ["$WAYBILL worker --exports 0", /--exports needs a whole number from 1 to 100\./, 2],
    ["$WAYBILL run-due", /There is no configuration\./, 2],
    ["$WAYBILL serve --exports many", /--exports needs a whole number from 0 to 100\./, 2],
  ];
  for (const [line, message, code] of cases) {
    const run = await shell(`export DATABASE_URL=; ${line}`, folder);
    expect(run.stderr).toMatch(message);
    expect(run.code, line).toBe(code);
  }
});
