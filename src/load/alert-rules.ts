import * as z from 'zod/mini';
import type { AlertQuery, AlertRule, AlertRuleGroup } from '../model/alerting.ts';
import type { DatasourceRef, DatasourceUse } from '../model/datasource.ts';
import type { PropertyPath } from '../model/source-file.ts';
import { type AlertingContext, type ListedItem, readItems, textOf } from './alerting-items.ts';
import { expandValue } from './expand-variables.ts';
import { yamlBoolean, yamlInteger, yamlText } from './provisioning-yaml.ts';
import { languageOf } from './query-datasource.ts';
import { asRecord } from './record.ts';

const groupShape = z.looseObject({
  orgId: yamlInteger,
  name: yamlText,
  folder: yamlText,
  interval: yamlText,
});
const mapping = z.nullish(z.record(z.string(), z.unknown(), 'a mapping'));
const ruleShape = z.looseObject({
  uid: yamlText,
  title: yamlText,
  condition: yamlText,
  dashboardUid: yamlText,
  panelId: yamlInteger,
  noDataState: yamlText,
  execErrState: yamlText,
  for: yamlText,
  keepFiringFor: yamlText,
  isPaused: yamlBoolean,
  annotations: mapping,
  labels: mapping,
});
const seconds = z.nullish(z.int('a whole number of seconds'));
const queryShape = z.looseObject({
  refId: yamlText,
  queryType: yamlText,
  datasourceUid: yamlText,
  model: mapping,
  relativeTimeRange: z.nullish(z.looseObject({ from: seconds, to: seconds }, 'a mapping')),
});

/** The rule groups of an alerting file. */
export function alertRuleGroups(context: AlertingContext): AlertRuleGroup[] {
  const { file } = context;
  return readItems(context, file.value, ['groups'], groupShape).map(({ value, path }) => {
    const item = expandedBut(context, value, 'rules');
    return {
      orgId: Math.max(Number(item.orgId) || 1, 1),
      name: textOf(item.name),
      folder: textOf(item.folder),
      value: item,
      at: { file: file.path, path },
      rules: readItems(context, value, [...path, 'rules'], ruleShape).map((rule) => alertRule(context, rule)),
    };
  });
}

function alertRule(context: AlertingContext, { value, path }: ListedItem): AlertRule {
  // Grafana leaves annotations as they are: their templates are full of `$`.
  const item: Entry = { ...expandedBut(context, value, 'data'), annotations: value.annotations };
  const file = context.file.path;
  const queries = readItems(context, value, [...path, 'data'], queryShape).map((query) =>
    alertQuery(context, query),
  );
  const target = textOf(asRecord(item.record)?.targetDatasourceUid);
  return {
    uid: textOf(item.uid),
    title: textOf(item.title),
    condition: textOf(item.condition),
    queries,
    datasourceUses: [
      ...queries.flatMap((query) =>
        query.isMisplacedExpression
          ? []
          : datasourceUse(query.datasource, file, [...(query.at.path ?? []), 'datasourceUid']),
      ),
      ...datasourceUse(alertDatasource(target, undefined), file, [...path, 'record', 'targetDatasourceUid']),
    ],
    value: item,
    at: { file, path },
  };
}

/** What a reference is worth looking at: none is another mistake, and a variable is not known. */
function datasourceUse(ref: DatasourceRef, file: string, path: PropertyPath): DatasourceUse[] {
  const isKnown = ref.kind === 'uid' && ref.uid !== '' && !ref.uid.includes('$');
  return isKnown ? [{ ref, by: 'alert rule', at: { file, path } }] : [];
}

function alertQuery(context: AlertingContext, { value, path }: ListedItem): AlertQuery {
  const file = context.file.path;
  const item: Entry = { ...expandedBut(context, value, 'model'), model: value.model };
  const model = asRecord(value.model);
  const datasource = alertDatasource(textOf(item.datasourceUid), model?.datasource);
  const exprKey = ['expr', 'query'].find((key) => typeof model?.[key] === 'string');
  const exprPath: PropertyPath = exprKey === undefined ? path : [...path, 'model', exprKey];
  return {
    refId: textOf(item.refId),
    datasource,
    language: languageOf({ datasources: context.datasources, variables: [] }, datasource),
    expr: exprKey === undefined ? '' : textOf(model?.[exprKey]),
    // Of a series over time a rule takes one value.
    instant: true,
    isMisplacedExpression:
      typeof model?.expression === 'string' &&
      EXPRESSIONS.has(textOf(model.type)) &&
      !(datasource.kind === 'built-in' && datasource.uid !== 'grafana'),
    value: item,
    at: { file, path },
    exprAt: { file, path: exprPath },
  };
}

/** Datasources that an alert rule can name without their being provisioned: expressions, and Grafana's own. */
const BUILT_IN = new Set(['__expr__', '-100', '__ml__', 'grafana']);

/** What Grafana computes itself, out of the results of other queries. */
const EXPRESSIONS = new Set(['math', 'reduce', 'resample', 'threshold']);

/** The reference of a rule counts by its uid alone; what the query's model says besides is a claim. */
function alertDatasource(uid: string, claim: unknown): DatasourceRef {
  if (BUILT_IN.has(uid)) return { kind: 'built-in', uid };
  const { type } = asRecord(claim) ?? {};
  return { kind: 'uid', uid, type: typeof type === 'string' && type !== '' ? type : undefined };
}

type Entry = Readonly<Record<string, unknown>>;

function expandedBut({ variables }: AlertingContext, value: Entry, key: string): Entry {
  return expandValue({ ...value, [key]: undefined }, variables) as Entry;
}
