import type { PropertyPath } from '../model/source-file.ts';

/** Thrown inside `edit/` when an edit cannot be made rightly; the message is the reason, one sentence for the user. */
export class EditRefusal extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'EditRefusal';
  }
}

/** What `work` throws as a refusal, as a reason; undefined when it throws nothing. Other errors pass through. */
export function refusalOf(work: () => void): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof EditRefusal) return error.message;
    throw error;
  }
}

/** A property path as one writes it: `datasources[0].jsonData.timeInterval`; the root is `the file`. */
export function pathText(path: PropertyPath): string {
  if (path.length === 0) return 'the file';
  const parts = path.map((part) => {
    if (typeof part === 'number') return `[${part}]`;
    return /^[\w$-]+$/.test(part) ? `.${part}` : `[${JSON.stringify(part)}]`;
  });
  return parts.join('').replace(/^\./, '');
}
