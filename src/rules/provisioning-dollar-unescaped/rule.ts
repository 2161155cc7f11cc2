import type { ReportedFinding, Rule } from '../../model/rule.ts';
import type { Workspace } from '../../model/workspace.ts';
import { alertingTexts, type ProvisioningText, provisioningTexts } from '../provisioning-values.ts';

/** A `$` in provisioning begins a variable of the environment; one that Grafana shall see is written twice. */
export const provisioningDollarUnescaped: Rule = {
  id: 'provisioning-dollar-unescaped',
  summary: 'A $ in a provisioning file is taken for a variable, and nothing is left of it',
  severity: 'data',
  fix: 'safe',
  check(workspace, report) {
    for (const text of provisioningTexts(workspace)) {
      const complaint = macroIn(text, MACRO) ?? defaultIn(text, workspace) ?? unsetIn(text, workspace);
      if (complaint) report({ ...complaint, at: text.at });
    }
    // What is missing there for want of a variable has its own finding.
    for (const text of alertingTexts(workspace)) {
      const complaint = macroIn(text, TEMPLATE_VARIABLE) ?? defaultIn(text, workspace);
      if (complaint) report({ ...complaint, at: text.at });
    }
  },
};

type Complaint = Omit<ReportedFinding, 'at'>;

/** What no environment has: macros (`$__interval`, `${__value.raw}`), capture groups (`$1`, `${1}`), `${a.b}`. */
const MACRO = /\$\$|\$(?:__\w+(?!\w*\{)|\d+|\{(?:__[\w.]+|\d+|\w+[.:][\w.:]+)\})/g;

/** A variable of a template (`{{ $labels.job }}`), which labels and messages of alerting are. */
const TEMPLATE_VARIABLE = /\$\$|\$[A-Za-z_]\w*(?=(?:(?!\{\{|\}\}).)*\}\})/gs;

function macroIn({ text, at }: ProvisioningText, pattern: RegExp): Complaint | undefined {
  const macro = [...text.matchAll(pattern)].map(([found]) => found).find((found) => found !== '$$');
  if (macro === undefined) return undefined;
  const value = text.replace(pattern, (found) => (found === '$$' ? found : `$${found}`));
  return {
    message: `Expected "$${macro}" with two dollars, found "${macro}": Grafana takes it for a variable of its environment and leaves nothing`,
    fix: {
      title: 'Write the dollar twice, so that one stays',
      safety: 'safe',
      edits: [{ kind: 'set', file: at.file, path: at.path, value }],
    },
  };
}

const DEFAULT = /\$\$|\$\{([A-Za-z_]\w*):?[-+?=][^}]*\}/g;

/** A default as shells and Docker Compose know it. Where another program fills the file in first, it may be right. */
function defaultIn({ text }: ProvisioningText, { grafana }: Workspace): Complaint | undefined {
  if (grafana.at === undefined) return undefined;
  const [whole, name] = [...text.matchAll(DEFAULT)].find(([found]) => found !== '$$') ?? [];
  if (whole === undefined) return undefined;
  return {
    message: `Unexpected default in "${whole}": Grafana knows none, takes all of it for a name, and puts nothing in its place`,
    suggestions: [`Write "\${${name}}" and set ${name} in the environment of Grafana.`],
  };
}

const VARIABLE = /\$\$|\$(?:__env)?\{([A-Za-z_]\w*)\}|\$([A-Za-z_]\w*)/g;

/** A variable that the environment certainly does not have. */
function unsetIn({ text }: ProvisioningText, { grafana }: Workspace): Complaint | undefined {
  if (grafana.environmentIsOpen || grafana.at === undefined) return undefined;
  for (const [, braced, bare] of text.matchAll(VARIABLE)) {
    const name = braced ?? bare;
    if (name === undefined || name.startsWith('__') || WELL_KNOWN.has(name)) continue;
    if (!Object.hasOwn(grafana.environment, name))
      return {
        message: `Unset variable "${name}": Grafana puts nothing in its place`,
        suggestions: [`Set ${name} in the environment of Grafana.`, 'Write $$ where a dollar is meant.'],
      };
  }
  return undefined;
}

/** Set in every container. */
const WELL_KNOWN = new Set(['HOME', 'HOSTNAME', 'PATH', 'PWD', 'USER', 'SHLVL', 'TERM', 'TZ']);
