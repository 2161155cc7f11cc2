import type { Rule } from '../../model/rule.ts';
import { selectorsIn } from '../../query/promql-node.ts';
import { checkExpressions } from '../check-expressions.ts';

/** A pattern without anything of a pattern in it: `=` says the same. */
export const queryRegexNeedless: Rule = {
  id: 'query-regex-needless',
  summary: 'A matcher by pattern whose pattern is a plain text',
  severity: 'style',
  fix: 'none',
  check: checkExpressions((expression) =>
    selectorsIn(expression).flatMap(({ matchers }) =>
      matchers.flatMap(({ label, op, value, span }) => {
        const plain = op === '=~' ? '=' : op === '!~' ? '!=' : undefined;
        if (!plain || label === undefined || !/^[^\\.+*?()[\]{}^$|]+$/.test(value ?? '')) return [];
        return [
          {
            message: `Expected ${label}${op}"${value}" to be ${label}${plain}"${value}": it has no pattern in it`,
            span,
          },
        ];
      }),
    ),
  ),
};
