/** Measures commands as whole processes, in turn, so that a machine whose speed drifts slows all of them alike. */
import { spawn } from 'node:child_process';

/**
 * Runs commands `runs` times, A B A B …, after one run each that does not count.
 *
 * @param {Record<string, { args: string[], cwd?: string, before?: () => void, times?: number }>} commands arguments of `node` by
 *   name; `times` counts so many of them as one, since processes are accounted for in steps of 10 ms
 * @returns {Promise<Record<string, { cpu: number, wall: number, memory: number }>>} medians: seconds, seconds, MiB
 */
export async function measure(commands, runs = 5) {
  const figures = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  for (let run = 0; run <= runs; run++)
    for (const [name, command] of Object.entries(commands)) {
      command.before?.();
      const figure = await once(command);
      if (run > 0) figures[name].push(figure);
    }
  const median = (list, key) => list.map((figure) => figure[key]).sort((a, b) => a - b)[list.length >> 1];
  return Object.fromEntries(
    Object.entries(figures).map(([name, list]) => [
      name,
      { cpu: median(list, 'cpu'), wall: median(list, 'wall'), memory: median(list, 'memory') },
    ]),
  );
}

/** Linux accounts for the children of a process when they end; `time` writes user, system and memory. */
function once({ args, cwd, times = 1 }) {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const loop = ['sh', '-c', `for _ in ${'x '.repeat(times)}; do "$@"; done`, 'sh'];
    const child = spawn('/usr/bin/time', ['-f', '%U %S %M', ...loop, process.execPath, ...args], {
      cwd,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('error', () => reject(new Error('needs /usr/bin/time (Debian package time)')));
    child.on('close', () => {
      const [user, system, kib] = stderr.trim().split('\n').at(-1).split(' ').map(Number);
      const wall = (performance.now() - started) / 1000;
      resolve({ cpu: (user + system) / times, wall: wall / times, memory: kib / 1024 });
    });
  });
}

/** Prints figures as a table with each one's ratio to the named floor. */
export function printFigures(title, figures, floor) {
  console.log(`\n${title} (Node ${process.version}, medians)`);
  console.table(
    Object.fromEntries(
      Object.entries(figures).map(([name, { cpu, wall, memory }]) => [
        name,
        {
          'CPU s': cpu.toFixed(3),
          'wall s': wall.toFixed(3),
          'peak MiB': Math.round(memory),
          [`CPU ÷ ${floor}`]: (cpu / figures[floor].cpu).toFixed(2),
        },
      ]),
    ),
  );
}
