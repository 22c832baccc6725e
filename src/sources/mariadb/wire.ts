// Numbers of the MySQL protocol that its reader and decoder need (MariaDB documentation, "Clientserver Protocol").

/** Types of columns, as results announce them. */
export const Wire = {
  oldDecimal: 0,
  tiny: 1,
  short: 2,
  long: 3,
  float: 4,
  double: 5,
  timestamp: 7,
  longlong: 8,
  int24: 9,
  date: 10,
  time: 11,
  datetime: 12,
  year: 13,
  bit: 16,
  json: 245,
  decimal: 246,
  enum: 247,
  set: 248,
  geometry: 255,
} as const;

/** What packets begin with. */
export const Packet = { row: 0x00, ok: 0x00, end: 0xfe, error: 0xff } as const;

/** A packet of this length goes on in the next one. */
export const FULL = 0xffffff;
/** Length (3 bytes) and sequence number. */
export const HEADER = 4;
/** The flag of a column without negative numbers. */
export const UNSIGNED = 32;
