// A text as it was written, with its lines; of a long one the beginning, until all of it is asked for.
import { Button, Text } from "@mantine/core";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";

const LONG = 600;

export function LongText({ text }: { readonly text: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const id = useId();
  const isLong = text.length > LONG * 1.2;
  return (
    <>
      <Text id={id} span size="sm" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }} dir="auto">
        {isLong && !open ? `${text.slice(0, LONG)}…` : text}
      </Text>
      {isLong ? (
        <div>
          <Button
            size="compact-xs"
            variant="subtle"
            aria-expanded={open}
            aria-controls={id}
            onClick={() => setOpen(!open)}
          >
            {t(open ? "records.one.fields.less" : "records.one.fields.more")}
          </Button>
        </div>
      ) : null}
    </>
  );
}
