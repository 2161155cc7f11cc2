import { type Json, objectsOf } from '../../../diff/json.ts';

/** Before schema version 34 a query of CloudWatch could ask for several statistics; now each is a query of its own. */
export function splitStatistics(panel: Json): Json {
  if (!Array.isArray(panel.targets)) return panel;
  const targets = objectsOf(panel.targets);
  const taken = new Set(targets.map(({ refId }) => refId));
  const more: Json[] = [];
  const first = targets.map((target) => {
    const { statistics, ...query } = target;
    const isCloudWatch = ['dimensions', 'namespace', 'region', 'metricName'].every((key) =>
      Object.hasOwn(target, key),
    );
    if (!isCloudWatch || !Array.isArray(statistics)) return target;
    const [statistic, ...others] = statistics;
    for (const other of others) more.push({ ...query, refId: freeRefId(taken), statistic: other });
    return { ...query, ...(statistic === undefined ? {} : { statistic }) };
  });
  return { ...panel, targets: [...first, ...more] };
}

function freeRefId(taken: Set<unknown>): string {
  const found = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].find((letter) => !taken.has(letter)) ?? `Q${taken.size}`;
  taken.add(found);
  return found;
}
