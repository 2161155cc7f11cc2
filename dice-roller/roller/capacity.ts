/** Rolls that may be in flight at once in this process. */
export interface Capacity {
  /** Takes room for `rolls`, or none at all when there is not enough. */
  take(rolls: number): boolean;
  /** Gives room back. */
  give(rolls: number): void;
}

/** Capacity for `limit` rolls. */
export function createCapacity(limit: number): Capacity {
  let taken = 0;
  return {
    take: (rolls) => {
      if (taken + rolls > limit) return false;
      taken += rolls;
      return true;
    },
    give: (rolls) => {
      taken -= rolls;
    },
  };
}
