/** Milliseconds since some moment. `performance`, which tells the same, takes longer to load than a small pair to read. */
export const milliseconds = (): number => Number(process.hrtime.bigint()) / 1e6;
