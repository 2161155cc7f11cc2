import { isAtLeast } from '../../model/grafana-version.ts';
import type { Workspace } from '../../model/workspace.ts';
import type { Fault } from '../fault.ts';
import { groupBy } from '../walked-dashboards.ts';
import { isOpen, keyOf, stops } from './told.ts';

/** Rules that Grafana takes for one and the same. */
export function sameRules({ alerting, grafana }: Workspace): Fault[] {
  const rules = alerting.groups.flatMap((group) => group.rules.map((rule) => ({ ...rule, group })));
  const known = rules.filter(({ uid }) => uid !== '' && !isOpen(uid));
  const uids = groupBy(known, ({ uid, group }) => `${group.orgId} ${uid}`);
  const ofUid = [...uids.values()].flatMap(([first, ...others]) =>
    others.map((rule): Fault => {
      const last = others.at(-1) ?? rule;
      return {
        outcome: 'goes-on',
        severity: 'data',
        message: `Duplicate uid "${rule.uid}" of the alert rules "${first?.title}" and "${rule.title}": Grafana keeps only the last one, "${last.title}"`,
        at: keyOf(rule, 'uid'),
        related: first ? [{ at: keyOf(first, 'uid'), message: 'has the same uid' }] : [],
      };
    }),
  );
  // Grafana 12 gave that up.
  if (isAtLeast(grafana.version, '12.0')) return ofUid;
  const titles = groupBy(known, ({ title, group }) => `${group.orgId} ${group.folder}\n${title}`);
  const ofTitle = [...titles.values()].flatMap(([first, ...others]) =>
    others.flatMap((rule) =>
      !first || rule.uid === first.uid || isOpen(`${rule.title}${rule.group.folder}`)
        ? []
        : [
            stops(
              `Duplicate title "${rule.title}" of two alert rules in the folder "${rule.group.folder}"`,
              keyOf(rule, 'title'),
              'rule title under the same organisation and folder should be unique',
              { related: [{ at: keyOf(first, 'title'), message: 'has the same title' }] },
            ),
          ],
    ),
  );
  return [...ofUid, ...ofTitle];
}
