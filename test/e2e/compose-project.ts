import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, root } from '../live/lab.ts';

/** The stack of compose.yaml, started as a project of its own on free ports: no other project or volume is touched. */
export interface ComposeProject {
  readonly grafanaUrl: string;
  readonly prometheusUrl: string;
  readonly lokiUrl: string;
  readonly tempoUrl: string;
  readonly rollerUrl: string;
  readonly user: string;
  readonly password: string;
  /** Stops it and removes its volumes; what its containers were and said stays where `E2E_PICTURES` names a folder. */
  down(): void;
}

/** Why the stack cannot be started here, or undefined when it can. A client without an engine is not enough. */
export function missingDocker(): string | undefined {
  const engine = spawnSync('docker', ['info', '--format', '{{.ServerVersion}}'], { encoding: 'utf8' });
  if (engine.error) return 'no docker';
  if (engine.status !== 0 || engine.stdout.trim() === '') return 'no Docker engine answers `docker info`';
  if (spawnSync('docker', ['compose', 'version']).status !== 0) return 'no `docker compose`';
  return undefined;
}

/** `docker compose up --wait`. @throws Error with the containers' logs when a service does not get healthy. */
export async function startProject(): Promise<ComposeProject> {
  const ports = {
    GRAFANA_PORT: await freePort(),
    PROMETHEUS_PORT: await freePort(),
    LOKI_PORT: await freePort(),
    TEMPO_PORT: await freePort(),
    ALLOY_PORT: await freePort(),
    DICE_ROLLER_PORT: await freePort(),
    DIE_SERVICE_PORT: await freePort(),
  };
  const [user, password] = ['e2e', `e2e-${ports.GRAFANA_PORT}`];
  const env = {
    ...process.env,
    ...Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, String(port)])),
    GRAFANA_ADMIN_USER: user,
    GRAFANA_ADMIN_PASSWORD: password,
    TRAFFIC_RATE: '5',
  };
  const args = ['compose', '--project-name', 'panelproof-e2e', '--file', 'compose.yaml'];
  const docker = (...command: string[]) =>
    spawnSync('docker', [...args, ...command], { cwd: root, env, encoding: 'utf8', maxBuffer: 1e8 });
  const url = (port: number) => `http://127.0.0.1:${port}`;
  const remove = () => void docker('down', '--volumes', '--remove-orphans', '--timeout', '10');
  /** State of the containers and the last lines of their logs. */
  const describe = (lines: number) =>
    docker('ps', '--all').stdout + docker('logs', '--no-color', '--tail', String(lines)).stdout;
  const project: ComposeProject = {
    grafanaUrl: url(ports.GRAFANA_PORT),
    prometheusUrl: url(ports.PROMETHEUS_PORT),
    lokiUrl: url(ports.LOKI_PORT),
    tempoUrl: url(ports.TEMPO_PORT),
    rollerUrl: url(ports.DICE_ROLLER_PORT),
    user,
    password,
    down: () => {
      keep('containers.txt', describe(500));
      remove();
    },
  };
  remove();
  try {
    execFileSync('docker', [...args, 'up', '--build', '--wait', '--wait-timeout', '600'], {
      cwd: root,
      env,
      stdio: 'inherit',
    });
  } catch (cause) {
    const description = describe(30);
    project.down();
    throw new Error(`The stack does not come up:\n${description}`, { cause });
  }
  return project;
}

function keep(name: string, text: string): void {
  const folder = process.env.E2E_PICTURES;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  appendFileSync(join(folder, name), text);
}
