import { type Json, textOf } from '../../diff/json.ts';
import { UsageError } from '../../model/usage-error.ts';

/**
 * The uid of the dashboard of a definition that a saved one is.
 *
 * @throws UsageError that names what there is
 */
export function chooseDashboard(path: string, saved: Json, uids: readonly string[]): string {
  const uid = textOf(saved.uid);
  const [only] = uids;
  if (uid === undefined && only !== undefined && uids.length === 1) return only;
  if (uid !== undefined && uids.includes(uid)) return uid;
  const made = uids.length === 0 ? 'no dashboard' : uids.map((one) => JSON.stringify(one)).join(', ');
  throw new UsageError(
    `${path} makes ${made}, and the JSON is ${uid === undefined ? 'one without a uid' : JSON.stringify(uid)}`,
  );
}
