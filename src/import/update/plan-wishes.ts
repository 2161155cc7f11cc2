import type { ObjectExpression } from '@babel/types';
import { type Json, textOf } from '../../diff/json.ts';
import { panelDefaults } from '../../diff/panel-defaults.ts';
import { PANEL_BUILDER_APART, panelBuilder } from '../write/write-panel.ts';
import { builderIn } from './chain.ts';
import {
  type DefinitionSource,
  follow,
  isCallOf,
  nodesOf,
  propertyOf,
  stringOf,
} from './definition-source.ts';
import { editBuilder } from './edit-builder.ts';
import { editLists, editSettings } from './edit-options.ts';
import { editPanels } from './edit-panels.ts';
import { editQueries } from './edit-queries.ts';
import type { Editing, Wish } from './editing.ts';
import { panelsIn, writtenPanels } from './written-panels.ts';

/** Two states of a dashboard; `before` is what the definition compiles to. */
export interface DashboardChange {
  readonly uid: string;
  readonly before: Json;
  readonly after: Json;
}

/** Wishes that belong to one thing: the dashboard itself, one panel, or all panels and their places. */
export interface WishGroup {
  readonly wishes: readonly Wish[];
}

/** What would have to be edited in a definition for each difference, as far as it stands there. */
export function planWishes(
  source: DefinitionSource,
  { uid, before, after }: DashboardChange,
  editing: Editing,
): readonly WishGroup[] {
  const options = optionsOf(source, uid);
  if (!options) return [];
  const written = writtenPanels(source, options, before);
  const goals = new Map(panelsIn(after).map((panel) => [panel.id, panel]));
  const panels = panelsIn(before).map((panel): WishGroup => {
    const goal = goals.get(panel.id);
    const property = written.properties.get(Number(panel.id));
    if (!goal || !property || goal.type !== panel.type) return { wishes: [] };
    const { package: sdk } = panelBuilder(textOf(panel.type) ?? '');
    const change = {
      package: sdk,
      className: 'PanelBuilder',
      before: withoutApart(panel),
      after: withoutApart(goal),
      defaults: panelDefaults(textOf(panel.type) ?? ''),
      without: PANEL_BUILDER_APART,
    };
    const { chain } = builderIn(source, property.value);
    const wishesWith = (how: Editing) => [
      ...editBuilder(property.value, change, how),
      ...editQueries(chain, panel, goal, how),
    ];
    const wishes = wishesWith(editing);
    return { wishes: wishes.length > 1 ? wishesWith({ ...editing, broken: chain.head }) : wishes };
  });
  const places = editPanels(options, written, before, after, editing);
  return [
    { wishes: editSettings(options, before, after, editing) },
    { wishes: editLists(options, before, after, editing) },
    ...panels,
    { wishes: places ? [places] : [] },
  ].filter(({ wishes }) => wishes.length > 0);
}

/** The options of the one `dashboard({ … })` that makes a dashboard and no other. */
export function optionsOf(source: DefinitionSource, uid: string): ObjectExpression | undefined {
  const all = [...nodesOf(source.file.program)].flatMap((node) => {
    const [argument] = isCallOf(source, node, 'dashboard') ? node.arguments : [];
    const options = argument && follow(source, argument);
    return options?.type === 'ObjectExpression' ? [options] : [];
  });
  const own = all.filter((options) => {
    const property = propertyOf(options, 'uid');
    return property && stringOf(source, property.value) === uid;
  });
  return own.length === 1 ? own[0] : all.length === 1 ? all[0] : undefined;
}

/** What Grafana does not see of a panel, and what others compare. */
function withoutApart({ panelproof, id, gridPos, targets, datasource, ...panel }: Json): Json {
  return panel;
}
