// The name of a file or an archive, with tokens, and what it would be now.
import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useRef } from "react";
import { useTranslation } from "react-i18next";

const TOKENS = ["date", "time", "org", "object", "batch", "name", "version", "id"] as const;

export function FileNameField({
  label,
  pointer,
  value,
  onChange,
  error,
  now,
  placeholder,
}: {
  readonly label: string;
  readonly pointer: string;
  readonly value: string;
  readonly onChange: (name: string) => void;
  readonly error: string | undefined;
  /** What it would be now. */
  readonly now: string | undefined;
  readonly placeholder: string;
}) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const insert = (token: string): void => {
    const { selectionStart, selectionEnd } = input.current ?? {};
    const at = selectionStart ?? value.length;
    const text = `{${token}}`;
    onChange(value.slice(0, at) + text + value.slice(selectionEnd ?? at));
    requestAnimationFrame(() => {
      input.current?.focus();
      input.current?.setSelectionRange(at + text.length, at + text.length);
    });
  };
  return (
    <Stack gap={6}>
      <TextInput
        ref={input}
        label={label}
        data-pointer={pointer}
        value={value}
        placeholder={placeholder}
        onChange={(event) => onChange(event.currentTarget.value)}
        error={error}
        spellCheck={false}
      />
      <Group gap={4} role="group" aria-label={t("templates.tokens.label")}>
        {TOKENS.map((it) => (
          <Button
            key={it}
            size="compact-xs"
            // As high as fingers need it at least (WCAG 2.2, 2.5.8).
            h={24}
            variant="default"
            fw={400}
            title={t(`templates.tokens.${it}`)}
            aria-label={`{${it}}: ${t(`templates.tokens.${it}`)}`}
            onClick={() => insert(it)}
          >
            {`{${it}}`}
          </Button>
        ))}
      </Group>
      {now === undefined ? null : (
        <Text size="sm" c="dimmed" role="status" style={{ overflowWrap: "anywhere" }}>
          {t("templates.tokens.now")} <strong>{now}</strong>
        </Text>
      )}
    </Stack>
  );
}
