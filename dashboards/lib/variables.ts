import {
  IntervalVariableBuilder,
  QueryVariableBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { metrics } from 'panelproof';
import { catalogue } from '../../dice-roller/metrics.ts';
import { prometheus } from './datasources.ts';

const { dice_rolls_total } = metrics(catalogue);

/** `$die_type`: some of the dice that dice-roller knows, or all. It goes into `matches(…)`, for it can be several. */
export function dieTypeVariable(): QueryVariableBuilder {
  const rolls = dice_rolls_total.where({ job: 'dice-roller-stage4' });
  return new QueryVariableBuilder('die_type')
    .label('Die')
    .datasource(prometheus)
    .query({ query: `label_values(${rolls.text}, die_type)`, refId: 'die_type' })
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc)
    .multi(true)
    .includeAll(true)
    .allValue('.*')
    .current({ selected: true, text: ['All'], value: ['$__all'] });
}

/** `$window`: the time that rates, means and quantiles look back. Four scrapes at least. */
export function windowVariable(): IntervalVariableBuilder {
  return new IntervalVariableBuilder('window')
    .label('Window')
    .values('1m,5m,15m,1h')
    .current({ selected: true, text: '5m', value: '5m' });
}
