/** Exit codes of every command. */
export const EXIT = { ok: 0, findings: 1, usage: 2, bug: 3 } as const;
