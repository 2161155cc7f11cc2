import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { stopSignal, untilSignal } from '../../build/until-signal.ts';
import { watchBuild } from '../../build/watch/watch-build.ts';
import { UsageError } from '../../model/usage-error.ts';
import { interFile } from '../draw/inter-font.ts';
import type { drawPanel } from '../panels/draw-panel.ts';
import type { PreviewOptions } from '../preview.ts';
import { type OpenPages, openPages } from './open-pages.ts';
import { PAGE_CSS, PAGE_JS, pageHtml, stageHtml } from './page.ts';
import { pageState } from './page-state.ts';
import { rememberedPanels } from './remembered-panels.ts';
import { compiledSnapshot, type Snapshot, snapshotOf } from './snapshot.ts';

/** How the page is served. */
export interface ServeOptions extends PreviewOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** Told in single lines: the address, builds, what went wrong. */
  readonly say: (line: string) => void;
  /** Ends the server; by default Ctrl-C does. */
  readonly signal?: AbortSignal;
}

/**
 * Serves a page on this machine that draws the dashboards and follows their definitions: each save builds (without
 * writing) and tells the open pages. Resolves when it has ended.
 *
 * @throws UsageError when the port is taken
 */
export async function servePreview(options: ServeOptions): Promise<void> {
  const root = options.root ?? '.';
  let snapshot: Snapshot = snapshotOf(root, undefined, undefined);
  const pages = openPages();
  const draw = rememberedPanels();
  const server = createServer((request, response) => {
    const serving = { options: { ...options, drawPanel: draw }, snapshot, pages };
    answer(request, response, serving).catch((error: unknown) => {
      if (!(error instanceof UsageError)) options.say(String(error instanceof Error ? error.stack : error));
      send(
        response,
        error instanceof UsageError ? 400 : 500,
        'text/plain',
        error instanceof Error ? error.message : 'failed',
      );
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new UsageError(`port ${options.port} is taken: choose another with --port`)
          : error,
      ),
    );
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const address = server.address();
  options.say(
    `preview at http://127.0.0.1:${typeof address === 'object' && address ? address.port : options.port}/`,
  );
  const watched = await untilSignal(() =>
    watchBuild(
      { root, write: false },
      {
        async onCompiled(compiled) {
          snapshot = compiledSnapshot(root, compiled, snapshot);
          pages.tell('compiled');
          // Checking rules would keep them waiting.
          await pages.haveAll();
        },
        onBuilt: (result, took) => {
          snapshot = snapshotOf(root, result, snapshot);
          const { length } = result.findings;
          options.say(
            `built in ${Math.round(took)} ms: ${length === 0 ? 'no findings' : `${length} ${length === 1 ? 'finding' : 'findings'}`}`,
          );
          pages.tell('checked');
        },
        onError: (error) => options.say(error instanceof Error ? error.message : String(error)),
      },
    ),
  ).catch((error: unknown) => {
    // A tree without definitions is shown as it is.
    options.say(`not following definitions: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  });
  await (options.signal ? aborted(options.signal) : stopSignal());
  await untilSignal(async () => watched?.close());
  pages.end();
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

interface Serving {
  readonly options: ServeOptions & { readonly drawPanel: typeof drawPanel };
  readonly snapshot: Snapshot;
  readonly pages: OpenPages;
}

async function answer(request: IncomingMessage, response: ServerResponse, serving: Serving): Promise<void> {
  // A page elsewhere can point its name at this machine; the name it asks for tells.
  if (!/^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/.test(request.headers.host ?? ''))
    return send(response, 403, 'text/plain', 'Only for this machine');
  if (request.method !== 'GET') return send(response, 405, 'text/plain', 'Only GET');
  const url = new URL(request.url ?? '/', 'http://localhost');
  switch (url.pathname) {
    case '/':
      return send(
        response,
        200,
        'text/html',
        pageHtml(await pageState(serving.snapshot, serving.options, url.searchParams)),
      );
    case '/stage': {
      const state = await pageState(serving.snapshot, serving.options, url.searchParams);
      send(response, 200, 'text/html', stageHtml(state));
      // Not before it is on its way.
      response.once('finish', serving.pages.sent);
      return;
    }
    case '/page.js':
      return send(response, 200, 'text/javascript', PAGE_JS);
    case '/page.css':
      return send(response, 200, 'text/css', PAGE_CSS);
    case '/inter-400.woff2':
    case '/inter-500.woff2': {
      const weight = url.pathname.includes('400') ? 400 : 500;
      return send(response, 200, 'font/woff2', readFileSync(interFile(weight, 'latin', 'woff2')));
    }
    case '/events': {
      response.writeHead(200, { ...headers('text/event-stream'), Connection: 'keep-alive' });
      response.write(': following\n\n');
      serving.pages.add(response);
      return;
    }
    default:
      return send(response, 404, 'text/plain', 'No such page');
  }
}

function send(response: ServerResponse, status: number, type: string, body: string | Uint8Array): void {
  if (response.headersSent) return void response.end();
  response.writeHead(status, headers(type)).end(body);
}

/** Nothing runs but the page's own script, whatever titles and data hold; nothing is loaded from elsewhere. */
function headers(type: string): Record<string, string> {
  return {
    'Content-Type': type.startsWith('font') ? type : `${type}; charset=utf-8`,
    'Content-Security-Policy':
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  };
}
