import * as z from 'zod/mini';
import type { AlertingItem, ContactPoint, NotificationPolicy, Receiver } from '../model/alerting.ts';
import type { PropertyPath, SourceFile } from '../model/source-file.ts';
import type { ProvisioningFile, ShapeError } from '../model/workspace.ts';
import { alertRuleGroups } from './alert-rules.ts';
import { type AlertingContext, readItems, textOf } from './alerting-items.ts';
import { expandValue, type VariableSource } from './expand-variables.ts';
import { property, yamlBoolean, yamlInteger, yamlText } from './provisioning-yaml.ts';
import { asRecord } from './record.ts';

const contactPointShape = z.looseObject({ orgId: yamlInteger, name: yamlText });
const receiverShape = z.looseObject({
  uid: yamlText,
  type: yamlText,
  disableResolveMessage: yamlBoolean,
  settings: z.nullish(z.record(z.string(), z.unknown(), 'a mapping')),
});
const policyShape = z.looseObject({ orgId: yamlInteger });
const namedShape = z.looseObject({ orgId: yamlInteger, name: yamlText, template: yamlText });

/** What one file of `provisioning/alerting` says. */
export interface AlertingFile {
  readonly file: ProvisioningFile;
  readonly groups: ReturnType<typeof alertRuleGroups>;
  readonly contactPoints: readonly ContactPoint[];
  readonly policies: readonly NotificationPolicy[];
  readonly muteTimes: readonly AlertingItem[];
  readonly templates: readonly AlertingItem[];
}

/** Reads an alerting file as Grafana does, which asks for no `apiVersion`. */
export function readAlertingFile(
  file: SourceFile,
  context: Omit<AlertingContext, 'file' | 'errors'>,
): AlertingFile {
  const reader = { ...context, file, errors: [] as ShapeError[] };
  const groups = alertRuleGroups(reader);
  const contactPoints = readItems(reader, file.value, ['contactPoints'], contactPointShape).map(
    ({ value, path }): ContactPoint => ({
      ...named(reader, expanded(reader, value), path),
      receivers: readItems(reader, value, [...path, 'receivers'], receiverShape).map((receiver): Receiver => {
        const item = expandValue(receiver.value, maybeSet(reader.variables)) as Entry;
        return {
          uid: textOf(item.uid).trim(),
          type: textOf(item.type).trim(),
          settings: asRecord(item.settings) ?? {},
          at: { file: file.path, path: receiver.path },
        };
      }),
    }),
  );
  const policies = readItems(reader, file.value, ['policies'], policyShape).map(
    ({ value, path }): NotificationPolicy => {
      const item = expanded(reader, value);
      return { orgId: orgOf(item), value: item, at: { file: file.path, path } };
    },
  );
  // Grafana puts no variables into these.
  const plain = (key: string) =>
    readItems(reader, file.value, [key], namedShape).map(({ value, path }) => named(reader, value, path));
  return {
    groups,
    contactPoints,
    policies,
    muteTimes: plain('muteTimes'),
    templates: plain('templates'),
    file: { file, apiVersion: property(file.value, 'apiVersion'), shapeErrors: reader.errors },
  };
}

type Entry = Readonly<Record<string, unknown>>;

function named({ file }: AlertingContext, value: Entry, path: PropertyPath): AlertingItem {
  return { orgId: orgOf(value), name: textOf(value.name).trim(), value, at: { file: file.path, path } };
}

function expanded({ variables }: AlertingContext, value: Entry): Entry {
  return expandValue(value, variables) as Entry;
}

/** What compose passes on with nothing as its default (`${URL:-}`), where secrets come in, is set outside the tree. */
function maybeSet({ environment, environmentIsOpen }: VariableSource): VariableSource {
  const values = Object.entries(environment).map(([name, value]) => [name, value || undefined]);
  return { environment: Object.fromEntries(values), environmentIsOpen };
}

function orgOf(value: Entry): number {
  return Math.max(Number(value.orgId) || 1, 1);
}
