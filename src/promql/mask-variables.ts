/**
 * The expression with each Grafana variable (`$name`, `${name:format}`, `[[name]]`) replaced by PromQL of the same
 * length, so that the grammar reads it and positions stay: a duration where a duration stands, otherwise a name.
 */
export function maskVariables(text: string): string {
  return text.replace(
    /\$\w+|\$\{\w+(?:\.[^:}]+)?(?::[^}]+)?\}|\[\[\w+(?:[.:][^\]]+)?\]\]/g,
    (variable, at: number) => {
      const before = text.slice(0, at).trimEnd();
      const isDuration = /\[[^\]"']*$|\boffset(\s*-)?$/.test(before);
      if (!isDuration) return 'v'.repeat(variable.length);
      const unitFollows = /^[a-z]/.test(text.slice(at + variable.length));
      return unitFollows ? '1'.repeat(variable.length) : `${'1'.repeat(variable.length - 1)}s`;
    },
  );
}
