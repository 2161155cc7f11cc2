import type { TypeCheck } from './type-check.ts';

/** The ten commonest mistakes, in the order of the page that explains them. */
export const commonest: readonly TypeCheck[] = [
  {
    construct: 'the name of a metric',
    right: 'm.async_rolls_total',
    mistake: 'm.async_roll_total',
    message: `Property 'async_roll_total' does not exist on type 'Metrics<"async_roll_batch_size" | "async_roll_duration_seconds" | "async_rolls_in_progress" | "async_rolls_total" | "dice_rolls_total" | "die.faces" | "http_request_size_bytes" | "http_requests_total", { ...; }>'. Did you mean 'async_rolls_total'?`,
  },
  {
    construct: 'the name of a label',
    right: "m.async_rolls_total.where({ die_type: 'fair' })",
    mistake: "m.async_rolls_total.where({ die_typ: 'fair' })",
    message: `Object literal may only specify known properties, but 'die_typ' does not exist in type 'Where<{ die_type: string; result: "error" | "success"; job: "dice-roller-stage4"; instance: string; service_name: "dice-roller"; }>'. Did you mean to write 'die_type'?`,
  },
  {
    construct: 'the value of a label',
    right: "m.async_rolls_total.where({ result: 'success' })",
    mistake: "m.async_rolls_total.where({ result: 'sucess' })",
    message: `Type '"sucess"' is not assignable to type 'LabelMatcher<"error" | "success"> | undefined'. Did you mean '"success"'?`,
  },
  {
    construct: 'the job',
    right: "m.async_rolls_total.where({ job: 'dice-roller-stage4' })",
    mistake: "m.async_rolls_total.where({ job: 'die-service-stage4' })",
    message: `Type '"die-service-stage4"' is not assignable to type 'LabelMatcher<"dice-roller-stage4"> | undefined'.`,
  },
  {
    construct: 'a window',
    right: "rate(m.async_rolls_total.over('5m'))",
    mistake: "rate(m.async_rolls_total.over('5min'))",
    message:
      'Argument of type \'"5min"\' is not assignable to parameter of type \'"$__interval" | "$__range" | "$__rate_interval" | Variable | `${bigint}d` | `${bigint}h` | `${bigint}m` | `${bigint}ms` | `${bigint}s` | `${bigint}w` | `${bigint}y`\'.',
  },
  {
    construct: 'rate of a counter, not of a gauge',
    right: "rate(m.async_rolls_total.over('5m'))",
    mistake: "rate(m.async_rolls_in_progress.over('5m'))",
    message: `Argument of type 'RangeVector<"async_rolls_in_progress", "gauge", "instance" | "job" | "service_name">' is not assignable to parameter of type '"rate() needs a counter; async_rolls_in_progress is a gauge"'.`,
  },
  {
    construct: 'rate first, then sum',
    right: "sum(rate(m.async_rolls_total.over('5m')))",
    mistake: 'rate(sum(m.async_rolls_total))',
    message: `Argument of type 'Aggregation<"die_type" | "instance" | "job" | "result" | "service_name">' is not assignable to parameter of type '"rate() needs a metric with a window such as .over('5m'); aggregate what rate() gives, not what it takes"'.`,
  },
  {
    construct: 'a part of a histogram',
    right: "rate(m.async_roll_batch_size.bucket.over('5m'))",
    mistake: "rate(m.async_roll_batch_size.over('5m'))",
    message: `Property 'over' does not exist on type 'Histogram<"async_roll_batch_size", { job: "dice-roller-stage4"; instance: string; service_name: "dice-roller"; }, ".bucket" | ".count" | ".sum">'.`,
  },
  {
    construct: 'a quantile of buckets that still have le',
    right: "histogramQuantile(0.95, sum(sizes).by('le', 'job'))",
    mistake: "histogramQuantile(0.95, sum(sizes).by('job'))",
    message: `Argument of type 'InstantVector<"job">' is not assignable to parameter of type '"histogramQuantile() needs the label le: start from a histogram's .bucket, and keep le in by()"'.`,
  },
  {
    construct: 'a legend of labels that are left',
    right: "query(sum(rolls).by('result'), { legend: '{{result}}' })",
    mistake: "query(sum(rolls).by('result'), { legend: '{{die_type}}' })",
    message: `Type 'string' is not assignable to type 'NoSuchLabel<"die_type", "result">'.`,
  },
];
