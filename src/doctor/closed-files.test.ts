import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { diskTree } from '../load/file-tree.ts';
import { loadWorkspaces } from '../load/workspaces.ts';
import { closedFiles } from './closed-files.ts';

const SERVICE = 'image: grafana/grafana, volumes: ["./provisioning:/etc/grafana/provisioning"]';
const DATASOURCES = 'provisioning/datasources/ds.yaml';

function said(compose: string, closed: Readonly<Record<string, number>>): string | undefined {
  const root = mkdtempSync(join(tmpdir(), 'panelproof-closed-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  put('compose.yaml', `services: {grafana: {${compose}}}`);
  put(DATASOURCES, 'apiVersion: 1\n');
  const folders = ['', 'provisioning', 'provisioning/datasources'];
  for (const folder of folders) chmodSync(join(root, folder), 0o755);
  chmodSync(join(root, DATASOURCES), 0o644);
  for (const [path, mode] of Object.entries(closed)) chmodSync(join(root, path), mode);
  return closedFiles(loadWorkspaces(diskTree(root)).workspaces);
}

describe.runIf(process.platform === 'linux')('files for a Grafana in a container', () => {
  test.each([
    ['a file of its owner', { [DATASOURCES]: 0o600 }, DATASOURCES],
    ['a folder of its owner', { provisioning: 0o700, [DATASOURCES]: 0o600 }, 'provisioning'],
  ])('%s is named with the command that opens it', (_, closed, path) => {
    expect(said(SERVICE, closed)).toBe(
      `Only its owner can read ${path}, and Grafana in its container is another user: chmod -R go+rX ${path}`,
    );
  });

  test('are no matter when they are open, or when the service says its user', () => {
    expect(said(SERVICE, {})).toBeUndefined();
    expect(said(`${SERVICE}, user: "1000"`, { provisioning: 0o700 })).toBeUndefined();
  });
});
