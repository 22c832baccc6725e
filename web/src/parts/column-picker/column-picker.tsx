// Two lists to pick columns by: those there are, and those that are chosen, in their order. By mouse, touch and keyboard.
import { ActionIcon, Button, Group, Text, TextInput, Tooltip, VisuallyHidden } from "@mantine/core";
import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  DragOverlay,
  KeyboardSensor,
  MouseSensor,
  pointerWithin,
  TouchSensor,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import { sortableKeyboardCoordinates } from "@dnd-kit/sortable";
import {
  IconArrowDown,
  IconArrowUp,
  IconChevronLeft,
  IconChevronRight,
  IconChevronsLeft,
  IconChevronsRight,
  IconSearch,
} from "@tabler/icons-react";
import { type KeyboardEvent, type ReactNode, useDeferredValue, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useShown } from "../../lib/shown.ts";
import { AvailableList } from "./available-list.tsx";
import { type Choice, matching, placed, shifted } from "./choice.ts";
import { ChosenList } from "./chosen-list.tsx";
import classes from "./column-picker.module.css";
import { useListbox } from "./use-listbox.ts";
import { useDragTexts } from "./drag-texts.ts";

export interface ColumnPickerProps {
  readonly available: readonly Choice[];
  /** Paths, in their order; one that is not on offer is shown as it is. */
  readonly value: readonly string[];
  readonly onChange: (value: readonly string[]) => void;
  /** What is wrong with the whole, and with single paths. */
  readonly error?: string | undefined;
  readonly problems?: ReadonlyMap<string, string>;
  /** What stands beside the search: where to start from. */
  readonly tools?: ReactNode;
}

