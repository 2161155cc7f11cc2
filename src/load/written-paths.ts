/** Commands that put nothing into files, and those that make empty folders only. */
const HARMLESS = new Set(
  'apk apt apt-get adduser cat cd chgrp chmod chown cmp command diff echo exit export grafana grafana-cli grafana-server grep head id mkdir printf pwd set sh sleep source stat tail test touch true useradd wc which [ /run.sh ./run.sh'.split(
    ' ',
  ),
);

/** Those that only look, unless what they find is handed on to what edits it. */
const LOOKING = new Set(['find', 'ls']);

/** What stands before a command: a shell that is told it, and words that say when it is run. */
const BEFORE_COMMAND =
  /^(?:(?:\S*\/)?(?:ba|da|a|z)?sh\s+(?:-\w+\s+)*-\w*c\s+["']?|(?:if|then|else|do|while|until|exec|!|[{(])\s+)+/;

/**
 * The absolute paths that a shell script may fill: where a redirection goes, what a command that is not known to be
 * harmless names (`cp`, `curl -o`, `sed -i`, …), and the working folder of such a command. A heuristic: it names more
 * paths than are written, since what it names counts as unknown.
 */
export function writtenPaths(script: string): string[] {
  const paths = new Set<string>();
  const handsOn = editsFiles(script);
  let folder: string | undefined;
  for (const part of script.split(/&&|\|\||[;|\n]/)) {
    const command = part.trim().replace(BEFORE_COMMAND, '');
    const verb = (command.split(/\s/)[0] ?? '').replace(/["'})]+$/, '');
    for (const [, path] of command.matchAll(/>{1,2}\s*["']?(\/[^\s"';|&<>$]+)/g)) paths.add(path ?? '');
    const named = [...command.matchAll(/(?:^|[\s"'=:])(\/(?!\/)[\w./-]+)/g)].map(([, path]) => path ?? '');
    if (verb === 'cd') [folder] = named;
    if (verb === '' || verb.startsWith('#') || HARMLESS.has(verb) || named[0] === verb) continue;
    if (LOOKING.has(verb) && !handsOn) continue;
    for (const path of [...named, ...(folder === undefined ? [] : [folder])]) paths.add(path);
  }
  return [...paths].map((path) => path.replace(/\/+$/, '') || '/').filter((path) => !SYSTEM.test(path));
}

/** Whether a script runs what fills in placeholders of files that are there, be it each file below a folder. */
export function editsFiles(script: string): boolean {
  return /(?:^|[\s"'`(/])(?:sed|perl|envsubst|gomplate)\s/.test(script);
}

/** Places that have nothing to do with Grafana; the root itself would make everything unknown. */
const SYSTEM = /^\/($|(bin|dev|proc|root|run|sbin|sys|tmp)(\/|$)|usr\/(bin|lib|local)(\/|$))/;
