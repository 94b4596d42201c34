export interface BrokenDisk {
  /** How many changes there were. */
  calls(): number;
  mend(): void;
}
export function breakDisk(how: string, at: number): BrokenDisk;
