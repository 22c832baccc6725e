// Membres, invitations, espaces, jetons de tous.

export const people = {} as const;
