// Words that records must hold; asked for when the typing pauses.
import { CloseButton, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

const PAUSE = 350;

export function SearchBox({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (search: string) => void;
}) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState({ of: value, text: value });
  // A view was opened, or somebody went back.
  if (typed.of !== value && typed.text.trim() !== value) setTyped({ of: value, text: value });
  const give = useDebouncedCallback((text: string) => onChange(text.trim()), PAUSE);
  const enter = (text: string): void => {
    setTyped({ of: value, text });
    give(text);
  };
  return (
    <TextInput
      type="search"
      role="searchbox"
      flex="1 1 200px"
      maw={360}
      maxLength={255}
      aria-label={t("records.search.label")}
      placeholder={t("records.search.label")}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        typed.text === "" ? null : (
          <CloseButton size="sm" aria-label={t("records.search.clear")} onClick={() => enter("")} />
        )
      }
      value={typed.text}
      onChange={(event) => enter(event.currentTarget.value)}
    />
  );
}
