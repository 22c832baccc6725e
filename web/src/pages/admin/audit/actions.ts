// What the audit log tells of: actions, by what they are done to.

export const ACTIONS = [
  "export.create",
  "export.download",
  "export.cancel",
  "export.delete",
  "export.share",
  "export.unshare",
  "export.approve",
  "export.refuse",
  "batch.create",
  "batch.delete",
  "template.create",
  "template.change",
  "template.delete",
  "template.share",
  "template.unshare",
  "member.add",
  "member.change",
  "member.remove",
  "invitation.create",
  "invitation.accept",
  "invitation.remove",
  "namespace.create",
  "namespace.change",
  "namespace.delete",
  "namespace.role",
  "token.create",
  "token.revoke",
  "query.register",
  "query.remove",
] as const;

export type AuditAction = (typeof ACTIONS)[number];

export const KINDS = ["export", "batch", "template", "person", "invitation", "namespace", "token", "query"] as const;

export function isKnownAction(action: string): action is AuditAction {
  return (ACTIONS as readonly string[]).includes(action);
}
