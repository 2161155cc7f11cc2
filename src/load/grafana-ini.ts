import { parse } from 'ini';
import { asRecord, asText } from './record.ts';

/** What a `grafana.ini` says about where things are; undefined for what it does not set. */
export interface GrafanaIni {
  readonly provisioning: string | undefined;
  readonly data: string | undefined;
  /** The database is a server of its own (MySQL, PostgreSQL), so it outlives the container. */
  readonly hasDatabaseServer: boolean;
  /** `[plugins] preinstall` and `preinstall_sync`: what it installs when it starts. */
  readonly preinstall: readonly string[];
}

/** Reads a `grafana.ini` or `custom.ini`: `[paths]` and `[database]`. Lines that are none are passed over. */
export function grafanaIni(text: string): GrafanaIni {
  const root = asRecord(parse(text));
  const value = (section: string, key: string) => asText(asRecord(root?.[section])?.[key]) || undefined;
  return {
    provisioning: value('paths', 'provisioning'),
    data: value('paths', 'data'),
    hasDatabaseServer: isDatabaseServer(value('database', 'type'), value('database', 'url')),
    preinstall: ['preinstall', 'preinstall_sync'].flatMap((key) => value('plugins', key) ?? []),
  };
}

/** Whether `[database]` (or `GF_DATABASE_*`) names a database outside Grafana's own folder. */
export function isDatabaseServer(type: string | undefined, url: string | undefined): boolean {
  return (type !== undefined && type !== '' && type !== 'sqlite3') || /^(mysql|postgres)/.test(url ?? '');
}
