// Ways of signing in to MariaDB: TLS with and without a look at the certificate, and passwords of another kind.
import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Connection } from "mariadb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectTo, noMariadb } from "../setup/mariadb.ts";
import { type RunningMariadb, startMariadb } from "../setup/mariadb-server.ts";
import { expectFailure, waybill } from "./program.ts";

describe.skipIf(noMariadb("MariaDB with TLS"))("MariaDB with TLS", () => {
  let folder = "";
  let server: RunningMariadb;
  let client: Connection;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "waybill-tls-"));
    chmodSync(folder, 0o755);
    const [key, certificate] = [join(folder, "key.pem"), join(folder, "ca.pem")];
    execFileSync(
      "openssl",
      `req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout ${key} -out ${certificate}`.split(
        " ",
      ),
      { stdio: "ignore" },
    );
    server = await startMariadb(join(folder, "server"), [`--ssl-cert=${certificate}`, `--ssl-key=${key}`]);
    client = await connectTo(`${server.url}waybill`);
    await client.query(`CREATE TABLE t (id int PRIMARY KEY, cipher text); INSERT INTO t SELECT seq, '' FROM seq_1_to_100000;
      CREATE FUNCTION cipher() RETURNS text READS SQL DATA
        RETURN (SELECT VARIABLE_VALUE FROM information_schema.SESSION_STATUS WHERE VARIABLE_NAME = 'Ssl_cipher');
      CREATE VIEW ciphers AS SELECT cipher() AS cipher;
      CREATE USER strict@'%' IDENTIFIED BY 'secret' REQUIRE SSL; GRANT SELECT, EXECUTE ON waybill.* TO strict@'%';
      INSTALL SONAME 'auth_ed25519';
      CREATE USER edward@'%' IDENTIFIED VIA ed25519 USING PASSWORD('secret'); GRANT SELECT ON waybill.* TO edward@'%'`);
  });
  afterAll(async () => {
    await client.end();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  function url(user: string, host: string, search: string): string {
    const there = new URL(`${server.url}waybill${search}`);
    there.username = user;
    there.hostname = host;
    return there.href;
  }

  it.each([
    ["required", () => url("strict", "127.0.0.1", "?ssl-mode=required")],
    ["verified", () => url("strict", "localhost", `?ssl-ca=${folder}/ca.pem`)],
    ["verified but for the name", () => url("strict", "127.0.0.1", `?ssl-mode=verify-ca&ssl-ca=${folder}/ca.pem`)],
  ])("reads rows through TLS: %s", async (_name, source) => {
    const { stdout, stderr } = await waybill(["export", "t", "--source", source(), "-f", "csv", "-q"]);
    expect(stderr).toBe("");
    expect(stdout.toString().split("\n").length).toBe(100_002);
    const cipher = await waybill(["export", "ciphers", "--source", source(), "-f", "csv", "-q"]);
    expect(cipher.stdout.toString()).toMatch(/^cipher\nTLS_\w+\n$/);
  });

  it.each<[string, () => string, RegExp]>([
    ["without TLS where it is demanded", () => url("strict", "127.0.0.1", ""), /did not accept the sign-in/],
    [
      "with a certificate for another name",
      () => url("strict", "127.0.0.1", `?ssl-ca=${folder}/ca.pem`),
      /gives no connection that is safe/,
    ],
    [
      "with a certificate that nobody vouches for",
      () => url("strict", "localhost", "?ssl-mode=verify-identity"),
      /gives no connection that is safe/,
    ],
  ])("refuses to go on %s", async (_name, source, message) => {
    expectFailure(await waybill(["export", "t", "--source", source(), "-f", "csv"]), 1, message);
  });

  it("signs in with ed25519", async () => {
    const { stdout } = await waybill([
      "export",
      "t",
      "--source",
      url("edward", "127.0.0.1", ""),
      "-f",
      "csv",
      "-q",
      "--limit",
      "1",
    ]);
    expect(stdout.toString()).toBe('id,cipher\n1,""\n');
  });
});
