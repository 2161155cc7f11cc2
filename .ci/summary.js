// Prints the closing line of .ci/run from the test runner's JSON reports; fails when no test ran or any failed.
import { readdirSync, readFileSync } from 'node:fs';

const [folder, failedBefore] = process.argv.slice(2);
const reports = readdirSync(folder).map((name) => JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')));
const total = (key) => reports.reduce((sum, report) => sum + report[key], 0);
const passed = total('numPassedTests');
const skipped = total('numPendingTests') + total('numTodoTests');
// A test file that does not even load has failed without a failed test.
const suites = reports
  .flatMap((report) => report.testResults)
  .filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
const failed = total('numFailedTests') + suites.length || (failedBefore === '0' ? 0 : 1);
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(passed === 0 || failed > 0 ? 1 : 0);
