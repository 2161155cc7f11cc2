/** The copy of the Foundation SDK that is bundled with panelproof; in `src/` there is none. */
export interface BundledParts {
  readonly version: string | undefined;
  /** The folders of its `dist/`: sizes of their files in bytes by name, and the other folders that they import. */
  readonly folders: {
    readonly [name: string]: {
      readonly files: Readonly<Record<string, number>>;
      readonly imports: readonly string[];
    };
  };
  /** Gives the exports of a part, by the name it is imported by. */
  readonly load: { readonly [part: string]: () => object };
}

// scripts/bundle.js puts the SDK here.
export const bundledParts: BundledParts = { version: undefined, folders: {}, load: {} };
