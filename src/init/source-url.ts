// Source URLs as they are written into the file: without passwords, paths beside the configuration.
import { basename, dirname, extname, isAbsolute, relative, resolve } from "node:path";

/** A secret that goes into the environment. */
export interface Variable {
  readonly name: string;
  /** What it must hold. */
  readonly holds: string;
}

export interface WrittenUrl {
  readonly url: string;
  readonly variables: readonly Variable[];
}

/** Parameters of a URL that may hold secrets. */
const SECRET = /pass|pwd|secret|token|credential|api_?key/i;

/**
 * The URL as it may stand in a file.
 * @param name the source's name, in the variables' names
 * @param file the configuration: relative paths are meant from its folder there, and from here on the command line
 */
export function writtenUrl(url: string, name: string, file: string): WrittenUrl {
  const path = pathOf(url);
  if (path !== null) {
    const scheme = url.slice(0, url.indexOf(":"));
    const from = isAbsolute(path) || path === ":memory:" ? path : relativePath(dirname(resolve(file)), resolve(path));
    return { url: `${scheme}:${escaped(from)}`, variables: [] };
  }
  const prefix = `WAYBILL_${name.toUpperCase().replace(/[^A-Z0-9]+/g, "_")}`;
  if (!URL.canParse(url)) {
    return { url: `\${${prefix}_URL}`, variables: [{ name: `${prefix}_URL`, holds: `the URL of ${name}` }] };
  }
  const parts = new URL(url);
  const variables: Variable[] = [];
  const variable = (suffix: string, what: string): string => {
    variables.push({ name: `${prefix}_${suffix}`, holds: `${what} of ${name}, as it stands in the URL` });
    return `\${${prefix}_${suffix}}`;
  };
  const password = parts.password === "" ? "" : `:${variable("PASSWORD", "the password")}`;
  const user = parts.username === "" && password === "" ? "" : `${escaped(parts.username)}${password}@`;
  const search = parts.search
    .slice(1)
    .split("&")
    .filter((it) => it !== "")
    .map((pair) => {
      const [key = ""] = pair.split("=", 1);
      if (!SECRET.test(decoded(key))) return escaped(pair);
      return `${key}=${variable(key.toUpperCase().replace(/[^A-Z0-9]+/g, "_"), key)}`;
    });
  const query = search.length === 0 ? "" : `?${search.join("&")}`;
  return { url: `${parts.protocol}//${user}${parts.host}${escaped(parts.pathname)}${query}`, variables };
}

const PORTS: Readonly<Record<string, string>> = { postgres: "5432", mysql: "3306" };

/**
 * What tells databases apart, whoever asks: two URLs of the same one give the same text.
 * @param folder what a relative path is meant from
 */
export function identityOf(url: string, folder: string): string {
  const path = pathOf(url);
  if (path !== null) return `${url.slice(0, url.indexOf(":")).toLowerCase()}:${resolve(folder, path)}`;
  if (!URL.canParse(url)) return url;
  const { protocol, hostname, port, pathname } = new URL(url);
  const scheme = protocol.replace(/^postgres(?:ql)?:$/, "postgres").replace(/^(?:mysql|mariadb):$/, "mysql");
  const host = /^(?:127\.0\.0\.1|\[::1\])?$/.test(hostname) ? "localhost" : hostname.toLowerCase();
  return `${scheme}://${host}:${port === "" ? (PORTS[scheme] ?? "") : port}${pathname}`;
}

/** A name for the source, from the database's or the file's. */
export function sourceName(url: string): string {
  const path = pathOf(url);
  const last = path === null ? databaseOf(url) : basename(path, extname(path));
  const name = last
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^A-Za-z0-9_-]+/g, "_")
    .replace(/^[_-]+|[_-]+$/g, "");
  return name === "" ? "main" : name.slice(0, 60);
}

function databaseOf(url: string): string {
  if (!URL.canParse(url)) return "";
  const { pathname, username } = new URL(url);
  return decoded(pathname.slice(1)) || decoded(username);
}

/** The path of a source that is a file or a folder; null for a server. */
function pathOf(url: string): string | null {
  const found = /^(?:sqlite|files):(?:\/\/)?(.*)$/is.exec(url);
  return found === null ? null : found[1]!;
}

function relativePath(from: string, to: string): string {
  return relative(from, to) || ".";
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `${` as itself: placeholders are filled in. */
export function escaped(text: string): string {
  return text.replaceAll("${", () => "$${");
}
