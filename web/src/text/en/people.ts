// Members, invitations, namespaces, tokens of all.

export const people = {} as const;
