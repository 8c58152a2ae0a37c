/**
 * `daruan/plot`: pictures as SVG text, from plain numbers. Needs neither a page nor tfjs; nothing inside the project
 * imports it.
 */
export { type ActivationOptions, type ActivationPicture, activationSvg } from './activation.js';
export { type BlochOptions, blochSvg } from './bloch/bloch.js';
export { type CircuitPictureOptions, circuitSvg } from './circuit/circuit.js';
export { type Curve, type CurvesOptions, curvesSvg } from './curves.js';
export { type LossOptions, type LossPoint, lossSvg } from './loss.js';
export { networkSvg } from './network.js';
export type { NetworkOptions, NetworkPicture, PlotCurve, PlotLayer } from './networkPicture.js';
export { frequencyGrowthSvg, type Growth, type GrowthOptions } from './spectrum/growth.js';
export { type SpectrumHistoryOptions, spectrumHistorySvg } from './spectrum/history.js';
export type { SpectrumKind, SpectrumOptions } from './spectrum/picture.js';
export { spectrumSvg } from './spectrum/spectrum.js';
export type { PictureOptions, Theme } from './theme.js';
