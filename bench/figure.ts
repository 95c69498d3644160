/** One line of the bench's table. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  /** The value may be this much; undefined where it is only told. */
  readonly limit?: number | undefined;
  /** What the value counts: `x` for a ratio. */
  readonly unit: "x" | "reads" | "MB" | "s";
  /** What it was made from. */
  readonly detail: string;
}

/** A ratio of two times that were measured by turns. */
export function ratio(options: {
  readonly name: string;
  readonly limit?: number | undefined;
  readonly measured: number;
  readonly floor: number;
  readonly floorName: string;
}): Figure {
  const { name, limit, measured, floor, floorName } = options;
  return {
    name,
    limit,
    unit: "x",
    value: measured / floor,
    detail: `${measured.toFixed(0)} ms over ${floor.toFixed(0)} ms of ${floorName}`,
  };
}

export function isMet({ value, limit }: Figure): boolean {
  return limit === undefined || value <= limit;
}

/** The table, as Markdown, so that it can be pasted into README.md. */
export function formatFigures(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const value =
      figure.unit === "reads" ? String(figure.value) : figure.value.toFixed(2);
    const limit =
      figure.limit === undefined ? "" : `${figure.limit} ${figure.unit}`;
    const verdict =
      figure.limit === undefined ? "" : isMet(figure) ? "met" : "MISSED";
    return `| ${figure.name} | ${value} ${figure.unit} | ${limit} | ${verdict} | ${figure.detail} |`;
  });
  return [
    "| what | figure | at most | | made from |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
}
