// LibreOffice without a window, with a profile of its own.
import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Opens a workbook in LibreOffice and saves it as another kind of file: `csv` (its first sheet, as shown) or `fods`. */
export function converted(bytes: Uint8Array, extension: "xlsx" | "ods", to: "csv" | "fods"): Promise<Buffer> {
  return inFolder(bytes, extension, async (file, profile, folder) => {
    // Comma, quote, UTF-8.
    const filter = to === "csv" ? "csv:Text - txt - csv (StarCalc):44,34,76" : to;
    const out = join(folder, "out");
    const args = [`-env:UserInstallation=${profile}`, "--headless", "--convert-to", filter, "--outdir", out, file];
    const { stderr, stdout } = await run("soffice", args, { env: { ...process.env, LC_ALL: "C.UTF-8" } });
    const [name] = await readdir(out).catch(() => []);
    if (name === undefined) throw new Error(`LibreOffice made nothing of it: ${stdout}${stderr}`);
    return readFile(join(out, name));
  });
}

/** How a sheet looks once it is open. */
export interface View {
  readonly name: string;
  readonly frozen: boolean;
  /** The first row and column below and beside what is frozen. */
  readonly split: readonly [row: number, column: number];
  /** The weight of the header's letters: 150 is bold. */
  readonly weight: number;
}

const VIEWS = `
import json, subprocess, sys, time, uno
from com.sun.star.connection import NoConnectException
profile, url = sys.argv[1:]
accept = "pipe,name=waybill" + profile.split("/")[-2][-6:] + ";urp;"
office = subprocess.Popen(
    ["soffice", "-env:UserInstallation=" + profile, "--headless", "--norestore", "--accept=" + accept],
    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
local = uno.getComponentContext()
resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
for attempt in range(120):
    try:
        context = resolver.resolve("uno:" + accept + "StarOffice.ComponentContext")
        break
    except NoConnectException:
        time.sleep(0.5)
desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
document = desktop.loadComponentFromURL(url, "_blank", 0, ())
view = document.CurrentController
views = []
for sheet in document.Sheets:
    view.setActiveSheet(sheet)
    views.append({"name": sheet.Name, "frozen": view.hasFrozenPanes(),
        "split": [view.getSplitRow(), view.getSplitColumn()], "weight": sheet.getCellByPosition(0, 0).CharWeight})
print(json.dumps(views))
document.close(True)
try: desktop.terminate()
except Exception: pass
office.wait(60)
`;

/** Opens a workbook in a view, which conversions do without, and looks at each sheet. */
export function viewed(bytes: Uint8Array, extension: "xlsx" | "ods"): Promise<readonly View[]> {
  return inFolder(bytes, extension, async (file, profile) => {
    // Debian's own Python is the one that knows LibreOffice.
    const { stdout } = await run("/usr/bin/python3", ["-c", VIEWS, profile, pathToFileURL(file).href]);
    return JSON.parse(stdout) as View[];
  });
}

async function inFolder<T>(
  bytes: Uint8Array,
  extension: string,
  use: (file: string, profile: string, folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "waybill-office-"));
  try {
    const file = join(folder, `workbook.${extension}`);
    await writeFile(file, bytes);
    return await use(file, pathToFileURL(join(folder, "profile")).href, folder);
  } finally {
    await rm(folder, { recursive: true, maxRetries: 5 });
  }
}
