// Writes src/rules/all-rules.ts: one import for each folder of src/rules that holds a rule.
import { existsSync, readdirSync, writeFileSync } from 'node:fs';

const ids = readdirSync('src/rules').filter((id) => existsSync(`src/rules/${id}/rule.ts`));
const names = new Map(ids.sort().map((id) => [id, id.replace(/-(.)/g, (_, letter) => letter.toUpperCase())]));
const imports = [...names].map(([id, name]) => `import { ${name} } from './${id}/rule.ts';\n`).join('');
const list = [...names.values()].map((name) => `  ${name},\n`).join('');
const head =
  "// Written by scripts/rules-index.js from the folders beside it.\nimport type { Rule } from '../model/rule.ts';\n";
const text = `${head}${imports}\n/** Every rule, by id. */\nexport const ALL_RULES: readonly Rule[] = [\n${list}];\n`;
writeFileSync('src/rules/all-rules.ts', text);
