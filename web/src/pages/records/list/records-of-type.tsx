// The records of one object type, with all that can be done with them.
import { Button, Group, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { lazy, useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiProblem } from "../../../api/problem.ts";
import type { ObjectTypeWithFields } from "../../../api/generated.ts";
import { useOrg } from "../../../frame/org.ts";
import { listFields } from "../../../parts/fields/field.ts";
import { FilterChips } from "../../../parts/filter-builder/filter-chips.tsx";
import { usePathFields } from "../../../parts/fields/use-path-fields.ts";
import { PageHead } from "../../../parts/page-head.tsx";
import { Problem } from "../../../parts/problem.tsx";
import { WhenOpened } from "../../../parts/when-opened.tsx";
import { columnFields, isDeep, shownColumns, titlePath } from "./columns.ts";
import { useCountText } from "./count-text.ts";
import { NoRecords } from "./no-records.tsx";
import { RecordsActions } from "./records-actions.tsx";
import { RecordsFoot } from "./records-foot.tsx";
import { RecordsTable } from "./records-table.tsx";
import { RecordsToolbar } from "./records-toolbar.tsx";
import { everyMatch, isSelected, NOTHING, type Selection, under, withKeys } from "./selection.ts";
import { SelectionBar } from "./selection-bar.tsx";
import { useCount, useRecords } from "./use-records.ts";
import { filterOf, useView } from "./view.ts";
import { wherePaths } from "./where-paths.ts";

// Calendars and what one drags with are large.
const ColumnDrawer = lazy(async () => ({ default: (await import("./column-drawer.tsx")).ColumnDrawer }));
const FilterDrawer = lazy(async () => ({ default: (await import("./filter-drawer.tsx")).FilterDrawer }));

export function RecordsOfType({ type }: { readonly type: ObjectTypeWithFields }) {
  const { t } = useTranslation();
  const { org, may } = useOrg();
  const countText = useCountText();
  const [view, change] = useView();
  const [filtering, filterDrawer] = useDisclosure(false);
  const [choosing, columnDrawer] = useDisclosure(false);
  const [kept, setSelection] = useState<Selection>(NOTHING);
  const asked = [...(view.paths ?? []), ...view.order, ...wherePaths(view.where)];
  const isUsual = view.paths === null;
  const isNeeded = isUsual || isDeep(asked, type);
  const { fields, isComplete } = usePathFields(org, type, isNeeded || filtering || choosing);
  const askable = useMemo(() => [...fields, ...listFields(type)], [fields, type]);
  const filter = useMemo(() => filterOf(view), [view]);
  const selection = under(kept, filter);
  const { columns, paths, order } = useMemo(() => shownColumns(view, type, fields), [view, type, fields]);
  const onSelection = useCallback(
    (how: (now: Selection) => Selection) => setSelection((now) => how(under(now, filter))),
    [filter],
  );
  const unfilter = (): void => change({ where: undefined, search: "", namespace: null });
  const at = { org, name: type.name };
  const pages = useRecords(at, {
    filter,
    paths,
    order,
    limit: view.limit,
    enabled: isComplete || !isNeeded,
  });
  const { data: matches, error: countError } = useCount(at, filter);
  const { data: page, error, isPlaceholderData } = pages.found;
  const label = type.label ?? type.name;
  const isFiltered = Object.keys(filter).length > 0;
  const problem = error ?? countError;
  const isRefused = problem instanceof ApiProblem && problem.status >= 400 && problem.status < 500;
  const pageKeys = page?.keys ?? [];
  const isPageFull =
    pageKeys.length > 0 &&
    pageKeys.every((it) => isSelected(selection, it)) &&
    (page?.hasMore === true || pages.index > 0);
  return (
    <Stack gap="sm">
      <PageHead
        title={label}
        detail={
          <>
            <span role="status">
              {problem === null
                ? t(isFiltered ? "records.counted.matches" : "records.counted.all", {
                    count: matches?.count ?? 0,
                    shown: countText(matches),
                  })
                : null}
            </span>
            {type.documentation === null ? null : <div>{type.documentation}</div>}
          </>
        }
        actions={
          <RecordsActions
            type={type}
            view={view}
            filter={filter}
            matches={matches}
            selection={selection}
            paths={paths}
            onFound={(keys) =>
              setSelection((now) => withKeys(under(now, filter).mode === "keys" ? now : NOTHING, keys, true))
            }
          />
        }
      />
      <RecordsToolbar
        type={type}
        view={view}
        onChange={change}
        onFilter={filterDrawer.open}
        onColumns={columnDrawer.open}
      />
      {view.where === undefined ? null : (
        <FilterChips
          fields={askable}
          value={view.where}
          onChange={(where) => change({ where })}
          onOpen={filterDrawer.open}
        />
      )}
      <SelectionBar
        selection={selection}
        matches={matches}
        isPageFull={isPageFull}
        onEveryMatch={() => setSelection(everyMatch(filter))}
        onClear={() => setSelection(NOTHING)}
      />
      {problem === null ? null : (
        <Problem error={problem} retry={isRefused ? undefined : () => void pages.found.refetch()} />
      )}
      {problem !== null && isFiltered ? (
        <div>
          <Button variant="default" onClick={unfilter}>
            {t("records.filter.clear")}
          </Button>
        </div>
      ) : null}
      {problem !== null && (isRefused || page === undefined) ? null : page?.data.length === 0 && pages.index === 0 ? (
        <NoRecords isFiltered={isFiltered} onClear={unfilter} />
      ) : (
        <RecordsTable
          label={label}
          columns={columns}
          title={titlePath(type)}
          page={page}
          isWaiting={isPlaceholderData}
          order={order}
          onOrder={(next) => change({ order: next })}
          selection={selection}
          maySelect={may("batches.create") || may("exports.create")}
          mayExcept={type.key.length === 1}
          onSelection={onSelection}
        />
      )}
      <Group justify="flex-end">
        <RecordsFoot pages={pages} limit={view.limit} onLimit={(limit) => change({ limit })} />
      </Group>
      <WhenOpened opened={filtering}>
        <FilterDrawer
          opened={filtering}
          onClose={filterDrawer.close}
          fields={askable}
          where={view.where}
          onChange={(where) => change({ where })}
          problem={isRefused ? problem : null}
          count={t("records.counted.matches", { count: matches?.count ?? 0, shown: countText(matches) })}
        />
      </WhenOpened>
      <WhenOpened opened={choosing}>
        <ColumnDrawer
          opened={choosing}
          onClose={columnDrawer.close}
          fields={columnFields(fields)}
          paths={paths}
          isUsual={isUsual}
          onChange={(next) => change({ paths: next })}
        />
      </WhenOpened>
    </Stack>
  );
}
