// Written by scripts/rules-index.js from the folders beside it.
import type { Rule } from '../model/rule.ts';
import { dashboardTitleDuplicate } from './dashboard-title-duplicate/rule.ts';
import { dashboardTitleMissing } from './dashboard-title-missing/rule.ts';
import { dashboardUidDuplicate } from './dashboard-uid-duplicate/rule.ts';
import { dashboardUidInvalid } from './dashboard-uid-invalid/rule.ts';
import { datasourceUnknownName } from './datasource-unknown-name/rule.ts';
import { panelIdDuplicate } from './panel-id-duplicate/rule.ts';
import { panelOptionInvalid } from './panel-option-invalid/rule.ts';
import { panelOutsideGrid } from './panel-outside-grid/rule.ts';
import { panelOverlap } from './panel-overlap/rule.ts';
import { panelTitleMissing } from './panel-title-missing/rule.ts';
import { panelUnitUnknown } from './panel-unit-unknown/rule.ts';
import { queryLanguageMismatch } from './query-language-mismatch/rule.ts';
import { queryRefidDuplicate } from './query-refid-duplicate/rule.ts';
import { querySyntax } from './query-syntax/rule.ts';

/** Every rule, by id. */
export const ALL_RULES: readonly Rule[] = [
  dashboardTitleDuplicate,
  dashboardTitleMissing,
  dashboardUidDuplicate,
  dashboardUidInvalid,
  datasourceUnknownName,
  panelIdDuplicate,
  panelOptionInvalid,
  panelOutsideGrid,
  panelOverlap,
  panelTitleMissing,
  panelUnitUnknown,
  queryLanguageMismatch,
  queryRefidDuplicate,
  querySyntax,
];
