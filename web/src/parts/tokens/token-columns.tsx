// What is shown of each token.
import { Badge, Button, Group, Text, Tooltip } from "@mantine/core";
import type { TFunction } from "i18next";
import type { Token } from "../../api/generated.ts";
import type { Shown } from "../../lib/shown.ts";
import type { Column } from "../data-table.tsx";

const SCOPES = ["query", "read", "export", "templates", "admin"] as const;
type State = "valid" | "expired" | "revoked";

export function stateOf({ revoked, expires }: Token, now: number): State {
  if (revoked !== null) return "revoked";
  return expires !== null && Date.parse(expires) <= now ? "expired" : "valid";
}

export interface TokenColumns {
  readonly t: TFunction;
  readonly shown: Shown;
  readonly now: number;
  /** Whose each is; absent where all are the reader's own. */
  readonly personOf: ((token: Token) => string) | undefined;
  readonly onRevoke: (token: Token) => void;
}

export function tokenColumns({ t, shown, now, personOf, onRevoke }: TokenColumns): Column<Token>[] {
  return [
    {
      name: "name",
      label: t("profile.tokens.name"),
      cell: ({ name }) => (
        <Text size="sm" fw={500} style={{ overflowWrap: "anywhere" }} miw={120}>
          {name}
        </Text>
      ),
    },
    ...(personOf === undefined ? [] : [{ name: "person", label: t("profile.tokens.person"), cell: personOf }]),
    {
      name: "scopes",
      label: t("profile.tokens.scopes"),
      cell: ({ scopes }) =>
        SCOPES.filter((it) => scopes.includes(it))
          .map((it) => t(`profile.tokens.scope.${it}`))
          .join(", "),
    },
    {
      name: "addresses",
      label: t("profile.tokens.addresses"),
      cell: ({ addresses }) =>
        addresses.length < 2 ? (
          (addresses[0] ?? t("profile.tokens.everywhere"))
        ) : (
          <Tooltip label={addresses.join(", ")} multiline maw={320} events={{ hover: true, focus: true, touch: true }}>
            <Text size="sm" component="span" tabIndex={0}>
              {t("profile.tokens.addressCount", { count: addresses.length })}
            </Text>
          </Tooltip>
        ),
    },
    {
      name: "lastUsed",
      label: t("profile.tokens.lastUsed"),
      cell: ({ lastUsed }) => (lastUsed === null ? t("profile.tokens.never") : shown.relative(lastUsed)),
    },
    {
      name: "expires",
      label: t("profile.tokens.expires"),
      cell(token) {
        const state = stateOf(token, now);
        const { expires, revoked } = token;
        if (state === "valid") return expires === null ? t("profile.tokens.never") : shown.date(expires);
        return (
          <Group gap={6} wrap="nowrap">
            <Badge variant="outline" color="gray" c="dimmed">
              {t(`profile.tokens.state.${state}`)}
            </Badge>
            {shown.date(revoked ?? expires!)}
          </Group>
        );
      },
    },
    {
      name: "actions",
      label: t("common.actions"),
      align: "end",
      cell: (token) =>
        stateOf(token, now) === "valid" ? (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={t("profile.tokens.revokeNamed", { name: token.name })}
            onClick={() => onRevoke(token)}
          >
            {t("profile.tokens.revoke")}
          </Button>
        ) : null,
    },
  ];
}
