import type { Fix } from '../../model/finding.ts';
import type { Rule } from '../../model/rule.ts';
import type { SourceFile } from '../../model/source-file.ts';
import { fileFault } from '../file-fault.ts';
import { repairedJson } from '../repaired-json.ts';

const BOM = '\uFEFF';

/** A walked file that Grafana's decoder refuses. Duplicate keys and text behind the first value are no mistake to it. */
export const jsonInvalid: Rule = {
  id: 'json-invalid',
  summary: 'A dashboard file is not JSON, so Grafana does not load it',
  severity: 'load',
  fix: 'safe',
  related: ['dashboard-title-missing'],
  grafanaLogs: [
    'looking for beginning of object key string',
    'looking for beginning of value',
    'unexpected EOF',
    'error=EOF',
    'failed to load dashboard from',
  ],
  check(workspace, report) {
    for (const { provider, files } of workspace.walks)
      for (const walked of files) {
        const fault = fileFault(walked, provider, workspace.grafana.version);
        if (fault?.kind !== 'not-json') continue;
        const { file } = walked;
        const isMarked = file.text.startsWith(BOM);
        report({
          message: isMarked
            ? 'Expected the file to begin with its JSON, found a byte order mark before it'
            : `Malformed JSON: ${isUtf16(file.text) ? 'the file is not UTF-8' : fault.error.message}`,
          at: { file: file.path, range: fault.error.range },
          grafanaLog: logOf(file),
          ...fixOf(file),
        });
      }
  },
};

function fixOf({ path, text }: SourceFile): { readonly fix?: Fix } {
  const title = text.startsWith(BOM)
    ? 'Take the byte order mark off'
    : 'Leave out what JSON does not have: comments, and commas before a closing bracket';
  const repaired = text.startsWith(BOM) ? text.slice(1) : repairedJson(text);
  return repaired === undefined
    ? {}
    : { fix: { title, safety: 'safe', edits: [{ kind: 'text', file: path, text: repaired }] } };
}

function isUtf16(text: string): boolean {
  return text.includes('\0') || text.startsWith('\uFFFD\uFFFD');
}

function logOf({ text }: SourceFile): string {
  if (text.startsWith(BOM)) return `error="invalid character 'ï' looking for beginning of value"`;
  if (text.trim() === '') return 'error=EOF';
  return 'msg="failed to load dashboard from "';
}
