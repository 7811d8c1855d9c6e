/** How long to wait after failures in a row: doubling, and never twice the same, so that a thousand pages do not come back at once. */
export interface Backoff {
  /** The first wait, at most, in milliseconds. Default 1,000. */
  base?: number;
  /** Every wait, at most, in milliseconds. Default 30,000. */
  max?: number;
}

/** From half of the wait's bound to all of it. `failures` counts from 1. */
export function waitAfter(failures: number, { base = 1_000, max = 30_000 }: Backoff = {}, random: () => number = Math.random): number {
  const bound = Math.min(max, base * 2 ** Math.min(failures - 1, 30));
  return bound / 2 + (random() * bound) / 2;
}
