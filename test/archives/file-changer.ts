// Writes into files, again and again, until its parent is done. As it writes what is there already, whoever reads a file
// between two changes finds it whole.
import { futimesSync, openSync, readSync, writeSync } from "node:fs";

const files = process.argv.slice(2).map((path) => {
  const file = openSync(path, "r+");
  const byte = Buffer.alloc(1);
  readSync(file, byte, 0, 1, 0);
  return { file, byte };
});
let turn = 0;
function change(): void {
  for (const end = performance.now() + 20; performance.now() < end;) {
    turn++;
    for (const { file, byte } of files) {
      writeSync(file, byte, 0, 1, 0);
      // The system's clock for files may be coarse.
      futimesSync(file, turn, turn + turn / 1000);
    }
  }
  if (process.connected) setImmediate(change);
}
change();
process.send?.("ready");
