// The scalar values of a configuration: durations, sizes, zones, schedules, languages.
import { isIPv6 } from "node:net";
import { Cron } from "croner";
import { readHost } from "../lib/hosts.ts";

/** ISO 8601: `P7D`, `P1Y6M`, `P2W`, `PT12H`. Whole numbers, at least one of them. */
export const DURATION =
  /^P(?=[0-9T])(?:\d{1,6}Y)?(?:\d{1,6}M)?(?:\d{1,6}W)?(?:\d{1,6}D)?(?:T(?=\d)(?:\d{1,6}H)?(?:\d{1,6}M)?(?:\d{1,6}S)?)?$/;

/** A language tag (BCP 47) as far as its shape goes: `fr`, `pt-BR`, `zh-Hant-TW`. */
export const LANGUAGE = /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/;

/** `50GB`, `500 MB`, `1.5 TiB`, `4096`. */
export const SIZE = /^(\d{1,15}(?:\.\d{1,6})?) ?(?:([kKMGTP]?)(i?)B)?$/;

/** A duration that is written well and is longer than nothing. */
export function isDuration(text: string): boolean {
  return DURATION.test(text) && /[1-9]/.test(text);
}

const THOUSANDS = ["", "K", "M", "G", "T", "P"];

/** The bytes of a size: `kB` counts 1000, `KiB` 1024. Null when it is no size, or too large to count. */
export function bytesOf(size: string | number): number | null {
  const parts = SIZE.exec(String(size));
  if (parts === null) return null;
  const [, digits, prefix = "", binary] = parts;
  const bytes = Number(digits) * (binary === "i" ? 1024 : 1000) ** THOUSANDS.indexOf(prefix.toUpperCase());
  return Number.isSafeInteger(Math.round(bytes)) ? Math.round(bytes) : null;
}

/** Whether the runtime knows a zone by this name; offsets as `+02:00` are no names. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** A cron expression of five or six fields, or `@daily` and its like, that comes due some day. */
export function isCron(text: string): boolean {
  if (!/^(?:@\w+|\S+(?: +\S+){4,5})$/.test(text)) return false;
  try {
    return new Cron(text, { paused: true }).nextRun() !== null;
  } catch {
    return false;
  }
}

/** The part of a URL before its colon, in lower case. */
export function schemeOf(url: string): string {
  return /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase() ?? "";
}

const SERVERS = new Set(["postgres", "postgresql", "mysql", "mariadb"]);
const PATHS = new Set(["sqlite", "files", "dir"]);

/** Stores hold files, no tables. */
export function isStoreUrl(url: string): boolean {
  return ["dir", "s3"].includes(schemeOf(url));
}

/** The path of a URL that is one (`sqlite:lab.db`, `dir:///srv`), else null. */
export function pathOf(url: string): string | null {
  const scheme = schemeOf(url);
  return PATHS.has(scheme) ? url.slice(scheme.length + 1).replace(/^\/\//, "") : null;
}

/** Whether a source's URL is one that Waybill can read. Says nothing more, since it may hold a password. */
export function isSourceUrl(url: string): boolean {
  const scheme = schemeOf(url);
  if (PATHS.has(scheme)) return pathOf(url) !== "";
  if (scheme === "s3") return /^s3:\/\/[^/]/i.test(url) && URL.canParse(url);
  // Without a host it is the socket of this machine.
  return SERVERS.has(scheme) && /^\w+:\/\//.test(url) && URL.canParse(url);
}

/** Where a provider of sign-in is: by https, or on this very machine. */
export function isIssuer(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, username, search, hash } = new URL(url);
  const isHere = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  return (protocol === "https:" || (protocol === "http:" && isHere)) && `${username}${search}${hash}` === "";
}

/** Whether it names hosts that scripts may reach. */
export function isHost(entry: string): boolean {
  return readHost(entry) !== null;
}

/** Whether it is one name or address, without protocol and port. */
export function isHostName(name: string): boolean {
  return isIPv6(name) || (/^[^:*[\]]+$/.test(name) && readHost(name) !== null);
}

export function isMailUrl(url: string): boolean {
  return ["smtp", "smtps"].includes(schemeOf(url)) && URL.canParse(url) && new URL(url).hostname !== "";
}
