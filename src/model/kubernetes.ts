import type { Location } from './source-file.ts';

/** A ConfigMap or Secret as pods see it: a folder of files. */
export interface ConfigMap {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  readonly namespace: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** Where the text of each key is read: a path of the tree or of an embedded file. Undefined when it cannot be. */
  readonly files: ReadonlyMap<string, string | undefined>;
  /** False when it may have other keys, too. */
  readonly isWhole: boolean;
  readonly at: Location;
}

/** What a sidecar that copies ConfigMaps into Grafana's folders looks for. https://github.com/kiwigrid/k8s-sidecar */
export interface Sidecar {
  readonly label: string;
  /** Undefined when any value will do, or when the value is not known. */
  readonly value: string | undefined;
  /** Where it writes the files. */
  readonly folder: string;
  /** The annotation that names a folder below it. */
  readonly annotation: string;
  readonly kinds: readonly ConfigMap['kind'][];
  /** The one namespace in which it looks; undefined when that is not known, or all. */
  readonly namespace: string | undefined;
  /** It adds namespace and name to each file, so that none takes the place of another; true also when that is not known. */
  readonly hasUniqueNames: boolean;
  readonly at: Location;
}

/** What the Kubernetes objects of a tree say beyond what one Grafana sees; the same for all its instances. */
export interface KubernetesFacts {
  readonly configMaps: readonly AppliedConfigMap[];
  /** Sidecars that look for dashboards. */
  readonly sidecars: readonly Sidecar[];
}

/** A ConfigMap among those that it is applied with. */
export interface AppliedConfigMap extends ConfigMap {
  /** The kustomization or folder. */
  readonly unit: string;
  /** Bytes of its values, as far as they are known. */
  readonly bytes: number;
}
