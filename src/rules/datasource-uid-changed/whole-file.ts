import type { SourceFile } from '../../model/source-file.ts';

/** The file itself as the fact of its history that is remembered: datasource files are small. */
export function wholeFile(file: SourceFile): SourceFile {
  return file;
}
