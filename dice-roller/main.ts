import { StartError } from './common/config.ts';

/** The programs of this package by name; each is loaded only when it runs. */
const programs = {
  'dice-roller': () => import('./roller/main.ts'),
  'die-service': () => import('./die-service/main.ts'),
  traffic: () => import('./traffic/main.ts'),
  compare: () => import('./traffic/compare.ts'),
  start: () => import('./start.ts'),
};

const [name = '', ...args] = process.argv.slice(2);
try {
  if (!isProgram(name)) {
    const names = Object.keys(programs).join(', ');
    throw new StartError(`Unknown program '${name}': expected one of ${names}`);
  }
  const { main } = await programs[name]();
  await main(process.env, args);
} catch (error) {
  report(error);
  process.exit(error instanceof StartError ? 2 : 3);
}

function isProgram(text: string): text is keyof typeof programs {
  return Object.hasOwn(programs, text);
}

/** A server writes JSON lines and nothing else, so what stops it at start is one too. */
function report(error: unknown): void {
  const isMistake = error instanceof StartError || isAddressInUse(error);
  const text =
    error instanceof Error ? (isMistake ? error.message : (error.stack ?? error.message)) : String(error);
  const isServer = name === 'dice-roller' || name === 'die-service';
  const line = { timestamp: new Date().toISOString(), level: 'ERROR', message: text, logger: name };
  console.error(isServer ? JSON.stringify(line) : text);
}

function isAddressInUse(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
