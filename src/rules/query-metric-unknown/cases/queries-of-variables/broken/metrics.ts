export const catalogue = {
  catalogueVersion: 1,
  jobs: {
    dice: { complete: true, targetLabels: { tier: ['backend'] }, unlistedPrefixes: ['process_'] },
    mail: { complete: true },
  },
  metrics: {
    rolls_total: {
      type: 'counter',
      unit: 'rolls',
      help: 'Rolls by their outcome.',
      jobs: ['dice'],
      labels: { result: ['success', 'error'], die: 'open' },
    },
    rolls_in_progress: { type: 'gauge', help: 'Rolls in progress.', jobs: ['dice'], labels: {} },
    roll_duration_seconds: {
      type: 'histogram',
      unit: 'seconds',
      help: 'Duration of a roll.',
      jobs: ['dice'],
      labels: { die: 'open' },
      buckets: [0.1, 0.5, 1, 5],
    },
    mails_total: { type: 'counter', unit: 'mails', help: 'Mails sent.', jobs: ['mail'], labels: {} },
  },
} as const;
