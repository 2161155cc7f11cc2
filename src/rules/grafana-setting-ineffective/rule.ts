import type { Rule } from '../../model/rule.ts';
import { provisioningElsewhere } from './provisioning-elsewhere.ts';

/** Settings that Grafana does not have, or no longer, with the setting that people mean by them. */
const NO_SETTINGS: { readonly [name: string]: string } = {
  GF_PATHS_DASHBOARDS: 'the path of dashboards is `options.path` of a provider',
  GF_DASHBOARDS_PATH: 'the path of dashboards is `options.path` of a provider',
  GF_DASHBOARDS_JSON_ENABLED: 'it was removed in Grafana 5, a provider takes its place',
  GF_DASHBOARDS_JSON_PATH: 'it was removed in Grafana 5, `options.path` of a provider takes its place',
  GF_PROVISIONING_PATH: 'the setting is called GF_PATHS_PROVISIONING',
  GF_PATH_PROVISIONING: 'the setting is called GF_PATHS_PROVISIONING',
};

/** A setting that does nothing, or that lets Grafana look for its provisioning where none is. */
export const grafanaSettingIneffective: Rule = {
  id: 'grafana-setting-ineffective',
  summary: 'A setting of Grafana does nothing, or points its provisioning elsewhere',
  severity: 'load',
  fix: 'none',
  related: ['provider-path-not-mounted'],
  grafanaLogs: [
    "can't read dashboard provisioning files from directory",
    "can't read datasource provisioning files from directory",
  ],
  check(workspace, report) {
    const { grafana } = workspace;
    if (!grafana.at) return;
    for (const [name, instead] of Object.entries(NO_SETTINGS))
      if (Object.hasOwn(grafana.environment, name))
        report({
          severity: 'drift',
          message: `Ineffective setting ${name}: ${instead}`,
          at: grafana.at,
        });
    const elsewhere = provisioningElsewhere(workspace);
    if (elsewhere !== undefined)
      report({
        message: `Expected provisioning to be mounted at "${elsewhere.wanted}", where Grafana looks, found it at "${elsewhere.found}"`,
        at: elsewhere.at ?? grafana.at,
        grafanaLog: `can't read ${elsewhere.wanted.includes('/datasources') ? 'datasource' : 'dashboard'} provisioning files from directory`,
        suggestions: [
          `Mount it at "${elsewhere.wanted}".`,
          ...(elsewhere.isWhole ? [`Set GF_PATHS_PROVISIONING to "${elsewhere.found}".`] : []),
        ],
      });
  },
};
