/** From half of the wait's bound to all of it. `failures` counts from 1. */
export function waitAfter(failures, { base = 1_000, max = 30_000 } = {}, random = Math.random) {
    const bound = Math.min(max, base * 2 ** Math.min(failures - 1, 30));
    return bound / 2 + (random() * bound) / 2;
}
//# sourceMappingURL=backoff.js.map