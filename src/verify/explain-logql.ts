import { parser } from '@grafana/lezer-logql';
import type { SyntaxNode } from '@lezer/common';
import { nearestHint } from '../model/nearest.ts';
import { dataOfLoki } from './data.ts';
import { type LokiClient, lokiClient } from './loki-client.ts';
import type { Probe } from './probes.ts';
import type { TimeWindow } from './prometheus-client.ts';

/** Says in one sentence why a LogQL query returned nothing: which matcher selects no stream, which stage drops all lines. */
export async function explainLogql({ expr, window, datasource, stepMs }: Probe): Promise<string> {
  const client = lokiClient(datasource.ask);
  for (const { matchers, stages } of logSelectors(expr)) {
    const selector = `{${matchers.map(({ text }) => text).join(', ')}}`;
    if ((await client.streams(selector, window)) === 0)
      return explainMatchers(matchers, selector, client, window);
    for (let kept = 0; kept <= stages.length; kept++) {
      const query = [selector, ...stages.slice(0, kept)].join(' ');
      const { count } = dataOfLoki(await client.range(query, { ...window, stepMs, lines: 1 }));
      if (count > 0) continue;
      if (kept === 0) return `${selector} has streams, but no lines in this window`;
      return `\`${stages[kept - 1]}\` lets no line pass; there are lines before it`;
    }
  }
  return 'there are lines, but the query as a whole returns nothing';
}

async function explainMatchers(
  matchers: readonly LogMatcher[],
  selector: string,
  client: LokiClient,
  window: TimeWindow,
): Promise<string> {
  for (const killer of matchers) {
    const rest = matchers.filter((matcher) => matcher !== killer);
    // Loki wants at least one matcher that cannot match the empty text.
    const without = rest.length > 0 ? `{${rest.map(({ text }) => text).join(', ')}}` : undefined;
    if (without !== undefined && (await client.streams(without, window)) === 0) continue;
    const values = await client.labelValues(killer.label, window).catch(() => []);
    if (values.length === 0) {
      const names = await client.labelNames(window).catch(() => []);
      if (names.length === 0) return 'Loki has no streams in this window';
      return `${killer.text} matches no stream: there is no label ${killer.label}${nearestHint(killer.label, names)}`;
    }
    return `${killer.text} matches no stream${nearestHint(killer.value, values)}`;
  }
  return `no stream has all of ${selector} in this window`;
}

interface LogMatcher {
  readonly label: string;
  readonly value: string;
  readonly text: string;
}

interface LogSelector {
  readonly matchers: readonly LogMatcher[];
  /** What follows the selector, such as `| json` and `|= "x"`, in order. */
  readonly stages: readonly string[];
}

/** The stream selectors of a query, each with its pipeline. */
function logSelectors(expr: string): readonly LogSelector[] {
  const found: LogSelector[] = [];
  const slice = ({ from, to }: SyntaxNode) => expr.slice(from, to);
  parser.parse(expr).iterate({
    enter({ name, node }) {
      if (name !== 'Selector') return;
      const matchers: LogMatcher[] = [];
      collect(node, 'Matcher', (matcher) => {
        const [label, value] = [matcher.firstChild, matcher.lastChild];
        matchers.push({
          label: label ? slice(label) : '',
          value: value ? slice(value).slice(1, -1) : '',
          text: slice(matcher),
        });
      });
      const stages: string[] = [];
      const pipeline = node.parent?.getChild('PipelineExpr');
      if (pipeline) collect(pipeline, 'PipelineStage', (stage) => stages.push(slice(stage)));
      found.push({ matchers, stages });
    },
  });
  return found;
}

function collect(node: SyntaxNode, name: string, take: (node: SyntaxNode) => void): void {
  for (let child = node.firstChild; child; child = child.nextSibling)
    if (child.name === name) take(child);
    else collect(child, name, take);
}
