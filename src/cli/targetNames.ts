import type { TargetName } from '../transpile/targets.js';
import { keys } from './values.js';

/** The targets by name, without what it takes to transpile for them. */
export const targetNames = keys<TargetName>({
  'ibm-eagle': true,
  'ibm-heron': true,
  'ionq-aria': true,
  'ionq-forte': true,
  'rigetti-ankaa': true,
  'quantinuum-h': true,
  iqm: true,
});
