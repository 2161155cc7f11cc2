import type { Finding } from '../model/finding.ts';
import type { WorkspaceFiles } from '../model/workspace.ts';
import type { WritePlan } from '../model/write-plan.ts';

/** What to build. */
export interface BuildOptions {
  /** The workspace root: the folder that holds `dashboards/`. Default: the current folder. */
  readonly root?: string;
  /** The provisioning folder below the root; default `provisioning`. Another one is another environment. */
  readonly provisioning?: string;
  /** Write the files; default true. Without, the result says what would be written. */
  readonly write?: boolean;
  /** Milliseconds that one definition may take; default 10,000. */
  readonly timeout?: number;
  /** Use what an earlier build left in its cache; default true. */
  readonly cache?: boolean;
}

/** What a build found and did. Nothing is written while there is any finding. */
export interface BuildResult {
  readonly findings: readonly Finding[];
  /** One entry a generated file, by path. */
  readonly outputs: readonly OutputState[];
  readonly plan: WritePlan;
  /** Paths that were written or removed. */
  readonly written: readonly string[];
  /** What definitions printed. */
  readonly output: string;
  /** For reports: the texts that findings point into. */
  readonly files: WorkspaceFiles;
  /** Absolute paths of the files that were read, those of packages left out; empty when nothing had to be done. */
  readonly inputs: readonly string[];
}

/** What becomes of one generated file. */
export interface OutputState {
  readonly path: string;
  readonly definition: string;
  /**
   * `missing` (no such file yet), `stale` (written by an earlier build), `edited` (changed by hand since), `orphaned`
   * (its definition is gone), `unchanged`.
   */
  readonly state: 'missing' | 'stale' | 'edited' | 'orphaned' | 'unchanged';
}
