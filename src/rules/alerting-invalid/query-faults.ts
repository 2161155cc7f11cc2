import { asRecord } from '../../load/record.ts';
import type { AlertQuery, AlertRule } from '../../model/alerting.ts';
import type { Fault } from '../fault.ts';
import { found, isOpen, keyOf, stops } from './told.ts';

/** What Grafana refuses of a rule's query, or cannot evaluate. */
export function queryFaults(rule: AlertRule, query: AlertQuery): Fault[] {
  const { refId, value, datasource } = query;
  const of = `of query "${refId}" of the alert rule "${rule.title}"`;
  if (asRecord(value.model) === undefined)
    return [stops(`Missing \`model\` ${of}`, keyOf(query, 'model'), 'assignment to entry in nil map')];
  const isExpression = datasource.kind === 'built-in' && datasource.uid !== 'grafana';
  const range = asRecord(value.relativeTimeRange);
  const [from, to] = [Number(range?.from ?? 0), Number(range?.to ?? 0)];
  const isKnown = datasource.kind !== 'uid' || !isOpen(datasource.uid);
  const isRefused = !isExpression && isKnown && from <= to;
  if (query.isMisplacedExpression && isKnown) return [misplacedExpression(query, of, isRefused)];
  if (isRefused)
    return [
      stops(
        range === undefined
          ? `Missing \`relativeTimeRange\` ${of}`
          : `Expected \`relativeTimeRange.from\` ${of} to be more seconds back than \`to\`, found ${from} and ${to}`,
        keyOf(query, 'relativeTimeRange'),
        'invalid relative time range',
      ),
    ];
  const variable = variableIn(query);
  if (variable !== undefined)
    return [
      {
        outcome: 'goes-on',
        severity: 'data',
        message: `Unknown variable "${variable}" ${of}: alert rules have no variables, and Prometheus gets it as it is written`,
        at: query.exprAt,
      },
    ];
  if (datasource.kind !== 'uid' || datasource.uid !== '') return [];
  return [
    {
      outcome: 'goes-on',
      severity: 'data',
      message: `Missing \`datasourceUid\` ${of}: Grafana does not find its datasource`,
      at: keyOf(query, 'datasourceUid'),
      grafanaLog: 'data source not found',
    },
  ];
}

/** A dashboard's variable. What Grafana puts in itself begins with two underscores; `label_replace` has its own `$`. */
function variableIn({ language, expr }: AlertQuery): string | undefined {
  if (language !== 'promql' || expr.includes('label_replace')) return undefined;
  return /\$(?:(?!__)[A-Za-z_]\w*|\{(?!__)[A-Za-z_]\w*(?::\w+)?\})/.exec(expr)?.[0];
}

/** Without a time range, which an expression needs not have, it is even refused. */
function misplacedExpression({ datasource, at }: AlertQuery, of: string, isRefused: boolean): Fault {
  const uid = 'uid' in datasource ? datasource.uid : '';
  const path = [...(at.path ?? []), 'datasourceUid'];
  return {
    outcome: isRefused ? 'stops' : 'goes-on',
    severity: isRefused ? 'load' : 'data',
    message: `Expected \`datasourceUid\` ${of}, which is an expression, to be "__expr__", found ${found(uid)}: ${isRefused ? 'Grafana stops' : 'the rule is never evaluated'}`,
    at: { file: at.file, path },
    grafanaLog: isRefused ? 'invalid relative time range' : 'data source not found',
    fix: {
      title: 'Let Grafana compute the expression',
      safety: 'safe',
      edits: [{ kind: 'set', file: at.file, path, value: '__expr__' }],
    },
  };
}
