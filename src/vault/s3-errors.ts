// What S3 refuses, in plain words. Never its own texts, which may tell of keys and signed headers.
import { failure, WaybillError } from "../lib/errors.ts";

/** An error of the S3 client in plain words; others are given back as they are. */
export function s3Error(error: unknown, place: string): WaybillError {
  if (!(error instanceof Error) || error instanceof WaybillError) return error as WaybillError;
  const { name, code, $metadata } = error as { name: string; code?: string; $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode;
  if (error.message === "Region is missing") {
    return failure("store-failed", `The vault's ${place} has no region.`, { hint: "Add ?region=… to its URL." });
  }
  const known = REASONS[name] ?? REASONS[code ?? ""] ?? (status === 403 ? REASONS["AccessDenied"] : undefined);
  // Neither an answer nor a failed call: a defect of ours, or said in plain words already.
  if (known === undefined && status === undefined && code === undefined) return error as WaybillError;
  const [why, hint] = known ?? [`refused (${[name, status].filter(Boolean).join(", ")})`, "Look into its log."];
  return failure("store-failed", `The vault's ${place} ${why}.`, { hint });
}

const CREDENTIALS = [
  "does not accept the credentials",
  "Check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the role of this machine.",
] as const;

const REACH = ["cannot be reached", "Check the endpoint, the region and the network."] as const;

const REASONS: Readonly<Record<string, readonly [string, string] | undefined>> = {
  NoSuchBucket: ["does not exist", "Make the bucket first, or correct its name."],
  NotFound: ["does not exist", "Make the bucket first, or correct its name."],
  AccessDenied: [
    "may not be used with these credentials",
    "They need s3:ListBucket, s3:GetObject, s3:PutObject, s3:DeleteObject, s3:AbortMultipartUpload and s3:ListBucketMultipartUploads.",
  ],
  CredentialsProviderError: ["has no credentials", "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."],
  InvalidAccessKeyId: CREDENTIALS,
  SignatureDoesNotMatch: CREDENTIALS,
  ExpiredToken: CREDENTIALS,
  PermanentRedirect: ["is in another region", "Add ?region=… to its URL."],
  AuthorizationHeaderMalformed: ["is in another region", "Add ?region=… to its URL."],
  RequestTimeTooSkewed: ["says that the clock here is wrong", "Set this machine's clock."],
  NoSuchUpload: ["has ended an upload that was going on", "Make the export again."],
  TimeoutError: REACH,
  ECONNREFUSED: REACH,
  ECONNRESET: REACH,
  ENOTFOUND: REACH,
  EHOSTUNREACH: REACH,
  ETIMEDOUT: REACH,
  EPIPE: REACH,
};
