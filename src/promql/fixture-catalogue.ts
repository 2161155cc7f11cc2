/** A small catalogue for this folder's tests, with one metric of each kind and closed and open label values. */
export const fixtureCatalogue = {
  catalogueVersion: 1,
  jobs: {
    'dice-roller-stage4': { complete: true, targetLabels: { service_name: ['dice-roller'] } },
    'die-service-stage4': { complete: true },
  },
  metrics: {
    async_rolls_total: {
      type: 'counter',
      help: 'Rolls of async batches.',
      jobs: ['dice-roller-stage4'],
      labels: { die_type: 'open', result: ['success', 'error'] },
    },
    dice_rolls_total: {
      type: 'counter',
      help: 'Single rolls.',
      jobs: ['dice-roller-stage4'],
      labels: { die_type: 'open', result: ['success', 'error'] },
    },
    async_rolls_in_progress: {
      type: 'gauge',
      help: 'Rolls in progress.',
      jobs: ['dice-roller-stage4'],
      labels: {},
    },
    async_roll_batch_size: {
      type: 'histogram',
      help: 'Sizes of async batches.',
      jobs: ['dice-roller-stage4'],
      labels: {},
      buckets: [1, 2, 3, 5, 10, 15, 20],
    },
    async_roll_duration_seconds: {
      type: 'histogram',
      help: 'Time to complete an async batch.',
      jobs: ['dice-roller-stage4'],
      labels: {},
      buckets: [0.1, 0.5, 1],
    },
    http_requests_total: {
      type: 'counter',
      help: 'HTTP requests.',
      jobs: ['dice-roller-stage4', 'die-service-stage4'],
      labels: { handler: 'open', status: ['2xx', '4xx', '5xx'] },
    },
    http_request_size_bytes: {
      type: 'summary',
      help: 'Sizes of requests.',
      jobs: ['die-service-stage4'],
      labels: { handler: 'open' },
    },
    'die.faces': { type: 'gauge', help: 'A name with a dot.', jobs: ['die-service-stage4'], labels: {} },
  },
} as const;
