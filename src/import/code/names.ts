import { SDK } from '../sdk/sdk-package.ts';

/** The names that a module uses: what it imports, and what it defines itself. No name means two things. */
export interface Names {
  /** The local name of an export of a module, such as `TimeSeries` for `PanelBuilder`; the import is written for it. */
  use(module: string, name: string, alias?: string): string;
  /** The local name of an export of a package of the SDK; `common` is imported as a whole. */
  useSdk(sdkPackage: string, name: string): string;
  /** A name near the wanted one that nothing has yet. */
  define(wanted: string): string;
  /** The import statements, as `organizeImports` of Biome orders them. */
  print(): string;
}

/** Local names of classes that are called the same in every package. */
const PANELS: Readonly<Record<string, string>> = {
  annotationslist: 'AnnotationsList',
  barchart: 'BarChart',
  bargauge: 'BarGauge',
  dashboard: 'Panel',
  dashboardlist: 'DashboardList',
  nodegraph: 'NodeGraph',
  piechart: 'PieChart',
  statetimeline: 'StateTimeline',
  statushistory: 'StatusHistory',
  timeseries: 'TimeSeries',
  xychart: 'XYChart',
};

/** What would be misread when a module gave it another meaning. */
const TAKEN = ['Number', 'String', 'Boolean', 'Object', 'Array', 'undefined', 'NaN', 'Infinity'];
const RESERVED =
  'await break case catch class const continue debugger default delete do else enum eval arguments export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield'.split(
    ' ',
  );

/** No names yet, but for those that something has already. */
export function newNames(others: Iterable<string> = []): Names {
  const taken = new Set([...TAKEN, ...RESERVED, ...others]);
  const modules = new Map<string, Map<string, string>>();
  const define = (wanted: string): string => {
    let name = wanted;
    for (let count = 2; taken.has(name); count++) name = `${wanted}${count}`;
    taken.add(name);
    return name;
  };
  const use: Names['use'] = (module, name, alias = name) => {
    const ofModule = modules.get(module) ?? new Map<string, string>();
    modules.set(module, ofModule);
    const known = ofModule.get(name);
    if (known !== undefined) return known;
    const local = define(alias);
    ofModule.set(name, local);
    return local;
  };
  return {
    use,
    define,
    useSdk: (sdkPackage, name) => useSdk(use, sdkPackage, name),
    print: () => [...modules].sort(byDistance).map(printImport).join(''),
  };
}

/** The local name of an export of a package of the SDK, where `use` gives names; `common` is imported as a whole. */
export function useSdk(use: Names['use'], sdkPackage: string, name: string): string {
  if (sdkPackage === 'common') return `${use(`${SDK}common`, '*', 'common')}.${name}`;
  return use(`${SDK}${sdkPackage}`, name, aliasOf(sdkPackage, name));
}

function aliasOf(sdkPackage: string, name: string): string {
  const capital = sdkPackage.charAt(0).toUpperCase() + sdkPackage.slice(1);
  if (name === 'PanelBuilder') return PANELS[sdkPackage] ?? capital;
  return name === 'DataqueryBuilder' ? `${capital}Query` : name;
}

/** A module, and local names by what it exports. */
export type Import = readonly [module: string, names: ReadonlyMap<string, string>];

/** Packages with a scope, packages, then files from far to near. */
export function byDistance([a]: Import, [b]: Import): number {
  const rank = (module: string) => (module.startsWith('./') ? 3 : module.startsWith('../') ? 2 : 1);
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}

/** One import statement. */
export function printImport([module, names]: Import): string {
  const whole = names.get('*');
  if (whole !== undefined) return `import * as ${whole} from '${module}';\n`;
  const words = [...names]
    .sort(([, a], [, b]) => (naturalKey(a) < naturalKey(b) ? -1 : 1))
    .map(([name, local]) => (name === local ? name : `${name} as ${local}`));
  const line = `import { ${words.join(', ')} } from '${module}';\n`;
  return line.length <= 111
    ? line
    : `import {\n${words.map((word) => `  ${word},\n`).join('')}} from '${module}';\n`;
}

/** Letters without case first, an upper-case one before its lower-case twin. */
export function naturalKey(name: string): string {
  return `${name.toLowerCase()} ${name}`;
}
