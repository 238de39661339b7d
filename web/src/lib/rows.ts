// Lists that are edited as a table and saved whole: their lines, and what stands in each column.

/** One line; what is empty is '' or, for a number, null. */
export interface Line {
  id: string;
  [key: string]: string | number | null;
}

interface Common {
  key: string;
  label: string;
  required?: boolean;
  /** As the server calls the field in what it says of it; `key` when left out. */
  fault?: string;
  /** Of the table's width, when there is room for a table. */
  width?: string;
  placeholder?: string;
}

export type Column = Common &
  (
    | { kind: 'text' | 'time' | 'organization' }
    | { kind: 'number'; min?: number }
    | { kind: 'day'; min?: string; max?: string }
    | { kind: 'unit'; at?: string }
    | { kind: 'choice'; options: { value: string; label: string }[] }
  );

/** Where the server says that a field of a line is at fault: `sites[3].name`. */
export const faultField = (list: string, index: number, column: Pick<Column, 'key' | 'fault'>) =>
  `${list}[${index}].${column.fault ?? column.key}`;

/** All fields of a list that show their own fault. */
export const faultFields = (list: string, lines: Line[], columns: Column[]): string[] =>
  lines.flatMap((_, index) => columns.map((column) => faultField(list, index, column)));

/** Whether two lists say the same, whatever their order. */
export function sameLines(a: Line[], b: Line[]): boolean {
  const ordered = (lines: Line[]) =>
    JSON.stringify(
      [...lines]
        .sort((one, other) => (one.id < other.id ? -1 : 1))
        .map((line) => Object.entries(line).sort(([one], [other]) => (one < other ? -1 : 1))),
    );
  return ordered(a) === ordered(b);
}
