import type { Rule } from '../../model/rule.ts';
import type { Workspace } from '../../model/workspace.ts';
import { provisioningTexts } from '../provisioning-values.ts';

/** A `$` in provisioning begins a variable of the environment; one that Grafana shall see is written twice. */
export const provisioningDollarUnescaped: Rule = {
  id: 'provisioning-dollar-unescaped',
  summary: 'A $ in a provisioning file is taken for a variable, and nothing is left of it',
  severity: 'data',
  fix: 'safe',
  check(workspace, report) {
    for (const { text, at } of provisioningTexts(workspace)) {
      const [macro] = macrosIn(text);
      if (macro !== undefined)
        report({
          message: `Expected "$${macro}" with two dollars, found "${macro}": Grafana takes it for a variable of its environment and leaves nothing`,
          at,
          fix: {
            title: 'Write the dollar twice, so that one stays',
            safety: 'safe',
            edits: [{ kind: 'set', file: at.file, path: at.path, value: escaped(text) }],
          },
        });
      else {
        const name = unsetIn(text, workspace);
        if (name !== undefined)
          report({
            message: `Unset variable "${name}": Grafana puts nothing in its place`,
            at,
            suggestions: [`Set ${name} in the environment of Grafana.`, 'Write $$ where a dollar is meant.'],
          });
      }
    }
  },
};

/** What no environment has: macros (`$__interval`, `${__value.raw}`), capture groups (`$1`, `${1}`), `${a.b}`. */
const MACRO = /\$\$|\$(?:__\w+(?!\w*\{)|\d+|\{(?:__[\w.]+|\d+|\w+[.:][\w.:]+)\})/g;

function macrosIn(text: string): string[] {
  return [...text.matchAll(MACRO)].map(([macro]) => macro).filter((macro) => macro !== '$$');
}

function escaped(text: string): string {
  return text.replace(MACRO, (macro) => (macro === '$$' ? macro : `$${macro}`));
}

const VARIABLE = /\$\$|\$(?:__env)?\{([A-Za-z_]\w*)\}|\$([A-Za-z_]\w*)/g;

/** The first variable that the environment certainly does not have. */
function unsetIn(text: string, { grafana }: Workspace): string | undefined {
  if (grafana.environmentIsOpen || grafana.at === undefined) return undefined;
  for (const [, braced, bare] of text.matchAll(VARIABLE)) {
    const name = braced ?? bare;
    if (name === undefined || name.startsWith('__') || WELL_KNOWN.has(name)) continue;
    if (!Object.hasOwn(grafana.environment, name)) return name;
  }
  return undefined;
}

/** Set in every container. */
const WELL_KNOWN = new Set(['HOME', 'HOSTNAME', 'PATH', 'PWD', 'USER', 'SHLVL', 'TERM', 'TZ']);
