import { styleText } from 'node:util';
import type { FixResult } from '../doctor/fix.ts';
import type { Reload } from '../doctor/reload.ts';
import { unifiedDiff } from '../edit/unified-diff.ts';
import type { Finding } from '../model/finding.ts';
import { jsonReport } from '../report/json.ts';
import { placeOf } from '../report/place.ts';
import { counted } from './counted.ts';

/** What a fix run would change: a unified diff with the reasons above each file, then one line that counts. */
export function fixReport(
  { plan, mended, left, refused }: FixResult,
  options: { readonly color: boolean },
): string {
  if (plan.files.length === 0) {
    const why =
      left.length === 0
        ? 'no findings'
        : refused.length > 0
          ? 'what could be was refused'
          : 'no fix for what check finds';
    return `${unifiedDiff(plan, options)}Nothing to mend: ${why}\n`;
  }
  const files = new Set(plan.files.map(({ path }) => path)).size;
  return `${unifiedDiff(plan, options)}${counted(mended.length, 'finding')} to mend in ${counted(files, 'file')}\n`;
}

/** How it ended, for people: what was written, what is left, what must be restarted and how. */
export function fixSummary(result: FixResult, options: { readonly color: boolean }): string {
  const { plan, written, reloads } = result;
  const dim = (text: string) => (options.color ? styleText('dim', text, { validateStream: false }) : text);
  const lines: string[] = [];
  if (written.length > 0) lines.push(`Written: ${written.join(', ')}`);
  else if (plan.files.length > 0) lines.push('Nothing was written; add --yes to write these changes');
  lines.push(...leftLines(result, dim));
  if (plan.files.length > 0) lines.push(...reloads.map((reload) => reloadLine(reload, written.length > 0)));
  return lines.map((line) => `${line}\n`).join('');
}

/** All of a fix run as one JSON object: what `check --format json` says of what is left, and what was done. */
export function jsonFixReport({ plan, mended, refused, left, reloads, written, files }: FixResult): string {
  const report = {
    ...jsonReport(left, files),
    mended: mended.map(({ finding, fix }) => ({
      ...nameOf(finding),
      fix: fix.title,
      safety: fix.safety,
      files: [...new Set(fix.edits.map((edit) => edit.file))],
    })),
    refused: refused.map(({ finding, reason }) => ({ ...nameOf(finding), reason })),
    changes: plan.files.map(({ path, before, after, reasons }) => ({
      file: path,
      change: before === undefined ? 'added' : after === undefined ? 'removed' : 'changed',
      reasons,
    })),
    diff: unifiedDiff({ files: plan.files, refused: [] }),
    reloads,
    written,
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

function nameOf({ rule, severity, message, at }: Finding) {
  return { rule, severity, message, file: at.file };
}

/** More than this is for `check` to show. */
const MAX_LEFT = 20;

function leftLines({ left, files, refused }: FixResult, dim: (text: string) => string): string[] {
  if (left.length === 0) return ['Left: no findings'];
  const lines = left.slice(0, MAX_LEFT).flatMap((finding) => {
    const { file, line } = placeOf(finding.at, files);
    const why = refused.find((refusal) => refusal.finding === finding)?.reason;
    return [
      `  ${file}:${line} ${finding.severity} ${finding.rule}: ${finding.message}`,
      ...(finding.suggestions ?? []).map((suggestion) => dim(`    Perhaps: ${suggestion}`)),
      ...(finding.fix?.safety === 'unsafe' && why === undefined
        ? [dim(`    With --unsafe: ${finding.fix.title}`)]
        : []),
      ...(why === undefined ? [] : [dim(`    Not mended: ${why}`)]),
    ];
  });
  const more = left.length - MAX_LEFT;
  if (more > 0) lines.push(`  and ${more} more, which \`panelproof check\` shows`);
  return [`Left: ${counted(left.length, 'finding')}`, ...lines];
}

function reloadLine({ name, action, command }: Reload, isWritten: boolean): string {
  const what = {
    restart: 'reads its provisioning only at start',
    recreate: 'needs a new container',
    rebuild: 'needs a new image',
  }[action];
  const when = isWritten ? 'Now' : 'Then';
  // A provisioning folder alone is no Grafana: whichever reads it is meant.
  return command === undefined
    ? `${when} the Grafana of ${name} ${what}: ${action} it`
    : `${when} ${name} ${what}: ${command}`;
}
