/** The text of docs/api.md. */
export function apiPage(): Promise<string>;
