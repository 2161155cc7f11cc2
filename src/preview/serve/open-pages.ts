import type { ServerResponse } from 'node:http';

/** The pages that are open: each holds a stream of events. */
export interface OpenPages {
  /** A page that has just been opened, until it is closed. */
  add(page: ServerResponse): void;
  /** What has changed: the dashboards are compiled, or rules and types are checked too. */
  tell(news: 'compiled' | 'checked'): void;
  /** A page was sent its picture. */
  sent(): void;
  /** Resolves when every page has been sent its picture since the call, or after half a second: one may be gone. */
  haveAll(): Promise<void>;
  end(): void;
}

/** Milliseconds. */
const MOST_WAIT = 500;

/** No page yet. */
export function openPages(): OpenPages {
  const pages = new Set<ServerResponse>();
  let sent = () => {};
  return {
    add(page) {
      pages.add(page);
      page.on('close', () => pages.delete(page));
    },
    tell(news) {
      for (const page of pages) page.write(`event: changed\ndata: ${news}\n\n`);
    },
    sent: () => sent(),
    haveAll: () =>
      new Promise<void>((resolve) => {
        let left = pages.size;
        if (left === 0) return resolve();
        const timer = setTimeout(resolve, MOST_WAIT);
        sent = () => {
          left--;
          if (left > 0) return;
          clearTimeout(timer);
          resolve();
        };
      }),
    end() {
      for (const page of pages) page.end();
    },
  };
}
