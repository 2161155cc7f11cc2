import { datasource } from 'panelproof';

/** The datasources by the names they have in provisioning/datasources/. Their uids stand there and nowhere else. */
export const prometheus = datasource('Prometheus', 'prometheus');
export const loki = datasource('Loki', 'loki');
export const tempo = datasource('Tempo', 'tempo');
