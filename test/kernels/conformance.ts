/** The suites that every backend and every chain kernel runs, present and future. */
export { backendAccuracy, chainAccuracy } from './conformance/accuracy.js';
export { backendConformance } from './conformance/backend.js';
export { chainConformance } from './conformance/chain.js';
