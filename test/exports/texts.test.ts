// Texts of people in exports: kept as they are, refused at their place where nothing can keep them, and harmless in names.
import { beforeAll, describe, expect, test } from "vitest";
import { aWorld, type World } from "../setup/service.ts";
import { cancelAll, problem, runAll, shown, type Shown, type Someone, someone } from "./people.ts";

const HALF = "\ud800";
const ZERO = "a\0b";

describe("texts", () => {
  let world: World;
  let admin: Someone;
  beforeAll(async () => {
    world = await aWorld("pglite", { more: "    approval: { objects: [measures] }\n" });
    admin = await someone(world, "admin");
  });

  const ask = (body: object) =>
    admin.ask("POST", "exports", { payload: { objects: "samples", format: "csv", join: false, ...body } });

  test("lengths are counted in characters, and told with their place", async () => {
    const long = "\u{1F9FF}";
    const most = { label: long.repeat(100), description: long.repeat(2000), purpose: long.repeat(2000) };
    const made = await ask(most);
    expect([made.statusCode, made.json()]).toMatchObject([201, most]);
    for (const [name, text] of Object.entries(most)) {
      expect(problem(await ask({ [name]: text + long })), name).toEqual([422, "value-not-suited", `/${name}`]);
    }
    expect(problem(await ask({ label: most.label + long, purpose: HALF, layout: "files" }))).toEqual([
      422,
      "value-not-suited",
      "/label",
      "/purpose",
      "/format",
    ]);
    await cancelAll(admin);
  });

  test.each([
    ["label", ["/label"]],
    ["description", ["/description"]],
    ["purpose", ["/purpose"]],
    ["objects", ["/objects"]],
    ["search", ["/search"]],
    ["format", ["/format"]],
    ["nameTemplate", ["/nameTemplate"]],
    ["from", ["/from"]],
    ["prefix", ["/prefix"]],
    ["principal", ["/principal"]],
    ["recipient", ["/recipient"]],
    ["timeZone", ["/timeZone", "/timeZone"]],
    ["language", ["/language", "/language"]],
    ["afterScript", ["/afterScript"]],
  ])("%s that nothing can keep", async (name, pointers) => {
    for (const text of [ZERO, HALF]) {
      const [status, , ...places] = problem(await ask({ [name]: text }));
      expect([status, places.slice(0, pointers.length)]).toEqual([422, pointers]);
    }
  });

  test("lists, conditions and names of members that nothing can keep", async () => {
    for (const text of [ZERO, HALF]) {
      for (const [body, pointer] of [
        [{ keys: ["1", text] }, "/keys/1"],
        [{ paths: ["id", text] }, "/paths/1"],
        [{ order: [text] }, "/order/0"],
        [{ where: { name: { $in: ["x", text] } } }, "/where/name/$in/1"],
        [{ where: { [text]: 1 } }, "/where"],
        [{ options: { delimiter: text } }, "/options/delimiter"],
        [{ options: { [text]: "x" } }, "/options"],
        [{ exportFiles: true, fileFormats: [text] }, "/fileFormats/0"],
        [{ aggregate: { by: [text], measures: {} } }, "/aggregate/by/0"],
      ] as const) {
        const [status, , place] = problem(await ask(body));
        expect([status, place], JSON.stringify(body)).toEqual([422, pointer]);
      }
      for (const name of ["search", "objects"]) {
        // Half a character cannot stand in an address.
        const answer = await admin.ask("GET", "exports", { query: { [name]: ZERO } });
        expect([answer.statusCode, answer.json()]).toMatchObject([200, { data: [] }]);
      }
      const { _id: id } = (await ask({ objects: "measures" })).json<Shown>();
      const other = await someone(world, "admin");
      const payload = { approve: false, note: text };
      expect(problem(await other.ask("POST", `exports/${id}/approval`, { payload }))).toEqual([
        422,
        "value-not-suited",
        "/note",
      ]);
      expect((await shown(admin, id)).state).toBe("pending");
    }
    await cancelAll(admin);
  });

  test("a label is shown as it is written, and its file has a name that is safe everywhere", async () => {
    const labels = {
      "Two\r\nlines\tand a tab": /^[^\p{Cc}]+\.csv$/u,
      "\u202egpj.exe \u2066isolated\u2069": /^[^\u200e\u200f\u202a-\u202e\u2066-\u2069]+\.csv$/u,
      "../../etc/passwd": /^[^/\\]+\.csv$/,
      'quoted " and ; filename="x.exe"': /^[^"/\\]+\.csv$/,
      CON: /^(?!CON\.csv$).+\.csv$/,
      "échantillons 日本 😀": /^échantillons 日本 😀\.csv$/u,
      " . ": /^[^ .].*\.csv$/,
      "\u0007": /^[^\p{Cc}]+\.csv$/u,
      ["x".repeat(100)]: /^x{100}\.csv$/,
    };
    const ids = [];
    for (const label of Object.keys(labels)) ids.push(await admin.order({ label, join: false }));
    for (const [n, label] of Object.keys(labels).entries())
      expect(await shown(admin, ids[n]!)).toMatchObject({ label });
    // One of them to its end: what is said of it is in headers too.
    const [id] = ids as [string];
    for (const other of ids.slice(2)) await admin.ask("POST", `exports/${other}/cancel`);
    await runAll(world, ids.slice(0, 2));
    const rows = await world.lab.db.selectFrom("export").select(["id", "fileName", "label"]).execute();
    for (const [label, pattern] of Object.entries(labels)) {
      const { fileName } = rows.find((it) => it.label === label)!;
      expect(fileName, JSON.stringify(label)).toMatch(pattern);
      expect(Buffer.byteLength(fileName)).toBeLessThanOrEqual(255);
    }
    const head = await admin.download(ids[1]!);
    expect(head.statusCode).toBe(200);
    expect(String(head.headers["content-disposition"])).toMatch(/^attachment; [\x20-\x7e]+$/);
    expect((await shown(admin, id)).dataFile!.filename).toBe(rows.find((it) => it.id === id)!.fileName);
  });
});
