/** Commands that put nothing into files, and those that make empty folders only. */
const HARMLESS = new Set(
  'apk apt apt-get adduser cat cd chgrp chmod chown cmp command diff echo exec exit export find grafana grafana-cli grafana-server grep head if id ls mkdir printf pwd set sh sleep source stat tail test then touch true until useradd wc while which [ /run.sh ./run.sh'.split(
    ' ',
  ),
);

/**
 * The absolute paths that a shell script may fill: where a redirection goes, what a command that is not known to be
 * harmless names (`cp`, `curl -o`, `sed -i`, …), and the working folder of such a command. A heuristic: it names more
 * paths than are written, since what it names counts as unknown.
 */
export function writtenPaths(script: string): string[] {
  const paths = new Set<string>();
  let folder: string | undefined;
  for (const command of script.split(/&&|\|\||[;|\n]/)) {
    const [verb = ''] = command.trim().split(/\s/);
    for (const [, path] of command.matchAll(/>{1,2}\s*["']?(\/[^\s"';|&<>$]+)/g)) paths.add(path ?? '');
    const named = [...command.matchAll(/(?:^|[\s"'=:])(\/(?!\/)[\w./-]+)/g)].map(([, path]) => path ?? '');
    if (verb === 'cd') [folder] = named;
    if (verb === '' || verb.startsWith('#') || HARMLESS.has(verb) || named[0] === verb) continue;
    for (const path of [...named, ...(folder === undefined ? [] : [folder])]) paths.add(path);
  }
  return [...paths].map((path) => path.replace(/\/+$/, '') || '/').filter((path) => !SYSTEM.test(path));
}

/** Places that have nothing to do with Grafana; the root itself would make everything unknown. */
const SYSTEM = /^\/($|(bin|dev|proc|root|run|sbin|sys|tmp)(\/|$)|usr\/(bin|lib|local)(\/|$))/;
