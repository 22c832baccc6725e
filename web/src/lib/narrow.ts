// Where tables have fewer columns, and say more in each.

export const NARROW = "(max-width: 48em)";
