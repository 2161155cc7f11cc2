// Runs this checkout's own CLI; dist/ is bundled first when a file of src/ is newer.
import './bundle-if-stale.js';

await import('../dist/cli.js');
