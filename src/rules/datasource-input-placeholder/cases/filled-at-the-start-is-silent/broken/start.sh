#!/bin/sh
find /var/lib/grafana -name '*.json' -exec sed -i "s/\${DS_PROMETHEUS}/$DS_PROMETHEUS/" {} +
exec /run.sh
