// Written by scripts/rules-index.js from the folders beside it.
import type { Rule } from '../model/rule.ts';
import { dashboardFileNotWalked } from './dashboard-file-not-walked/rule.ts';
import { dashboardTitleDuplicate } from './dashboard-title-duplicate/rule.ts';
import { dashboardTitleMissing } from './dashboard-title-missing/rule.ts';
import { dashboardUidDuplicate } from './dashboard-uid-duplicate/rule.ts';
import { dashboardUidInvalid } from './dashboard-uid-invalid/rule.ts';
import { dashboardV2InFile } from './dashboard-v2-in-file/rule.ts';
import { dashboardWrapped } from './dashboard-wrapped/rule.ts';
import { datasourceInvalid } from './datasource-invalid/rule.ts';
import { datasourceUnknownName } from './datasource-unknown-name/rule.ts';
import { grafanaSettingIneffective } from './grafana-setting-ineffective/rule.ts';
import { jsonInvalid } from './json-invalid/rule.ts';
import { mountSourceMissing } from './mount-source-missing/rule.ts';
import { panelIdDuplicate } from './panel-id-duplicate/rule.ts';
import { panelOptionInvalid } from './panel-option-invalid/rule.ts';
import { panelOutsideGrid } from './panel-outside-grid/rule.ts';
import { panelOverlap } from './panel-overlap/rule.ts';
import { panelTitleMissing } from './panel-title-missing/rule.ts';
import { panelUnitUnknown } from './panel-unit-unknown/rule.ts';
import { providerFolderConflict } from './provider-folder-conflict/rule.ts';
import { providerInvalid } from './provider-invalid/rule.ts';
import { providerNameDuplicate } from './provider-name-duplicate/rule.ts';
import { providerPathEmpty } from './provider-path-empty/rule.ts';
import { providerPathMissing } from './provider-path-missing/rule.ts';
import { providerPathNotMounted } from './provider-path-not-mounted/rule.ts';
import { providerPathsOverlap } from './provider-paths-overlap/rule.ts';
import { provisioningYamlInvalid } from './provisioning-yaml-invalid/rule.ts';
import { queryLanguageMismatch } from './query-language-mismatch/rule.ts';
import { queryRefidDuplicate } from './query-refid-duplicate/rule.ts';
import { querySyntax } from './query-syntax/rule.ts';
import { volumeShadowsFiles } from './volume-shadows-files/rule.ts';

/** Every rule, by id. */
export const ALL_RULES: readonly Rule[] = [
  dashboardFileNotWalked,
  dashboardTitleDuplicate,
  dashboardTitleMissing,
  dashboardUidDuplicate,
  dashboardUidInvalid,
  dashboardV2InFile,
  dashboardWrapped,
  datasourceInvalid,
  datasourceUnknownName,
  grafanaSettingIneffective,
  jsonInvalid,
  mountSourceMissing,
  panelIdDuplicate,
  panelOptionInvalid,
  panelOutsideGrid,
  panelOverlap,
  panelTitleMissing,
  panelUnitUnknown,
  providerFolderConflict,
  providerInvalid,
  providerNameDuplicate,
  providerPathEmpty,
  providerPathMissing,
  providerPathNotMounted,
  providerPathsOverlap,
  provisioningYamlInvalid,
  queryLanguageMismatch,
  queryRefidDuplicate,
  querySyntax,
  volumeShadowsFiles,
];
