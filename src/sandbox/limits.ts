// What a script may take. Those that are told to people are in docs/after-script.md.

/** Milliseconds that a script may take in all, what it waits for included. */
export const TIME = 10_000;
/** Milliseconds after which a script that does not end by itself is ended. */
export const GRACE = 1000;
/** Milliseconds for the interpreter to start on a busy machine. */
export const STARTUP = 20_000;
/** Bytes of a script's values. */
export const MEMORY = 64 * 2 ** 20;
/** Bytes of the interpreter's whole memory: the values, its stack, and gaps. A multiple of 64 KiB. */
export const INTERPRETER_MEMORY = 80 * 2 ** 20;
/** Bytes of the whole process, of which Node takes some 60 MB. */
export const PROCESS_MEMORY = 320 * 2 ** 20;
/** Bytes of a script in UTF-8. */
export const SOURCE = 64 * 2 ** 10;
/** Bytes of the log in UTF-8. */
export const LOG = 64 * 2 ** 10;
/** Calls. */
export const CALLS = { fetch: 10, notify: 5 } as const;
/** Milliseconds of one fetch. */
export const FETCH_TIME = 5000;
/** Bytes of a body that is sent, and of one that comes. */
export const BODY = 2 ** 20;
/** Characters of a URL, and of all headers together. */
export const URL_LENGTH = 8192;
export const HEADERS_LENGTH = 16_384;
/** Characters of a notification. */
export const SUBJECT_LENGTH = 200;
export const TEXT_LENGTH = 20_000;
/** Characters of an error's message. */
export const MESSAGE_LENGTH = 1000;
