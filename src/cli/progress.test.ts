import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { progress } from './progress.ts';
import type { Terminal } from './terminal.ts';

function terminal(isTTY: boolean) {
  const written: string[] = [];
  const stream = { isTTY, write: (text: string) => written.push(text) };
  return { written, terminal: { stdout: stream, stderr: stream, environment: {} } as unknown as Terminal };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('progress', () => {
  it('is shown on a terminal once the work lasts more than a second, and taken away at its end', () => {
    const { written, terminal: shown } = terminal(true);
    const { onStage, end } = progress(shown);
    onStage('definitions');
    vi.advanceTimersByTime(900);
    onStage('rules');
    expect(written).toEqual([]);
    vi.advanceTimersByTime(1200);
    expect(written.at(-1)).toContain('applying rules … 2 s');
    onStage('types');
    expect(written.at(-1)).toContain('checking types … 2 s');
    end();
    expect(written.at(-1)).toBe('\r\u001b[K');
    const count = written.length;
    vi.advanceTimersByTime(5000);
    expect(written.length).toBe(count);
  });

  it('is not shown where nobody looks on', () => {
    const { written, terminal: unseen } = terminal(false);
    const { onStage, end } = progress(unseen);
    vi.advanceTimersByTime(5000);
    onStage('writing');
    end();
    expect(written).toEqual([]);
  });
});
