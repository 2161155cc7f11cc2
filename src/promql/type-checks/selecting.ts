import type { TypeCheck } from './type-check.ts';

/** Choosing series: labels, values, windows. */
export const selecting: readonly TypeCheck[] = [
  {
    construct: 'a literal catalogue',
    right: 'metrics(fixtureCatalogue).async_rolls_total',
    mistake: 'metrics(looseCatalogue)',
    message: `Argument of type 'MetricCatalogue' is not assignable to parameter of type '"metrics() needs a literal catalogue: write as const behind it and no type before it"'.`,
  },
  {
    construct: 'a label of Prometheus, not of Loki',
    right: "m.async_rolls_total.where({ service_name: 'dice-roller' })",
    mistake: "m.async_rolls_total.where({ container_name: 'dice-roller' })",
    message: `Object literal may only specify known properties, and 'container_name' does not exist in type 'Where<{ die_type: string; result: "error" | "success"; job: "dice-roller-stage4"; instance: string; service_name: "dice-roller"; }>'.`,
  },
  {
    construct: 'target labels only of the jobs that have them',
    right: "m.async_rolls_total.where({ service_name: 'dice-roller' })",
    mistake: "m.http_request_size_bytes.sum.where({ service_name: 'dice-roller' })",
    message: `Object literal may only specify known properties, and 'service_name' does not exist in type 'Where<{ handler: string; job: "die-service-stage4"; instance: string; }>'.`,
  },
  {
    construct: 'a metric of two jobs',
    right: "m.http_requests_total.where({ job: oneOf('dice-roller-stage4', 'die-service-stage4') })",
    mistake: "m.http_requests_total.where({ job: 'frontend-stage4' })",
    message: `Type '"frontend-stage4"' is not assignable to type 'LabelMatcher<"dice-roller-stage4" | "die-service-stage4"> | undefined'.`,
  },
  {
    construct: 'oneOf',
    right: "m.async_rolls_total.where({ result: oneOf('success', 'error') })",
    mistake: "m.async_rolls_total.where({ result: oneOf('success', 'failure') })",
    message: [
      `Type 'Comparison<"failure" | "success">' is not assignable to type 'LabelMatcher<"error" | "success"> | undefined'.`,
      `  Type 'Comparison<"failure" | "success">' is not assignable to type 'Comparison<"error" | "success">'.`,
      `    Type '"failure" | "success"' is not assignable to type '"error" | "success"'.`,
      `      Type '"failure"' is not assignable to type '"error" | "success"'.`,
    ].join('\n'),
  },
  {
    construct: 'noneOf',
    right: "m.async_rolls_total.where({ result: q.noneOf('error') })",
    mistake: "m.async_rolls_total.where({ result: q.noneOf('errors') })",
    message: [
      `Type 'Comparison<"errors">' is not assignable to type 'LabelMatcher<"error" | "success"> | undefined'.`,
      `  Type 'Comparison<"errors">' is not assignable to type 'Comparison<"error" | "success">'.`,
      `    Type '"errors"' is not assignable to type '"error" | "success"'. Did you mean '"error"'?`,
    ].join('\n'),
  },
  {
    construct: 'not',
    right: "m.async_rolls_total.where({ result: not('error') })",
    mistake: "m.async_rolls_total.where({ result: not('eror') })",
    message: [
      `Type 'Comparison<"eror">' is not assignable to type 'LabelMatcher<"error" | "success"> | undefined'.`,
      `  Type 'Comparison<"eror">' is not assignable to type 'Comparison<"error" | "success">'.`,
      `    Type '"eror"' is not assignable to type '"error" | "success"'. Did you mean '"error"'?`,
    ].join('\n'),
  },
  {
    construct: 'matches',
    right: 'm.async_rolls_total.where({ result: matches(/succ.*/), die_type: q.matchesNot(/r.*/) })',
    mistake: 'm.async_rolls_total.where({ result: /succ.*/ })',
    message: `Type 'RegExp' is not assignable to type 'LabelMatcher<"error" | "success"> | undefined'.`,
  },
  {
    construct: 'a variable',
    right: "m.async_rolls_total.where({ result: variable('result'), die_type: not(variable('die')) })",
    mistake: "m.async_rolls_total.where({ result: '$result' })",
    message: `Type '"$result"' is not assignable to type 'LabelMatcher<"error" | "success"> | undefined'.`,
  },
  {
    construct: 'le of buckets only',
    right: "m.async_roll_batch_size.bucket.where({ le: '5.0' })",
    mistake: "m.async_roll_batch_size.sum.where({ le: '5.0' })",
    message: `Object literal may only specify known properties, and 'le' does not exist in type 'Where<{ job: "dice-roller-stage4"; instance: string; service_name: "dice-roller"; }>'.`,
  },
  {
    construct: 'offset',
    right: "m.async_rolls_total.offset('1d')",
    mistake: "m.async_rolls_total.offset('1day')",
    message:
      "Argument of type '\"1day\"' is not assignable to parameter of type 'Variable | `${bigint}d` | `${bigint}h` | `${bigint}m` | `${bigint}s` | `${bigint}w` | `${bigint}y`'.",
  },
  {
    construct: 'a window that Grafana knows',
    right: "m.async_rolls_total.over('$__rate_interval')",
    mistake: "m.async_rolls_total.over('$__rate_intervall')",
    message:
      'Argument of type \'"$__rate_intervall"\' is not assignable to parameter of type \'"$__interval" | "$__range" | "$__rate_interval" | Variable | `${bigint}d` | `${bigint}h` | `${bigint}m` | `${bigint}ms` | `${bigint}s` | `${bigint}w` | `${bigint}y`\'.',
  },
];
