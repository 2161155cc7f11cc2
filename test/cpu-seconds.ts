/**
 * Processor time, in seconds, that some work takes. For tests that hostile input is bounded: what they guard against
 * takes minutes, and a machine that is busy with other things must fail none of them.
 */
export function cpuSeconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
