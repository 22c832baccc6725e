// Addresses within the catalog.

export function addressOf(org: string, type: string, field?: string): string {
  const address = `/${org}/administration/catalog/${encodeURIComponent(type)}`;
  return field === undefined ? address : `${address}#${encodeURIComponent(fieldId(field))}`;
}

/** Of the element that shows it. */
export function fieldId(field: string): string {
  return `field-${field}`;
}
