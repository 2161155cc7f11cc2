import { sourceFile } from '../load/source-file.ts';
import type { Finding } from '../model/finding.ts';
import type { SourceFile } from '../model/source-file.ts';

/** Indents with blanks instead of tabs, two for one or four, when the file can be read then; else nothing. */
export function tabFix({ path, text }: SourceFile): Pick<Finding, 'fix'> {
  if (!/^ *\t/m.test(text)) return {};
  const blanks = ['  ', '    '].map((width) =>
    text.replace(/^[ \t]*\t[ \t]*/gm, (start) => start.replaceAll('\t', width)),
  );
  const mended = blanks.find(
    (candidate) => sourceFile(path, candidate).syntaxErrors.length === 0 && keepsNesting(text, candidate),
  );
  if (mended === undefined) return {};
  return {
    fix: {
      title: 'Indent with blanks: YAML has no tabs',
      safety: 'safe',
      edits: [{ kind: 'text', file: path, text: mended }],
    },
  };
}

/** What a tab put below a key is still below it. */
function keepsNesting(before: string, after: string): boolean {
  const lines = after.split('\n');
  const depth = (line = '') => line.search(/\S|$/);
  return before.split('\n').every((line, index) => {
    const above = lines[index - 1];
    if (!/^ *\t\s*\S/.test(line) || above === undefined || !/:\s*$/.test(above)) return true;
    const isItem = /^\s*-/.test(line);
    return depth(lines[index]) > depth(above) - (isItem ? 1 : 0);
  });
}
