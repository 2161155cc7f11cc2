import type { Edit } from '../../model/edit.ts';
import type { Finding, RelatedPlace } from '../../model/finding.ts';
import type { Location } from '../../model/source-file.ts';
import type { WorkspaceFiles } from '../../model/workspace.ts';
import type { EmbeddedFile } from './embedded-file.ts';

/** Findings in embedded files at their places in the files around them. What a chart makes itself is not reported. */
export function pointIntoFiles(
  findings: readonly Finding[],
  files: WorkspaceFiles,
  embedded: ReadonlyMap<string, EmbeddedFile>,
): readonly Finding[] {
  if (embedded.size === 0) return findings;
  const placeOf = (at: Location): Location | undefined => {
    const around = embedded.get(at.file);
    if (!around) return at;
    if (around.file === undefined) return undefined;
    const range = at.range ?? files.get(at.file)?.rangeOf(at.path ?? [], at.key) ?? { start: 0, end: 0 };
    return { file: around.file, range: around.locate(range) };
  };
  const placed = findings.flatMap((finding) => {
    const at = placeOf(finding.at);
    if (!at) return [];
    const related = finding.related.flatMap((place): RelatedPlace[] => {
      const there = placeOf(place.at);
      return there ? [{ ...place, at: there }] : [];
    });
    return [withOuterEdits({ ...finding, at, related }, embedded)];
  });
  return placed.sort((a, b) => {
    if (a.at.file !== b.at.file) return a.at.file < b.at.file ? -1 : 1;
    return a.at.range && b.at.range ? a.at.range.start - b.at.range.start : 0;
  });
}

/** Edits of values are made where they stand; a fix that would have to write inside of a text is told instead. */
function withOuterEdits(finding: Finding, embedded: ReadonlyMap<string, EmbeddedFile>): Finding {
  const { fix, ...rest } = finding;
  if (!fix?.edits.some(({ file }) => embedded.has(file))) return finding;
  const edits = fix.edits.map((edit) => outerEdit(edit, embedded));
  if (!edits.includes(undefined)) return { ...finding, fix: { ...fix, edits: edits as Edit[] } };
  const told = `${fix.title} (by hand: \`fix\` does not write inside of manifests).`;
  return { ...rest, suggestions: [...(finding.suggestions ?? []), told] };
}

function outerEdit(edit: Edit, embedded: ReadonlyMap<string, EmbeddedFile>): Edit | undefined {
  const around = embedded.get(edit.file);
  if (!around) return edit;
  if (around.file === undefined || around.base === undefined || edit.kind === 'text') return undefined;
  return { ...edit, file: around.file, path: [...around.base, ...edit.path] };
}
