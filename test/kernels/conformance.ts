/** The suites that every backend and every chain kernel runs, present and future. */
export { backendConformance } from './conformance/backend.js';
export { chainConformance } from './conformance/chain.js';
