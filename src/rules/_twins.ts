import type { Config } from "../model/config.ts";

/** Whether the primary sends its VIPs to the secondary, so that what sync would write is what should be there. */
export const syncsVips = (primary: Config): boolean =>
  !primary.hasync.target.empty && primary.hasync.box("virtualip").on;
