import type { Dashboard } from '../../model/dashboard.ts';

/** One item of `__inputs`. */
export interface DashboardInput {
  readonly name: string;
  readonly type: string;
  readonly label: string | undefined;
  readonly pluginId: string | undefined;
  readonly value: unknown;
  readonly index: number;
}

/** What "export for sharing" asks the importer for. */
export function inputsOf({ json }: Dashboard): DashboardInput[] {
  if (!Array.isArray(json.__inputs)) return [];
  return json.__inputs.map((item: Partial<Record<string, unknown>> | null, index) => ({
    name: String(item?.name ?? ''),
    type: String(item?.type ?? ''),
    label: typeof item?.label === 'string' && item.label !== '' ? item.label : undefined,
    pluginId: typeof item?.pluginId === 'string' ? item.pluginId : undefined,
    value: item?.value,
    index,
  }));
}
