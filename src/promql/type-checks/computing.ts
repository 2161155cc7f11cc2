import type { TypeCheck } from './type-check.ts';

/** Computing with series: functions, aggregations, operators, legends. */
export const computing: readonly TypeCheck[] = [
  {
    construct: 'a rate needs a window',
    right: "rate(m.async_rolls_total.over('5m'))",
    mistake: 'rate(m.async_rolls_total)',
    message: `Argument of type 'Series<"async_rolls_total", "counter", { die_type: string; result: "error" | "success"; job: "dice-roller-stage4"; instance: string; service_name: "dice-roller"; }>' is not assignable to parameter of type '"rate() needs a window: write .over('5m') behind async_rolls_total"'.`,
  },
  {
    construct: 'irate',
    right: "q.irate(m.async_rolls_total.over('5m'))",
    mistake: "q.irate(m.async_rolls_in_progress.over('5m'))",
    message: `Argument of type 'RangeVector<"async_rolls_in_progress", "gauge", "instance" | "job" | "service_name">' is not assignable to parameter of type '"irate() needs a counter; async_rolls_in_progress is a gauge"'.`,
  },
  {
    construct: 'increase',
    right: "q.increase(m.async_roll_batch_size.count.over('5m'))",
    mistake: "q.increase(m.async_rolls_in_progress.over('5m'))",
    message: `Argument of type 'RangeVector<"async_rolls_in_progress", "gauge", "instance" | "job" | "service_name">' is not assignable to parameter of type '"increase() needs a counter; async_rolls_in_progress is a gauge"'.`,
  },
  {
    construct: 'delta',
    right: "q.delta(m.async_rolls_in_progress.over('5m'))",
    mistake: "q.delta(m.async_rolls_total.over('5m'))",
    message: `Argument of type 'RangeVector<"async_rolls_total", "counter", "die_type" | "instance" | "job" | "result" | "service_name">' is not assignable to parameter of type '"delta() needs a gauge; async_rolls_total is a counter"'.`,
  },
  {
    construct: 'avgOverTime',
    right: "q.avgOverTime(m.async_rolls_in_progress.over('5m'))",
    mistake: 'q.avgOverTime(rolls)',
    message: `Argument of type 'InstantVector<"die_type" | "instance" | "job" | "result" | "service_name">' is not assignable to parameter of type '"avgOverTime() needs a metric with a window such as .over('5m'); aggregate what avgOverTime() gives, not what it takes"'.`,
  },
  {
    construct: 'quantileOverTime',
    right: "q.quantileOverTime(0.9, m.async_rolls_in_progress.over('5m'))",
    mistake: 'q.quantileOverTime(0.9, m.async_rolls_in_progress)',
    message: `Argument of type 'Series<"async_rolls_in_progress", "gauge", { job: "dice-roller-stage4"; instance: string; service_name: "dice-roller"; }>' is not assignable to parameter of type '"quantileOverTime() needs a window: write .over('5m') behind async_rolls_in_progress"'.`,
  },
  {
    construct: 'sum of series, not of a window',
    right: 'sum(m.async_rolls_in_progress)',
    mistake: "sum(m.async_rolls_in_progress.over('5m'))",
    message: [
      `Argument of type 'RangeVector<"async_rolls_in_progress", "gauge", "instance" | "job" | "service_name">' is not assignable to parameter of type 'InstantVector<string>'.`,
      "  Types of property 'valueType' are incompatible.",
      `    Type '"range vector"' is not assignable to type '"instant vector"'.`,
    ].join('\n'),
  },
  {
    construct: 'by',
    right: "sum(rolls).by('die_type', 'result')",
    mistake: "sum(rolls).by('die_typ')",
    message: `Argument of type '"die_typ"' is not assignable to parameter of type '"die_type" | "instance" | "job" | "result" | "service_name"'.`,
  },
  {
    construct: 'without',
    right: "sum(rolls).without('instance')",
    mistake: "sum(rolls).without('le')",
    message: `Argument of type '"le"' is not assignable to parameter of type '"die_type" | "instance" | "job" | "result" | "service_name"'.`,
  },
  {
    construct: 'what by leaves',
    right: "sum(sum(rolls).by('die_type', 'job')).by('job')",
    mistake: "sum(sum(rolls).by('die_type')).by('job')",
    message: `Argument of type '"job"' is not assignable to parameter of type '"die_type"'.`,
  },
  {
    construct: 'what without leaves',
    right: "sum(sum(rolls).without('die_type')).by('job')",
    mistake: "sum(sum(rolls).without('die_type')).by('die_type')",
    message: `Argument of type '"die_type"' is not assignable to parameter of type '"instance" | "job" | "result" | "service_name"'.`,
  },
  {
    construct: 'topk keeps all labels',
    right: "query(topk(5, rolls), { legend: '{{die_type}}' })",
    mistake: "topk('5', rolls)",
    message: "Argument of type 'string' is not assignable to parameter of type 'NumberArgument'.",
  },
  {
    construct: 'histogramQuantile takes le away',
    right: "query(histogramQuantile(0.5, sizes), { legend: '{{job}}' })",
    mistake: "query(histogramQuantile(0.5, sizes), { legend: '{{le}}' })",
    message: `Type 'string' is not assignable to type 'NoSuchLabel<"le", "instance" | "job" | "service_name">'.`,
  },
  {
    construct: 'division of series with equal labels',
    right: "query(q.div(sum(rolls).by('job'), sum(sizes).by('job')))",
    mistake: "query(q.div(sum(rolls).by('job', 'result'), sum(sizes).by('job')))",
    message: `Argument of type 'SeriesNeverPair<"job" | "result", "job">' is not assignable to parameter of type 'string | PromqlExpression<string>'.`,
  },
  {
    construct: 'on',
    right: "query(q.div(rolls, sum(rolls).by('job')).on('job').groupLeft(), { legend: '{{die_type}}' })",
    mistake: "q.div(rolls, sum(rolls).by('job')).on('result')",
    message: `Argument of type '"result"' is not assignable to parameter of type '"job"'.`,
  },
  {
    construct: 'ignoring',
    right:
      "query(q.div(sum(rolls).by('job', 'result'), sum(rolls).by('job')).ignoring('result').groupLeft())",
    mistake:
      "query(q.div(sum(rolls).by('job', 'result', 'die_type'), sum(rolls).by('job')).ignoring('result'))",
    message: `Argument of type 'SeriesNeverPair<"die_type" | "job", "job">' is not assignable to parameter of type 'string | PromqlExpression<string>'.`,
  },
  {
    construct: 'on leaves its labels',
    right: "query(q.div(rolls, rolls).on('job'), { legend: '{{job}}' })",
    mistake: "query(q.div(rolls, rolls).on('job'), { legend: '{{result}}' })",
    message: `Type 'string' is not assignable to type 'NoSuchLabel<"result", "job">'.`,
  },
  {
    construct: 'groupLeft',
    right: "q.mul(sum(rolls).by('job'), rolls).on('job').groupRight()",
    mistake: "q.mul(rolls, sum(rolls).by('job')).on('job').groupLeft('version')",
    message: `Argument of type '"version"' is not assignable to parameter of type '"job"'.`,
  },
  {
    construct: 'arithmetic with numbers',
    right: "query(q.mul(100, q.add(rolls, 1)), { legend: '{{result}}' })",
    mistake: "q.mul(rolls, '100')",
    message: "Argument of type 'string' is not assignable to parameter of type 'Operand'.",
  },
  {
    construct: 'comparison',
    right: "query(q.gt(rolls, variable('threshold')), { legend: '{{result}}' })",
    mistake: 'q.gt(5, rolls)',
    message: "Argument of type 'number' is not assignable to parameter of type 'InstantVector<string>'.",
  },
  {
    construct: 'and',
    right: "query(q.and(rolls, sum(rolls).by('job')).on('job'), { legend: '{{result}}' })",
    mistake: "query(q.and(rolls, sum(rolls).by('job')))",
    message: `Argument of type 'SetsNeverPair<"die_type" | "instance" | "job" | "result" | "service_name", "job">' is not assignable to parameter of type 'string | PromqlExpression<string>'.`,
  },
  {
    construct: 'or',
    right: "query(q.or(sum(rolls).by('job'), sum(rolls).by('result')), { legend: '{{job}}{{result}}' })",
    mistake: "query(q.or(sum(rolls).by('job'), q.vector(0)), { legend: '{{result}}' })",
    message: `Type 'string' is not assignable to type 'NoSuchLabel<"result", "job">'.`,
  },
  {
    construct: 'legend',
    right: "legend(rolls, '{{die_type}} - {{ result }}')",
    mistake: "legend(rolls, '{{die_typ}} - {{result}}')",
    message: `Argument of type 'string' is not assignable to parameter of type 'NoSuchLabel<"die_typ", "die_type" | "instance" | "job" | "result" | "service_name">'.`,
  },
  {
    construct: 'a legend of one series',
    right: "query(sum(rolls), { legend: 'all rolls' })",
    mistake: "query(sum(rolls), { legend: '{{job}}' })",
    message: `Type 'string' is not assignable to type 'NoSuchLabel<"job", "the result has no labels; keep some with by()">'.`,
  },
  {
    construct: 'raw',
    right: "query(promql.raw('absent(up)'), { legend: '{{job}}' })",
    mistake: "query(promql.raw<'job'>('absent(up)'), { legend: '{{instance}}' })",
    message: `Type 'string' is not assignable to type 'NoSuchLabel<"instance", "job">'.`,
  },
  {
    construct: 'a query in another language',
    right: 'query(rolls)',
    mistake: 'query(logql)',
    message: [
      `Argument of type '{ readonly language: "logql"; readonly text: string; }' is not assignable to parameter of type 'string | PromqlExpression<string>'.`,
      `  Type '{ readonly language: "logql"; readonly text: string; }' is missing the following properties from type 'PromqlExpression<string>': valueType, precedence, [resultLabels]`,
    ].join('\n'),
  },
  {
    construct: 'a query of values at a moment, not of a window',
    right: 'query(m.async_rolls_total)',
    mistake: "query(m.async_rolls_total.over('5m'))",
    message: [
      `Argument of type 'RangeVector<"async_rolls_total", "counter", "die_type" | "instance" | "job" | "result" | "service_name">' is not assignable to parameter of type 'string | PromqlExpression<string>'.`,
      `  Type 'RangeVector<"async_rolls_total", "counter", "die_type" | "instance" | "job" | "result" | "service_name">' is not assignable to type 'PromqlExpression<string>'.`,
      "    Types of property 'valueType' are incompatible.",
      `      Type '"range vector"' is not assignable to type '"instant vector" | "scalar"'.`,
    ].join('\n'),
  },
];
