// Attached files on the command line: those that cannot be had, stores that are gone, aborts, and options that do not suit.
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { changeMeanwhile, checkManyFiles, makeManyFiles } from "../archives/many-files.ts";
import { unpacked } from "../archives/archive.ts";
import { emptyFolder, type Ended, expectFailure, filesIn, start, until, waybill } from "./program.ts";

const CONFIG = `orgs:
  lab:
    sources:
      main: { url: "sqlite:lab.db" }
      store: { url: "dir:store" }
    objects:
      samples:
        files:
          attachments: { object: attachments, by: sample_id, store: store, path: path, name: name, size: bytes }
      attachments: {}
      projects: {}
`;

const GOOD = "the content\n";
/** Path, name and recorded size of files, and why they cannot be had. */
const FILES: readonly (readonly [path: string | null, name: string, size: number | null, reason: string | null])[] = [
  ["good.txt", "good.txt", GOOD.length, null],
  ["nowhere.txt", "nowhere.txt", null, "missing"],
  ["nowhere/at/all", "below.txt", null, "missing"],
  [null, "no path.txt", null, "missing"],
  ["", "empty path.txt", null, "missing"],
  ["good.txt", "short.txt", GOOD.length + 1, "size"],
  ["../lab.db", "up.txt", null, "outside"],
  ["/etc/passwd", "absolute.txt", null, "outside"],
  ["good.txt/../../lab.db", "through.txt", null, "outside"],
  ["..\\lab.db", "windows.txt", null, "outside"],
  ["link", "link.txt", null, "outside"],
  ["zero\0.txt", "zero.txt", null, "outside"],
  ["folder", "folder.txt", null, "unreadable"],
  [".", "root.txt", null, "outside"],
  ["x".repeat(300), "long.txt", null, "missing"],
  ["./good.txt", 'again, with "quotes".txt', GOOD.length, null],
];

/** A folder with a database, a store, and a configuration of both. */
function lab(): string {
  const folder = emptyFolder();
  mkdirSync(join(folder, "store", "folder"), { recursive: true });
  writeFileSync(join(folder, "store", "good.txt"), GOOD);
  writeFileSync(join(folder, "waybill.yaml"), CONFIG);
  using database = new DatabaseSync(join(folder, "lab.db"));
  database.exec(`
    CREATE TABLE samples (id INTEGER PRIMARY KEY, name TEXT);
    CREATE TABLE projects (id INTEGER PRIMARY KEY);
    CREATE TABLE attachments (id INTEGER PRIMARY KEY, sample_id INTEGER, path TEXT, name TEXT, bytes INTEGER, owner TEXT);
    INSERT INTO samples VALUES (1, 'Moor'), (2, 'Fen')`);
  const insert = database.prepare("INSERT INTO attachments (sample_id, path, name, bytes) VALUES (1, ?, ?, ?)");
  for (const [path, name, size] of FILES) insert.run(path, name, size);
  symlinkSync(join(folder, "lab.db"), join(folder, "store", "link"));
  return folder;
}

const exportOf = (folder: string, ...args: readonly string[]): Promise<Ended> =>
  waybill(["export", "samples", ...args], folder);

