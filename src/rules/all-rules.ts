// Written by scripts/rules-index.js from the folders beside it.
import type { Rule } from '../model/rule.ts';
import { alertingInvalid } from './alerting-invalid/rule.ts';
import { catalogueTargetLabelMismatch } from './catalogue-target-label-mismatch/rule.ts';
import { composeFileInvalid } from './compose-file-invalid/rule.ts';
import { configmapFileOverwritten } from './configmap-file-overwritten/rule.ts';
import { configmapLabelMismatch } from './configmap-label-mismatch/rule.ts';
import { configmapTooLarge } from './configmap-too-large/rule.ts';
import { dashboardFileNotWalked } from './dashboard-file-not-walked/rule.ts';
import { dashboardTitleDuplicate } from './dashboard-title-duplicate/rule.ts';
import { dashboardTitleMissing } from './dashboard-title-missing/rule.ts';
import { dashboardUidChanged } from './dashboard-uid-changed/rule.ts';
import { dashboardUidDuplicate } from './dashboard-uid-duplicate/rule.ts';
import { dashboardUidInvalid } from './dashboard-uid-invalid/rule.ts';
import { dashboardUidMissing } from './dashboard-uid-missing/rule.ts';
import { dashboardV2InFile } from './dashboard-v2-in-file/rule.ts';
import { dashboardWrapped } from './dashboard-wrapped/rule.ts';
import { datasourceDefaultMismatch } from './datasource-default-mismatch/rule.ts';
import { datasourceDefaultMissing } from './datasource-default-missing/rule.ts';
import { datasourceInputPlaceholder } from './datasource-input-placeholder/rule.ts';
import { datasourceInvalid } from './datasource-invalid/rule.ts';
import { datasourceLinkUnknown } from './datasource-link-unknown/rule.ts';
import { datasourceNameReference } from './datasource-name-reference/rule.ts';
import { datasourceUidChanged } from './datasource-uid-changed/rule.ts';
import { datasourceUidMissing } from './datasource-uid-missing/rule.ts';
import { datasourceUidUnknown } from './datasource-uid-unknown/rule.ts';
import { datasourceUnknownName } from './datasource-unknown-name/rule.ts';
import { datasourceUrlUnreachable } from './datasource-url-unreachable/rule.ts';
import { grafanaSettingIneffective } from './grafana-setting-ineffective/rule.ts';
import { homeDashboardMissing } from './home-dashboard-missing/rule.ts';
import { jsonInvalid } from './json-invalid/rule.ts';
import { libraryPanelMissing } from './library-panel-missing/rule.ts';
import { mountSourceMissing } from './mount-source-missing/rule.ts';
import { panelIdDuplicate } from './panel-id-duplicate/rule.ts';
import { panelOptionInvalid } from './panel-option-invalid/rule.ts';
import { panelOutsideGrid } from './panel-outside-grid/rule.ts';
import { panelOverlap } from './panel-overlap/rule.ts';
import { panelTitleMissing } from './panel-title-missing/rule.ts';
import { panelUnitUnknown } from './panel-unit-unknown/rule.ts';
import { pluginNotInstalled } from './plugin-not-installed/rule.ts';
import { providerFolderConflict } from './provider-folder-conflict/rule.ts';
import { providerInvalid } from './provider-invalid/rule.ts';
import { providerMissing } from './provider-missing/rule.ts';
import { providerNameDuplicate } from './provider-name-duplicate/rule.ts';
import { providerPathEmpty } from './provider-path-empty/rule.ts';
import { providerPathMissing } from './provider-path-missing/rule.ts';
import { providerPathNotMounted } from './provider-path-not-mounted/rule.ts';
import { providerPathsOverlap } from './provider-paths-overlap/rule.ts';
import { providerPollInterval } from './provider-poll-interval/rule.ts';
import { provisioningDollarUnescaped } from './provisioning-dollar-unescaped/rule.ts';
import { provisioningKeyUnknown } from './provisioning-key-unknown/rule.ts';
import { provisioningYamlInvalid } from './provisioning-yaml-invalid/rule.ts';
import { queryCounterWithoutRate } from './query-counter-without-rate/rule.ts';
import { queryDivisionLabelMismatch } from './query-division-label-mismatch/rule.ts';
import { queryJobUnknown } from './query-job-unknown/rule.ts';
import { queryLabelUnknown } from './query-label-unknown/rule.ts';
import { queryLabelValueUnknown } from './query-label-value-unknown/rule.ts';
import { queryLanguageMismatch } from './query-language-mismatch/rule.ts';
import { queryLeNotNormalised } from './query-le-not-normalised/rule.ts';
import { queryLegendLabelMissing } from './query-legend-label-missing/rule.ts';
import { queryMetricNotInJob } from './query-metric-not-in-job/rule.ts';
import { queryMetricUnknown } from './query-metric-unknown/rule.ts';
import { queryQuantileWithoutLe } from './query-quantile-without-le/rule.ts';
import { queryQuantileWithoutRate } from './query-quantile-without-rate/rule.ts';
import { queryRateOfSum } from './query-rate-of-sum/rule.ts';
import { queryRateOverGauge } from './query-rate-over-gauge/rule.ts';
import { queryRefidDuplicate } from './query-refid-duplicate/rule.ts';
import { queryRegexNeedless } from './query-regex-needless/rule.ts';
import { querySelectorNeverMatches } from './query-selector-never-matches/rule.ts';
import { querySyntax } from './query-syntax/rule.ts';
import { queryUnitMismatch } from './query-unit-mismatch/rule.ts';
import { queryWindowTooShort } from './query-window-too-short/rule.ts';
import { scrapeTargetUnreachable } from './scrape-target-unreachable/rule.ts';
import { variableDatasourceUnmatched } from './variable-datasource-unmatched/rule.ts';
import { variableUnknown } from './variable-unknown/rule.ts';
import { volumeShadowsFiles } from './volume-shadows-files/rule.ts';

