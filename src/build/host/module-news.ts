/** What the build is told of the modules of its definitions. */
export type ModuleNews =
  | { readonly kind: 'loaded'; readonly url: string }
  /** One module of the workspace imports another, or is a link to it. */
  | { readonly kind: 'import'; readonly from: string; readonly url: string }
  /** A module of the workspace depends on more than files that are imported. */
  | { readonly kind: 'outside world'; readonly url: string; readonly what: string };
