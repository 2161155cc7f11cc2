import { ANNOTATION_DEFAULTS, LINK_DEFAULTS, variableDefaults } from '../../diff/filled-in.ts';
import { type Json, textOf } from '../../diff/json.ts';
import { buildChain } from '../code/build-chain.ts';
import { type Code, call } from '../code/code.ts';
import { expressJson } from '../code/express.ts';
import { sdkPackage } from '../sdk/sdk-package.ts';
import type { DashboardWriting } from './dashboard-writing.ts';

/** Builders of variables by type. */
export const VARIABLE_BUILDERS: Readonly<Record<string, string>> = {
  adhoc: 'AdHocVariableBuilder',
  constant: 'ConstantVariableBuilder',
  custom: 'CustomVariableBuilder',
  datasource: 'DatasourceVariableBuilder',
  interval: 'IntervalVariableBuilder',
  query: 'QueryVariableBuilder',
  textbox: 'TextBoxVariableBuilder',
};

/** Code for a variable of a dashboard; one of a type that the SDK does not know stays JSON. */
export function writeVariable(variable: Json, writing: DashboardWriting): Code {
  const type = textOf(variable.type) ?? '';
  const className = Object.hasOwn(VARIABLE_BUILDERS, type) ? VARIABLE_BUILDERS[type] : undefined;
  return writeBuilt(variable, className, variableDefaults(variable), writing);
}

/** Code for an annotation query of a dashboard. */
export function writeAnnotation(annotation: Json, writing: DashboardWriting): Code {
  return writeBuilt(annotation, 'AnnotationQueryBuilder', ANNOTATION_DEFAULTS, writing);
}

/** Code for a link of a dashboard. */
export function writeLink(link: Json, writing: DashboardWriting): Code {
  return writeBuilt(link, 'DashboardLinkBuilder', LINK_DEFAULTS, writing);
}

function writeBuilt(
  wanted: Json,
  className: string | undefined,
  defaults: Json,
  writing: DashboardWriting,
): Code {
  const sdk = sdkPackage('dashboard');
  if (!sdk || className === undefined)
    return call(writing.names.use('panelproof', 'fromJson'), expressJson(wanted, writing));
  return buildChain({ package: sdk, className, wanted, defaults, writing }).code;
}
