/**
 * The metric catalogue of dice-roller and die-service: the one place where a metric's name, labels and buckets stand.
 *
 * Both programs make their instruments from it, dashboards make their queries from it, and `check` reads it through the
 * syntax tree without running it. So it is literal data and imports nothing.
 *
 * Label values are closed sets: a die that is not listed here is counted as `unknown`, a request to a path or with a
 * method that no program serves has the handler `none` and the method `other`.
 */
export const catalogue = {
  catalogueVersion: 1,
  jobs: {
    'dice-roller-stage4': {
      complete: true,
      targetLabels: { service_name: ['dice-roller'] },
      unlistedPrefixes: ['process_', 'nodejs_'],
    },
    'die-service-stage4': {
      complete: true,
      targetLabels: { service_name: ['die-service'] },
      unlistedPrefixes: ['process_', 'nodejs_'],
    },
  },
  metrics: {
    dice_rolls_total: {
      type: 'counter',
      unit: 'rolls',
      help: 'Total number of dice rolls by /roll, whatever their outcome.',
      jobs: ['dice-roller-stage4'],
      labels: { die_type: ['fair', 'risky', 'extreme', 'unknown'], result: ['success', 'error'] },
    },
    dice_roll_value: {
      type: 'histogram',
      unit: 'pips',
      help: 'Distribution of the values rolled by /roll.',
      jobs: ['dice-roller-stage4'],
      labels: { die_type: ['fair', 'risky', 'extreme', 'unknown'] },
      buckets: [0, 1, 2, 3, 4, 5, 6, 7, 8],
    },
    async_rolls_total: {
      type: 'counter',
      unit: 'rolls',
      help: 'Total number of single rolls of /roll-async batches (rolls, not batches).',
      jobs: ['dice-roller-stage4'],
      labels: { die_type: ['fair', 'risky', 'extreme', 'unknown'], result: ['success', 'error'] },
    },
    async_roll_batches_total: {
      type: 'counter',
      unit: 'batches',
      help: 'Total number of valid /roll-async requests, whatever their outcome.',
      jobs: ['dice-roller-stage4'],
      labels: { die_type: ['fair', 'risky', 'extreme', 'unknown'], result: ['success', 'error'] },
    },
    async_roll_batch_size: {
      type: 'histogram',
      unit: 'rolls',
      help: 'Distribution of the batch sizes of valid /roll-async requests, observed before the die is looked up.',
      jobs: ['dice-roller-stage4'],
      labels: {},
      buckets: [1, 2, 3, 5, 10, 15, 20],
    },
    async_roll_duration_seconds: {
      type: 'histogram',
      unit: 'seconds',
      help: 'Time until all rolls of an async batch have settled, including the lookup of the die.',
      jobs: ['dice-roller-stage4'],
      labels: {},
      buckets: [0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 5],
    },
    async_rolls_in_progress: {
      type: 'gauge',
      unit: 'rolls',
      help: 'Single rolls of async batches in progress.',
      jobs: ['dice-roller-stage4'],
      labels: {},
    },
    die_service_requests_total: {
      type: 'counter',
      unit: 'requests',
      help: 'Total number of lookups of a die at die-service by their outcome.',
      jobs: ['dice-roller-stage4'],
      labels: {
        identifier: ['fair', 'risky', 'extreme', 'unknown'],
        status: [
          'success',
          'not_found',
          'error_4xx',
          'error_5xx',
          'timeout',
          'connection_error',
          'invalid_response',
        ],
      },
    },
    die_service_request_duration_seconds: {
      type: 'histogram',
      unit: 'seconds',
      help: 'Duration of the lookups of a die at die-service, whatever their outcome.',
      jobs: ['dice-roller-stage4'],
      labels: {},
      buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5],
    },
    die_specifications_requested_total: {
      type: 'counter',
      unit: 'requests',
      help: 'Total number of die specifications handed out.',
      jobs: ['die-service-stage4'],
      labels: { identifier: ['fair', 'risky', 'extreme', 'unknown'] },
    },
    die_list_requests_total: {
      type: 'counter',
      unit: 'requests',
      help: 'Total number of requests for the list of dice.',
      jobs: ['die-service-stage4'],
      labels: {},
    },
    die_specifications_loaded: {
      type: 'gauge',
      unit: 'dice',
      help: 'Number of die specifications in memory.',
      jobs: ['die-service-stage4'],
      labels: {},
    },
    http_requests_total: {
      type: 'counter',
      unit: 'requests',
      help: 'Total number of HTTP requests by method, status class and route.',
      jobs: ['dice-roller-stage4', 'die-service-stage4'],
      labels: {
        method: ['GET', 'other'],
        status: ['2xx', '3xx', '4xx', '5xx'],
        handler: ['/', '/roll', '/roll-async', '/dice', '/metrics', '/healthz', '/readyz', 'none'],
      },
    },
    http_request_duration_seconds: {
      type: 'histogram',
      unit: 'seconds',
      help: 'Duration of HTTP requests by method and route.',
      jobs: ['dice-roller-stage4', 'die-service-stage4'],
      labels: {
        method: ['GET', 'other'],
        handler: ['/', '/roll', '/roll-async', '/dice', '/metrics', '/healthz', '/readyz', 'none'],
      },
      buckets: [0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 2.5, 5, 10],
    },
  },
} as const;
