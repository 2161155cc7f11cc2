/** The copy of the Foundation SDK that is bundled with panelproof; in `src/` there is none. */
export interface BundledParts {
  readonly version: string | undefined;
  /** The folders of its `dist/`: names of their modules, SHA-256 of all these, and the other folders they import. */
  readonly folders: {
    readonly [name: string]: {
      readonly files: readonly string[];
      readonly sha256: string;
      readonly imports: readonly string[];
    };
  };
  /** Gives the exports of a part, by the name it is imported by. */
  readonly load: { readonly [part: string]: () => object };
}

// scripts/bundle.js puts the SDK here.
export const bundledParts: BundledParts = { version: undefined, folders: {}, load: {} };
