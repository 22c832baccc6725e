// A column's place, which can be typed.
import { Input, Text } from "@mantine/core";
import { createContext, memo, use, useState } from "react";
import { useTranslation } from "react-i18next";

/** How many there are; a context, so that one more does not draw all rows anew. */
export const CountContext = createContext(0);

export const PlaceInput = memo(function PlaceInput({
  index,
  name,
  readOnly,
  onMove,
}: {
  readonly index: number;
  readonly name: string;
  readonly readOnly: boolean;
  readonly onMove: (to: number) => void;
}) {
  const { t } = useTranslation();
  const count = use(CountContext);
  const [typed, setTyped] = useState<string | null>(null);
  if (readOnly) {
    return (
      <Text size="sm" c="dimmed" w={32} ta="end" pt={4}>
        {index + 1}
      </Text>
    );
  }
  const commit = (): void => {
    const place = Number(typed);
    if (typed !== null && typed.trim() !== "" && Number.isInteger(place))
      onMove(Math.min(Math.max(place, 1), count) - 1);
    setTyped(null);
  };
  return (
    <Input
      size="xs"
      w={42}
      inputMode="numeric"
      aria-label={t("templates.columns.placeOf", { name, count })}
      value={typed ?? String(index + 1)}
      styles={{ input: { textAlign: "center", paddingInline: 4 } }}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === "Enter") commit();
        if (event.key === "Escape") setTyped(null);
      }}
    />
  );
});
