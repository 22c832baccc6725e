// The dialog by which an export is ordered, and the picker of columns.

export const exportDialog = {
  picker: {
    available: "Available columns",
    chosen: "Chosen columns",
    search: "Search columns",
    own: "Fields of its own",
    noneAvailable: "No further column is found.",
    noneChosen: "No column is chosen yet. Double-click one, or drag it here.",
    left_one: "{{shown}} column",
    left_other: "{{shown}} columns",
    count_one: "{{shown}} column chosen",
    count_other: "{{shown}} columns chosen",
    move: "Move columns",
    add: "Add",
    remove: "Remove",
    all: "All",
    allFound: "All found",
    none: "None",
    up: "Move up",
    down: "Move down",
    sortable: "column that can be moved",
    keys: "Enter moves a column to the other list, Ctrl with an arrow key changes the order, Shift with an arrow key selects several.",
    drag: {
      how: "Press the space bar to pick the column up, the arrow keys to move it, the space bar again to put it down, Escape to leave it where it was. Ctrl with an arrow key moves it at once; Enter removes it.",
      taken: "{{name}} is picked up.",
      over: "{{name}} is at the place of {{other}}.",
      dropped: "{{name}} is put down.",
      back: "{{name}} is back where it was.",
    },
  },
} as const;
