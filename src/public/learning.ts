/**
 * `daruan/learning`: what stands beside quantum activations: classical bases and activations, formulas, data suites, analysis.
 */

export type { Activation, ActivationGradient, ActivationTensors } from '../activations/activation.js';
export { alphaDropout, alphaDropoutMap } from '../activations/alphaDropout.js';
export { type SdmInput, sdm, sdmLoss } from '../activations/sdm.js';
export {
  dkwBand,
  type SdmReference,
  type SimilarityDistance,
  similarityDistance,
} from '../activations/sdmNeighbours.js';
export { seluFunction } from '../activations/selu.js';
export { type ActivationName, type ActivationSpec, activationFrom, activations } from '../activations/table.js';
export { afaLoss, type TopAfaInput, topAFA } from '../activations/topAFA.js';
export { wideDeepFunction } from '../activations/wideDeep.js';
export {
  type Criticality,
  type CriticalityKind,
  type CriticalityOptions,
  criticality,
  susceptibilities,
} from '../analysis/criticality.js';
export { type DaruanDraw, daruanFunctions } from '../analysis/daruanFunctions.js';
export { type Functions, functionsOf, type GaussianAverages, gaussianAverages } from '../analysis/gaussian.js';
export { type HlGauss, hlGaussMean, hlGaussTargets } from '../analysis/hlGauss.js';
export {
  binnedInformation,
  type Information,
  type InformationBounds,
  type KernelDensityOptions,
  kernelInformation,
  type LayerSamples,
} from '../analysis/mutualInformation.js';
export { fatReLU, l1Penalty, type ProSparseStage, proSparseStrength } from '../analysis/proSparse.js';
export { type AverageOptions, gaussHermite, type Rule } from '../analysis/quadrature.js';
export {
  cettThreshold,
  columnNorms,
  type HiddenActivations,
  pplSparsity,
  type ThresholdedModel,
  type Thresholding,
  truncate,
  winaMask,
  winaScores,
} from '../analysis/sparsity.js';
export { type NetworkClass, type Taxonomy, type TaxonomyOptions, taxonomy } from '../analysis/taxonomy.js';
export type { BaseFunction } from '../basis/baseFunctions.js';
export { baseFunctions } from '../basis/baseFunctions.js';
export type { Basis, BasisBlock, BasisGradient, BasisTensors } from '../basis/basis.js';
export { extendGrid, gridFromSamples, type Splines } from '../basis/bspline/grid.js';
export { type BasisName, type BasisSpec, bases, basisFrom } from '../basis/table.js';
export {
  type CharacterTokenizer,
  characterTokenizer,
  type TokenizerDocument,
  tokenizerFromJson,
  tokenizerToJson,
} from '../data/characters.js';
export { parseCsv, type Table } from '../data/csv.js';
export { type ColumnChoice, type Dataset, tableToDataset } from '../data/dataset.js';
export { type IdxArray, readIdx } from '../data/idx.js';
export { type MarkovTextOptions, markovText } from '../data/markovText.js';
export { type NgramOptions, ngramLoss } from '../data/ngram.js';
export { besselI, besselJ, besselK, besselY } from '../data/special/bessel.js';
export { ellipticE, ellipticF, ellipticSine } from '../data/special/elliptic.js';
export { legendreP } from '../data/special/legendre.js';
export { type BooleanFunctionName, booleanDataset, booleanFunctions } from '../data/suites/boolean.js';
export { feynmanSuite } from '../data/suites/feynman.js';
export { type FindOptions, findError, findPoints, findSuite } from '../data/suites/find.js';
export { type FourierClassOptions, fourierClassTask } from '../data/suites/fourierClass.js';
export { modularAddition, offDiagonalRatio, spectralConcentration } from '../data/suites/modular.js';
export { specialSuite } from '../data/suites/special.js';
export {
  cube,
  formulaTask,
  functionTask,
  type NamedRanges,
  type RegressionTask,
  sampleTask,
  taskNamed,
} from '../data/suites/task.js';
export { toySuite } from '../data/suites/toy.js';
export { consecutiveWindows, sampleWindows, type Windows } from '../data/windows.js';
export { type PlainTensor, readSafetensors, type TensorFile, writeSafetensors } from '../interchange/safetensors.js';
export { type AdamWOptions, adamwStep, clipGradient } from '../optimise/adamw.js';
export type { AffineFit, Curve } from '../symbolic/fit.js';
export { formulas } from '../symbolic/formula.js';
export { type SymbolicFunction, type SymbolicName, symbolicFunctions } from '../symbolic/functions.js';
export { formulaLatex } from '../symbolic/latex.js';
export { type SymbolicEdge, type SymbolicLayer, type SymbolicNetwork, symbolicOutput } from '../symbolic/network.js';
export { type Refit, refit } from '../symbolic/refit.js';
export { type SimplifyOptions, simplify } from '../symbolic/simplify.js';
export { type Suggestion, type SuggestOptions, suggestSymbolic } from '../symbolic/suggest.js';
