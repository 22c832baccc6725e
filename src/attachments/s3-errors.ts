// What S3 refuses, in plain words. Never its own texts, which may tell of keys and signed headers.
import { failure } from "../lib/errors.ts";
import { fileChanged, FileProblem } from "./file-store.ts";

/** Whether the file is not there. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && /^(?:NoSuchKey|NotFound|KeyTooLongError)$/.test(error.name);
}

/**
 * An error of the S3 client as what it means: for the file, or for all of them. Others are given back as they are.
 * @param place the bucket, such as `bucket "uploads"`
 */
export function s3Error(error: unknown, place: string): Error {
  if (!(error instanceof Error) || error instanceof FileProblem) return error as Error;
  const { name, code, $metadata } = error as { name: string; code?: string; $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode;
  const store = error.message === "Region is missing" ? NO_REGION : (OF_STORE[name] ?? OF_STORE[code ?? ""]);
  if (store !== undefined) {
    return failure("file-store-failed", `The ${place} of files ${store[0]}.`, { hint: store[1] });
  }
  if (name === "PreconditionFailed" || status === 412) return fileChanged();
  if (name === "InvalidObjectState") return unreadable("The file lies in a storage class that must be restored first.");
  if (name === "AccessDenied" || status === 403) {
    return unreadable(
      "The bucket does not let Waybill read the file (s3:GetObject), or does not tell that it is missing.",
    );
  }
  // Neither an answer nor a failed call: a defect of ours.
  if (status === undefined && code === undefined && name !== "TimeoutError") return error;
  if (status === undefined || status < 400) return unreadable("The connection to the bucket broke.", true);
  // The code is what the server has made of it, and may be anything.
  const what = /^[a-z]{1,50}$/i.test(name) ? `${name}, ${status}` : status;
  return unreadable(`The bucket refused to give the file (${what}).`, status >= 500 || status === 429);
}

function unreadable(detail: string, passing = false): FileProblem {
  return new FileProblem("unreadable", detail, { passing });
}

const NO_REGION = ["has no region", "Add ?region=… to its URL."] as const;

const CREDENTIALS = [
  "does not accept the credentials",
  "Check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the role of this machine.",
] as const;

const OTHER_REGION = ["is in another region", "Add ?region=… to its URL."] as const;

/** What concerns every file alike, so that the export cannot go on. */
const OF_STORE: Readonly<Record<string, readonly [why: string, hint: string] | undefined>> = {
  NoSuchBucket: ["does not exist", "Correct its name."],
  CredentialsProviderError: ["has no credentials", "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."],
  InvalidAccessKeyId: CREDENTIALS,
  SignatureDoesNotMatch: CREDENTIALS,
  ExpiredToken: CREDENTIALS,
  PermanentRedirect: OTHER_REGION,
  AuthorizationHeaderMalformed: OTHER_REGION,
  RequestTimeTooSkewed: ["says that the clock here is wrong", "Set this machine's clock."],
  ENOTFOUND: ["cannot be reached", "Check the endpoint, the region and the network."],
};
