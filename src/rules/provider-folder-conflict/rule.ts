import type { Rule } from '../../model/rule.ts';
import { reportFaults } from '../fault.ts';
import { folderFaults } from './faults.ts';

/** A provider asks for a folder that Grafana refuses, ignores or mixes up with another. */
export const providerFolderConflict: Rule = {
  id: 'provider-folder-conflict',
  summary: 'A provider asks for a folder that Grafana refuses, ignores or mixes up with another',
  severity: 'load',
  fix: 'safe',
  related: ['provider-invalid'],
  grafanaLogs: [
    'A folder with that name already exists',
    "should be empty using 'foldersFromFilesStructure' option",
    'the same folder UID is used more than once',
    'Dashboard name cannot be the same as folder',
    'Folder name cannot be the same as one of its dashboards',
    'expected folder, found dashboard',
  ],
  check: (workspace, report) => reportFaults(folderFaults(workspace), report),
};