it.each([
  ["tables", ["--files", "-f", "csv"], "files/1/"],
  ["folders", ["--files", "--layout", "folders"], "1/"],
  ["files", ["--layout", "files"], "1/"],
])("files that cannot be had are listed with their reason, and the others are there: %s", async (_, args, prefix) => {
  const folder = lab();
  const { code, stderr } = await exportOf(folder, ...args, "-o", "out.zip");
  expect(code).toBe(0);
  expect(stderr).toMatch(/\d+ files? could not be had|missing-files\.csv/);
  const files = await unpacked(readFileSync(join(folder, "out.zip")));
  const attached = [...files].filter(([name]) => name.startsWith(prefix) && !/record\.(json|pdf)$/.test(name));
  expect(attached.map(([name, content]) => [name, content.toString()])).toEqual([
    [`${prefix}good.txt`, GOOD],
    [`${prefix}again, with _quotes_.txt`, GOOD],
  ]);
  const [head, ...lines] = files.get("missing-files.csv")!.toString("utf8").trim().split("\n");
  expect(head).toBe("record,file,reason,detail");
  const listed = lines.map((line) => line.split(",").slice(0, 3));
  expect(listed).toEqual(
    FILES.flatMap(([, name, , reason]) => (reason === null ? [] : [["1", `${prefix}${name}`, reason]])),
  );
  const { problems } = JSON.parse(files.get("datapackage.json")!.toString()) as { problems: object[] };
  const counts = Map.groupBy(listed, ([, , reason]) => reason!);
  expect(problems).toEqual(
    expect.arrayContaining(
      [...counts].map(
        ([reason, its]) => expect.objectContaining({ code: `file-${reason}`, count: its.length }) as object,
      ),
    ),
  );
  expect((await waybill(["verify", "out.zip"], folder)).code).toBe(0);
  expect(filesIn(folder)).toEqual(["lab.db", "out.zip", "store", "waybill.lock", "waybill.yaml"]);
});

it("200 records with 600 files come out complete, whatever happens to some of them meanwhile", async () => {
  const folder = emptyFolder();
  const made = makeManyFiles(folder, {
    records: 200,
    filesEach: 3,
    bytes: 60e6,
    smallest: 1000,
    largest: 20_000_000,
    oneIn: 300,
  });
  for (const layout of ["files", "folders"] as const) {
    await using _ = await changeMeanwhile(made);
    const { code, stderr } = await exportOf(folder, "--files", "--layout", layout, "-o", `${layout}.zip`);
    expect([code, stderr]).toEqual([0, expect.stringContaining("200")]);
    expect(await checkManyFiles(made, join(folder, `${layout}.zip`), layout)).toBeGreaterThan(0);
  }
}, 60_000);

it("a store that is gone altogether is an error, and there is no file", async () => {
  const folder = lab();
  writeFileSync(join(folder, "waybill.yaml"), CONFIG.replace("dir:store", "dir:gone"));
  const ended = await exportOf(folder, "--layout", "files", "-o", "out.zip");
  expectFailure(ended, 1, /The folder of files ".*gone" does not exist\./);
  expect(filesIn(folder)).not.toContain("out.zip");
});

it("an abort leaves nothing", async () => {
  const folder = emptyFolder();
  makeManyFiles(folder, { records: 200, filesEach: 3, bytes: 200e6, smallest: 1000, largest: 5e6, oneIn: 300 });
  const running = start(["export", "samples", "--layout", "files", "-o", "out.zip", "-q"], folder);
  await until(() => filesIn(folder).some((name) => name.includes("out.zip")), 20_000);
  running.kill("SIGINT");
  const { code } = await running.ended;
  expect(code).toBe(1);
  expect(filesIn(folder).filter((name) => name.includes("out.zip"))).toEqual([]);
});

