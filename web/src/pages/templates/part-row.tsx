// A dataset of an export template: a dataset template by its name, or one that is written into the export template.
import { Anchor, Box, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { ListedTemplate } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";
import { useObjectTypes } from "./facts-hooks.ts";
import { InlinePart } from "./inline-part.tsx";
import { nameOfInline, type Part } from "./model.ts";
import { MovableRow } from "./movable-row.tsx";
import type { Finding } from "./use-preview.ts";

export function PartRow({
  part,
  index,
  template,
  findings,
  fileNames,
  readOnly,
  onMove,
  onChange,
  onRemove,
}: {
  readonly part: Part;
  readonly index: number;
  /** As it is now; undefined while it is not known, or where it is no more. */
  readonly template: ListedTemplate | undefined;
  readonly findings: readonly Finding[];
  readonly fileNames: readonly string[];
  readonly readOnly: boolean;
  readonly onMove: (to: number) => void;
  readonly onChange: (part: Part) => void;
  readonly onRemove: () => void;
}) {
  const { t } = useTranslation();
  const { org } = useOrg();
  const { nameOf } = useObjectTypes();
  const name = part.kind === "reference" ? (template?.name ?? part.name) : nameOfInline(part.body);
  const object = part.kind === "reference" ? template?.objects : part.body["object"];
  const format = part.kind === "reference" ? template?.format : part.body["format"];
  return (
    <li data-pointer={part.key}>
      <MovableRow
        id={part.key}
        name={name}
        index={index}
        findings={findings}
        readOnly={readOnly}
        onMove={onMove}
        onRemove={onRemove}
      >
        <Box pt={3}>
          {part.kind === "reference" ? (
            <Anchor component={Link} to={`/${org}/templates/dataset/${part.template}`} size="sm" fw={500}>
              {name}
            </Anchor>
          ) : (
            <Text size="sm" fw={500}>
              {name}
            </Text>
          )}
          <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
            {[
              ...(typeof object === "string" ? [nameOf(object)] : []),
              ...(typeof format === "string" ? [format] : []),
              ...(part.kind === "inline" ? [t("templates.datasets.inline")] : []),
            ].join(" · ")}
            {fileNames.length === 0 ? null : <> → {fileNames.join(", ")}</>}
          </Text>
          {part.kind === "inline" ? (
            <InlinePart
              body={part.body}
              readOnly={readOnly}
              onChange={(body) => onChange({ ...part, body })}
              onKept={({ _id, name: its }) => onChange({ key: part.key, kind: "reference", template: _id, name: its })}
            />
          ) : null}
        </Box>
      </MovableRow>
    </li>
  );
}
