// A program that writes archives into a vault until it is killed, or so many of them; it prints the name of each that is published.
import { randomBytes, randomInt } from "node:crypto";
import { storeAt } from "../../src/vault/store-at.ts";
import { openVault } from "../../src/vault/vault.ts";

const [store, keys, prefix, count] = process.argv.slice(2);
const vault = await openVault(await storeAt(store!), keys!);
const noise = randomBytes(1 << 20);
for (let n = 0; n < Number(count); n++) {
  // Names come again, so that archives are replaced too.
  const name = `${prefix}-${n % 10}.age`;
  const archive = await vault.seal(name);
  for (let left = randomInt(24 << 20); left > 0; left -= noise.length) {
    await archive.write(noise.subarray(0, Math.min(left, noise.length)));
  }
  await archive.publish();
  process.stdout.write(`${name}\n`);
}
await vault.close();