it("refuses what does not suit, and says what to do", async () => {
  const folder = lab();
  const refused: readonly (readonly [args: readonly string[], message: RegExp])[] = [
    [["projects", "--files", "-f", "csv"], /projects has no attached files\.\n.*\n {2}These have: samples\./],
    [
      ["samples", "--layout", "files", "--file-formats", "fastqq"],
      /no kind of file "fastqq"\.\n {2}Did you mean "?fastq/,
    ],
    [["samples", "-f", "csv", "--file-formats", "fastq"], /--file-formats chooses files, .*\n {2}Add --files\./],
    [["samples", "-f", "csv", "--file-where", "{}"], /--file-where chooses files, .*\n {2}Add --files\./],
    [["samples", "-f", "csv", "--name-template", "{index}"], /--name-template names files, .*\n {2}Add --files\./],
    [["samples", "--layout", "files", "--file-where", "{"], /--file-where.*JSON/],
    [["samples", "--layout", "files", "--file-where", `{"kinds": 1}`], /no field "kinds"/],
    [["samples", "--layout", "files", "--name-template", "{record.nam}"], /nam.*\n.*\n {2}Did you mean/],
    [["samples", "--layout", "files", "--name-template", "{file.nams}"], /nams/],
    [["samples", "--layout", "files", "--name-template", "{nonsense}"], /unknown tag \{nonsense\}/],
    [["samples", "--layout", "files", "--name-template", "{record.name"], /never closes it.*\n.*\n {2}Close the tag/],
    [["samples", "--layout", "files", "--name-template", "{index}/{file.name}"], /unknown tag \{index\}/],
    [["samples", "--layout", "files", "--name-template", ""], /is empty.*\n.*\n {2}Write one/],
    [["samples", "--layout", "files", "--container", "gzip"], /need a zip\.\n {2}Write to a \.zip file/],
    [["samples", "--files", "-f", "csv", "--container", "none"], /none|zip/],
    [["samples", "--layout", "rows"], /rows/],
    [["samples", "-f", "csv", "--preview-names"], /no names to show\.\n {2}Add --files/],
    [
      ["samples", "--files", "-f", "csv", "--aggregate", `{"measures":{"n":{"count":"*"}}}`],
      /An export of groups takes no .*[fF]iles/,
    ],
    [["samples", "-f", "csv", "--bag", "--container", "none"], /bag|zip/i],
  ];
  for (const [args, message] of refused) {
    const ended = await waybill(["export", ...args, "-o", "out.zip"], folder);
    expect.soft([ended.code, ended.stderr], args.join(" ")).toEqual([2, expect.stringMatching(message)]);
    expect.soft(ended.stderr, args.join(" ")).toMatch(/^waybill: \S.*[.?!…)]\n(?: {2}\S.*\n)+$/);
  }
  expect(filesIn(folder)).not.toContain("out.zip");
}, 60_000);

it("takes templates with files", async () => {
  const folder = lab();
  const template = {
    kind: "dataset-template",
    name: "Moors",
    object: "samples",
    format: "csv",
    columns: [{ field: "name" }],
  };
  writeFileSync(join(folder, "moors.json"), JSON.stringify(template));
  const { code, stderr } = await waybill(["export", "--template", "moors.json", "--files", "-o", "out.zip"], folder);
  expect(stderr).toContain("2 rows");
  expect(code).toBe(0);
  const files = await unpacked(readFileSync(join(folder, "out.zip")));
  expect(files.get("files/1/good.txt")!.toString()).toBe(GOOD);
  const text = [...files].find(([name]) => name.endsWith(".csv") && name !== "missing-files.csv")![1].toString("utf8");
  expect(text).toBe("name\nMoor\nFen\n");
});

it("shows the names that files would get", async () => {
  const folder = lab();
  const { code, stdout, stderr } = await exportOf(
    folder,
    "--layout",
    "files",
    "--name-template",
    "{record.name}/{index}-{file.name}",
    "--preview-names",
  );
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout.toString().split("\n").slice(0, 2)).toEqual(["Moor/1-good.txt", "Moor/2-nowhere.txt"]);
  expect(filesIn(folder)).toEqual(["lab.db", "store", "waybill.lock", "waybill.yaml"]);
});

it("takes further fonts for the PDFs of records, from the command line and the configuration", async () => {
  const folder = lab();
  const outside = join(import.meta.dirname, "../../node_modules/dejavu-fonts-ttf/ttf/DejaVuSerif.ttf");
  const well = await exportOf(folder, "--layout", "folders", "--font", outside, "-qo", "well.zip");
  expect(well).toMatchObject({ code: 0, stderr: "" });
  const ill = await exportOf(folder, "--layout", "folders", "--font", "lab.db", "-qo", "ill.zip");
  expectFailure(ill, 2, /The font lab\.db cannot be read: .*\.\n {2}Name a TrueType or OpenType file/);
  writeFileSync(join(folder, "waybill.yaml"), CONFIG.replace("    sources:", `    fonts: no.ttf\n    sources:`));
  const missing = await exportOf(folder, "--layout", "folders", "-qo", "ill.zip");
  expectFailure(missing, 2, /The font .*no\.ttf cannot be read: /);
  expect(filesIn(folder)).not.toContain("ill.zip");
});
