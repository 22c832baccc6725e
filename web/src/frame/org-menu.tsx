// The organisation of the page, and the others that the reader belongs to; found by typing where they are many.
import { Box, Button, Combobox, ScrollArea, Text, useCombobox } from "@mantine/core";
import { IconCheck, IconSelector } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useOrg } from "./org.ts";
import { useSession } from "./session.ts";

/** With more, one searches. */
const MANY = 7;

export function OrgMenu() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { org, name } = useOrg();
  const { orgs } = useSession();
  const [search, setSearch] = useState("");
  const isMany = orgs.length > MANY;
  const combobox = useCombobox({
    onDropdownClose() {
      combobox.resetSelectedOption();
      combobox.focusTarget();
      setSearch("");
    },
    onDropdownOpen() {
      if (isMany) combobox.focusSearchInput();
      combobox.selectActiveOption();
    },
  });
  if (orgs.length < 2) {
    return (
      <Text size="sm" truncate title={name}>
        {name}
      </Text>
    );
  }
  const wanted = search.trim().toLowerCase();
  const found = orgs.filter((it) => `${it.name} ${it.code}`.toLowerCase().includes(wanted));
  const go = (code: string): void => {
    combobox.closeDropdown();
    void navigate(`/${code}/records`);
  };
  return (
    <Combobox store={combobox} position="bottom-start" width={280} withinPortal={false} onOptionSubmit={go}>
      <Combobox.Target targetType="button" withAriaAttributes={!isMany}>
        <Button
          variant="default"
          size="xs"
          miw={0}
          maw={{ base: 150, xs: 220, sm: 320 }}
          rightSection={<IconSelector size={14} aria-hidden />}
          aria-label={`${t("common.organisation")}: ${name}`}
          aria-haspopup="listbox"
          aria-expanded={combobox.dropdownOpened}
          title={name}
          onClick={() => combobox.toggleDropdown()}
        >
          <Box component="span" style={{ overflow: "hidden", textOverflow: "ellipsis" }}>
            {name}
          </Box>
        </Button>
      </Combobox.Target>
      <Combobox.Dropdown>
        {isMany ? (
          <Combobox.Search
            value={search}
            onChange={(event) => {
              setSearch(event.currentTarget.value);
              combobox.selectFirstOption();
            }}
            placeholder={t("common.findOrganisation")}
            aria-label={t("common.findOrganisation")}
          />
        ) : null}
        <Combobox.Options aria-label={t("common.organisation")}>
          <ScrollArea.Autosize mah={320} type="auto">
            {found.map((it) => (
              <Combobox.Option key={it.code} value={it.code} active={it.code === org}>
                <Box component="span" style={{ display: "flex", alignItems: "center", gap: 8 }}>
                  <Box component="span" w={14} style={{ flexShrink: 0 }}>
                    {it.code === org ? <IconCheck size={14} aria-hidden /> : null}
                  </Box>
                  <Text component="span" size="sm" style={{ overflowWrap: "anywhere" }}>
                    {it.name}
                  </Text>
                </Box>
              </Combobox.Option>
            ))}
            {found.length === 0 ? <Combobox.Empty>{t("common.noOrganisationFound")}</Combobox.Empty> : null}
          </ScrollArea.Autosize>
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