export function ColumnPicker({ available, value, onChange, error, problems, tools }: ColumnPickerProps) {
  const { t } = useTranslation();
  const shown = useShown();
  const [search, setSearch] = useState("");
  const sought = useDeferredValue(search);
  const [dragged, setDragged] = useState<string | null>(null);
  const dragTexts = useDragTexts(available);

  const byPath = useMemo(() => new Map(available.map((it) => [it.path, it])), [available]);
  const chosen = useMemo(() => value.map((path) => byPath.get(path) ?? { path, label: path }), [value, byPath]);
  const free = useMemo(() => {
    const taken = new Set(value);
    const left = matching(available, sought).filter(({ path }) => !taken.has(path));
    return [...Map.groupBy(left, ({ group }) => group ?? "").values()].flat();
  }, [available, value, sought]);

  const from = useListbox(free.map(({ path }) => path));
  const to = useListbox(value);
  const add = (some: ReadonlySet<string>, before: string | null = null): void => {
    const paths = free.map(({ path }) => path).filter((path) => some.has(path));
    if (paths.length === 0) return;
    from.leave(some);
    to.select(paths);
    onChange(placed(value, paths, before));
  };
  const remove = (some: ReadonlySet<string>): void => {
    to.leave(some);
    onChange(value.filter((path) => !some.has(path)));
  };
  const shift = (by: -1 | 1): void => onChange(shifted(value, to.subject, by));

  const onAvailableKey = (event: KeyboardEvent): void => {
    if (event.key !== "Enter") {
      from.onKeyDown(event);
      return;
    }
    event.preventDefault();
    add(from.subject);
  };
  const onChosenKey = (event: KeyboardEvent): void => {
    // While an option is carried by keys, they are its.
    if (dragged !== null || event.defaultPrevented) return;
    const isVertical = event.key === "ArrowUp" || event.key === "ArrowDown";
    if (isVertical && (event.ctrlKey || event.altKey || event.metaKey)) {
      event.preventDefault();
      shift(event.key === "ArrowUp" ? -1 : 1);
      const { active, ref } = to;
      requestAnimationFrame(() => {
        ref.current?.querySelector(`[data-path="${CSS.escape(active ?? "")}"]`)?.scrollIntoView({ block: "nearest" });
      });
    } else if (["Enter", "Delete", "Backspace"].includes(event.key)) {
      event.preventDefault();
      remove(to.subject);
    } else {
      to.onKeyDown(event);
    }
  };

  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 4 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 8 } }),
    useSensor(KeyboardSensor, {
      coordinateGetter: sortableKeyboardCoordinates,
      keyboardCodes: { start: ["Space"], cancel: ["Escape"], end: ["Space", "Enter", "Tab"] },
    }),
  );
  const onDragEnd = ({ active, over }: DragEndEvent): void => {
    setDragged(null);
    if (over === null) return;
    const id = String(active.id);
    const target = over.id === "chosen" ? null : String(over.id);
    if (id.startsWith(FROM)) {
      const path = id.slice(FROM.length);
      add(from.selected.has(path) ? from.selected : new Set([path]), target);
      return;
    }
    if (target === null || target === id) return;
    const isDown = value.indexOf(id) < value.indexOf(target);
    const rest = value.filter((path) => path !== id);
    onChange(rest.toSpliced(rest.indexOf(target) + (isDown ? 1 : 0), 0, id));
  };
  const overlay = dragged === null ? null : (byPath.get(pathOf(dragged)) ?? { path: dragged, label: pathOf(dragged) });

  return (
    <DndContext
      sensors={sensors}
      collisionDetection={(its) => (String(its.active.id).startsWith(FROM) ? pointerWithin(its) : closestCenter(its))}
      accessibility={dragTexts}
      onDragStart={({ active }) => setDragged(String(active.id))}
      onDragCancel={() => setDragged(null)}
      onDragEnd={onDragEnd}
    >
      <div className={classes["columns"]}>
        <div className={classes["column"]}>
          <Text size="sm" fw={600}>
            {t("exportDialog.picker.available")}
          </Text>
          <TextInput
            size="xs"
            type="search"
            aria-label={t("exportDialog.picker.search")}
            placeholder={t("exportDialog.picker.search")}
            leftSection={<IconSearch size={14} aria-hidden />}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === "ArrowDown") from.ref.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
              else if (event.key === "Enter" && free[0] !== undefined) add(new Set([free[0].path]));
              else if (event.key === "Escape" && search !== "") setSearch("");
              else return;
              event.preventDefault();
            }}
            data-mantine-stop-propagation={search !== ""}
          />
          <AvailableList
            choices={free}
            list={{ ...from, onKeyDown: onAvailableKey }}
            onMove={(path) => add(new Set([path]))}
          />
          <Text size="xs" c="dimmed">
            {t("exportDialog.picker.left", { count: free.length, shown: shown.number(free.length) })}
          </Text>
        </div>
        <div className={classes["between"]} role="group" aria-label={t("exportDialog.picker.move")}>
          <Button
            size="xs"
            variant="default"
            disabled={from.selected.size === 0}
            onClick={() => add(from.selected)}
            rightSection={<IconChevronRight size={14} aria-hidden />}
          >
            {t("exportDialog.picker.add")}
          </Button>
          <Button
            size="xs"
            variant="default"
            disabled={to.selected.size === 0}
            onClick={() => remove(to.selected)}
            leftSection={<IconChevronLeft size={14} aria-hidden />}
          >
            {t("exportDialog.picker.remove")}
          </Button>
          <Button
            size="xs"
            variant="default"
            disabled={free.length === 0}
            onClick={() => add(new Set(free.map(({ path }) => path)))}
            rightSection={<IconChevronsRight size={14} aria-hidden />}
          >
            {search === "" ? t("exportDialog.picker.all") : t("exportDialog.picker.allFound")}
          </Button>
          <Button
            size="xs"
            variant="default"
            disabled={value.length === 0}
            onClick={() => remove(new Set(value))}
            leftSection={<IconChevronsLeft size={14} aria-hidden />}
          >
            {t("exportDialog.picker.none")}
          </Button>
        </div>
        <div className={classes["column"]}>
          <Text size="sm" fw={600}>
            {t("exportDialog.picker.chosen")}
          </Text>
          <Group gap={6} mih={30} wrap="nowrap" justify="space-between">
            <Group gap={4} wrap="nowrap">
              {([-1, 1] as const).map((by) => {
                const label = by === -1 ? t("exportDialog.picker.up") : t("exportDialog.picker.down");
                const Icon = by === -1 ? IconArrowUp : IconArrowDown;
                return (
                  <Tooltip key={by} label={label}>
                    <ActionIcon
                      variant="default"
                      size={30}
                      aria-label={label}
                      disabled={to.selected.size === 0}
                      onClick={() => shift(by)}
                    >
                      <Icon size={14} aria-hidden />
                    </ActionIcon>
                  </Tooltip>
                );
              })}
            </Group>
            {tools}
          </Group>
          <ChosenList
            choices={chosen}
            list={{ ...to, onKeyDown: onChosenKey }}
            onMove={(path) => remove(new Set([path]))}
            problems={problems}
            error={error !== undefined}
          />
          {error === undefined ? (
            <Text size="xs" c="dimmed" aria-live="polite">
              {t("exportDialog.picker.count", { count: value.length, shown: shown.number(value.length) })}
            </Text>
          ) : (
            <Text size="xs" c="var(--mantine-color-error)" role="alert">
              {error}
            </Text>
          )}
        </div>
      </div>
      <VisuallyHidden>{t("exportDialog.picker.keys")}</VisuallyHidden>
      <Text size="xs" c="dimmed" mt={4} visibleFrom="sm" aria-hidden>
        {t("exportDialog.picker.keys")}
      </Text>
      <DragOverlay dropAnimation={null}>
        {overlay === null ? null : <div className={classes["overlay"]}>{overlay.label}</div>}
      </DragOverlay>
    </DndContext>
  );
}

const FROM = "available:";

function pathOf(id: string): string {
  return id.startsWith(FROM) ? id.slice(FROM.length) : id;
}