/** Every rule, by id. */
export const ALL_RULES: readonly Rule[] = [
  alertingInvalid,
  catalogueTargetLabelMismatch,
  composeFileInvalid,
  configmapFileOverwritten,
  configmapLabelMismatch,
  configmapTooLarge,
  dashboardFileNotWalked,
  dashboardTitleDuplicate,
  dashboardTitleMissing,
  dashboardUidChanged,
  dashboardUidDuplicate,
  dashboardUidInvalid,
  dashboardUidMissing,
  dashboardV2InFile,
  dashboardWrapped,
  datasourceDefaultMismatch,
  datasourceDefaultMissing,
  datasourceInputPlaceholder,
  datasourceInvalid,
  datasourceLinkUnknown,
  datasourceNameReference,
  datasourceUidChanged,
  datasourceUidMissing,
  datasourceUidUnknown,
  datasourceUnknownName,
  datasourceUrlUnreachable,
  grafanaSettingIneffective,
  homeDashboardMissing,
  jsonInvalid,
  libraryPanelMissing,
  mountSourceMissing,
  panelIdDuplicate,
  panelOptionInvalid,
  panelOutsideGrid,
  panelOverlap,
  panelTitleMissing,
  panelUnitUnknown,
  pluginNotInstalled,
  providerFolderConflict,
  providerInvalid,
  providerMissing,
  providerNameDuplicate,
  providerPathEmpty,
  providerPathMissing,
  providerPathNotMounted,
  providerPathsOverlap,
  providerPollInterval,
  provisioningDollarUnescaped,
  provisioningKeyUnknown,
  provisioningYamlInvalid,
  queryCounterWithoutRate,
  queryDivisionLabelMismatch,
  queryJobUnknown,
  queryLabelUnknown,
  queryLabelValueUnknown,
  queryLanguageMismatch,
  queryLeNotNormalised,
  queryLegendLabelMissing,
  queryMetricNotInJob,
  queryMetricUnknown,
  queryQuantileWithoutLe,
  queryQuantileWithoutRate,
  queryRateOfSum,
  queryRateOverGauge,
  queryRefidDuplicate,
  queryRegexNeedless,
  querySelectorNeverMatches,
  querySyntax,
  queryUnitMismatch,
  queryWindowTooShort,
  scrapeTargetUnreachable,
  variableDatasourceUnmatched,
  variableUnknown,
  volumeShadowsFiles,
];
